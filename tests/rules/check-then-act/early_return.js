class Connection {
  closed = false;

  async flush() {
    console.log('flushing');
  }

  async close() {
    if (this.closed) return;
    await this.flush();
    this.closed = true; // want check-then-act: this.closed (high)
  }
}

async function main() {
  const connection = new Connection();
  await Promise.all([connection.close(), connection.close()]);
}

void main();
