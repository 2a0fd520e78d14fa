import { Pool } from 'pg';

const pool = new Pool();

export async function overview(user: string) {
  return Promise.all([
    pool.query('SELECT * FROM orders WHERE user_id = $1', [user]),
    pool.query('SELECT * FROM invoices WHERE user_id = $1', [user]),
  ]);
}
