import { Pool } from 'pg';

const pool = new Pool();

export async function overview(user: string) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const [orders, invoices] = await Promise.all([
      client.query('SELECT * FROM orders WHERE user_id = $1', [user]),
      client.query('SELECT * FROM invoices WHERE user_id = $1', [user]), // want shared-session: client
    ]);
    await client.query('COMMIT');
    return { orders: orders.rows, invoices: invoices.rows };
  } finally {
    client.release();
  }
}
