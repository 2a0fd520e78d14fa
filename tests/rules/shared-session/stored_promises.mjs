import oracledb from 'oracledb';

export async function load(id) {
  const conn = await oracledb.getConnection();
  const head = conn.execute('SELECT * FROM heads WHERE id = :1', [id]);
  const lines = conn.execute('SELECT * FROM lines WHERE head = :1', [id]); // want shared-session: conn
  const all = await Promise.all([head, lines]);
  await conn.close();
  return all;
}
