import { Component } from 'react';

export class Profile extends Component {
  state = { user: null };

  async load(id) {
    const user = await this.props.api.user(id);
    this.setState({ user }); // want stale-response
  }

  componentDidUpdate(previous) {
    if (previous.id !== this.props.id) void this.load(this.props.id);
  }

  render() {
    return <p>{this.state.user?.name}</p>;
  }
}
