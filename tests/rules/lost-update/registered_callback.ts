import { consumer } from './queue';

// Whether the consumer calls back one at a time is not in view; the total is the module's.
let total = 0;

export async function start(priceOf: (message: string) => Promise<number>): Promise<void> {
  await consumer.run(async (message: string) => {
    total += await priceOf(message); // want lost-update: total
  });
}
