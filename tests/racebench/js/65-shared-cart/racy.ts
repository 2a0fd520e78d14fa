// A cart that several devices of one customer share.
export class Cart {
  items: string[] = [];

  constructor(private price: (item: string) => Promise<string>) {}

  async add(item: string): Promise<void> {
    // racewise: ignore
    this.items = [...this.items, await this.price(item)];
  }

  clear(): void {
    // racewise: ignore[lost-update, deadlock] -- nobody else writes here
    this.items = [];
  }
}
