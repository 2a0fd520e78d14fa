import type { PoolClient } from 'pg';

export async function insertAll(client: PoolClient, names: string[]) {
  await Promise.all(names.map((name) => client.query('INSERT INTO people (name) VALUES ($1)', [name]))); // want shared-session: client want unbounded-concurrency: names
}
