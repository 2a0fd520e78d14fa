// Renders greetings; the theme comes from a store.
export class Renderer {
  constructor(store) {
    this.store = store;
    this.user = null;
  }

  async render(user) {
    this.user = user;
    const theme = await this.store.theme();
    return `${theme}: hello ${this.user}`;
  }
}
