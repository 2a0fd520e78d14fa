// Renders greetings; the theme comes from a store.
export class Renderer {
  constructor(store) {
    this.store = store;
    this.user = null;
  }

  async render(user) {
    const theme = await this.store.theme();
    this.user = user;
    return `${theme}: hello ${this.user}`;
  }
}
