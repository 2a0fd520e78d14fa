import { Mutex } from "async-mutex";

const stock = new Map([["a", 1]]);

class Order {
  static mutex = new Mutex();
  async place(sku, pay) {
    await Order.mutex.runExclusive(async () => {
      if (stock.get(sku) > 0) {
        await pay();
        stock.set(sku, stock.get(sku) - 1);
      }
    });
  }
}

export async function main(pay) {
  await Promise.all([new Order().place("a", pay), new Order().place("a", pay)]);
}
