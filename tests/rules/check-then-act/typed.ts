class Pool {
  private connection: object | undefined;

  private async connect(): Promise<object> {
    console.log('connecting');
    return {};
  }

  async get(): Promise<object> {
    if (this.connection === undefined) {
      this.connection = await this.connect(); // want check-then-act: this.connection (high)
    }
    return this.connection;
  }
}

async function main(): Promise<void> {
  const pool = new Pool();
  await Promise.all([pool.get(), pool.get()]);
}

void main();
