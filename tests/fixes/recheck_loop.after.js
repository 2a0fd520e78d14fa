// fix recheck-after-await: this.queue
// prints 3 undefined: false
class Outbox {
  queue = ['a', 'b', 'c'];
  sent = [];

  async drain() {
    while (this.queue.length > 0) {
      await Promise.resolve();
      if (!(this.queue.length > 0)) break;
      const mail = this.queue.shift();
      this.sent.push(mail);
    }
  }

  add(mail) {
    this.queue.push(mail);
  }
}

async function main() {
  const outbox = new Outbox();
  await Promise.all([outbox.drain(), outbox.drain()]);
  console.log(outbox.sent.length, `undefined: ${outbox.sent.includes(undefined)}`);
}

void main();
