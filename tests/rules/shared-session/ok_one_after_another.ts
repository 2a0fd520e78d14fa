import type { PoolClient } from 'pg';

export async function insertAll(client: PoolClient, names: string[]) {
  for (const name of names) {
    await client.query('INSERT INTO people (name) VALUES ($1)', [name]);
  }
}
