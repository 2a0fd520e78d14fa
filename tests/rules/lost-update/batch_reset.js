async function send(batch) {
  await new Promise((resolve) => setTimeout(resolve, 10));
  console.log('sent', batch.length);
}

class Sender {
  batch = [];

  add(item) {
    this.batch = [...this.batch, item];
  }

  async flush() {
    await send(this.batch);
    this.batch = []; // want lost-update: this.batch
  }
}

async function produce(sender) {
  for (let number = 0; number < 5; number++) {
    sender.add(number);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function main() {
  const sender = new Sender();
  sender.add('first');
  await Promise.all([sender.flush(), produce(sender)]);
  await sender.flush();
}

void main();
