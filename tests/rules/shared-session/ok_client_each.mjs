import { Pool } from 'pg';

const pool = new Pool();

async function insert(name) {
  const client = await pool.connect();
  try {
    await client.query('INSERT INTO people (name) VALUES ($1)', [name]);
  } finally {
    client.release();
  }
}

export async function insertAll(names) {
  await Promise.all(names.map((name) => insert(name)));
}
