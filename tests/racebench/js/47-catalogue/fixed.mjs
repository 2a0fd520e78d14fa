// A catalogue that mirrors a remote shop.
export class Catalogue {
  constructor(shop) {
    this.shop = shop;
    this.items = shop.all();
  }

  async refresh() {
    this.items = await this.load();
  }

  async load() {
    const items = [];
    for (let page = 0; page < this.shop.pages; page++) {
      const titles = await this.shop.page(page);
      items.push(...titles);
    }
    return items;
  }

  async count() {
    return this.items.length;
  }
}
