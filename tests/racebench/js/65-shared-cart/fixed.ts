// A cart that several devices of one customer share.
export class Cart {
  items: string[] = [];

  constructor(private price: (item: string) => Promise<string>) {}

  async add(item: string): Promise<void> {
    const priced = await this.price(item);
    this.items = [...this.items, priced];
  }

  clear(): void {
    this.items = [];
  }
}
