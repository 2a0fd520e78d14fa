type Client = { query(sql: string): Promise<unknown[]>; release(): void };

async function run(client: Client, sql: string) {
  return await client.query(sql);
}

export async function withClient(connect: () => Promise<Client>, sql: string) {
  const client = await connect();
  try {
    return run(client, sql); // want floating-promise: run (high)
  } finally {
    client.release();
  }
}

export async function orEmpty(client: Client, sql: string) {
  try {
    return run(client, sql); // want floating-promise: run (high)
  } catch {
    return [];
  }
}

export async function retried(client: Client, sql: string) {
  try {
    return await run(client, sql);
  } catch (error) {
    return run(client, sql); // want floating-promise: run
  } finally {
    client.release();
  }
}

export async function named(client: Client, sql: string) {
  try {
    const rows = run(client, sql); // want floating-promise: run
    return rows;
  } finally {
    client.release();
  }
}
