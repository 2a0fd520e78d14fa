class Stream {
  constructor(socket) {
    this.socket = socket;
  }

  async publish(data) {
    if (this.socket) {
      await Promise.resolve();
      this.socket?.send(data);
    }
  }

  async close() {
    await null;
    this.socket = null;
  }
}

async function main() {
  const stream = new Stream({ send: (data) => console.log(data) });
  await Promise.all([stream.close(), stream.publish('hello')]);
}

void main();
