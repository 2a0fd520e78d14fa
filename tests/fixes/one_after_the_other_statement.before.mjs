// fix one-after-the-other
import oracledb from 'oracledb'

export async function clear() {
  const conn = await oracledb.getConnection()
  await Promise.all([conn.execute('DELETE FROM a'), conn.execute('DELETE FROM b')])
  await conn.close()
}
