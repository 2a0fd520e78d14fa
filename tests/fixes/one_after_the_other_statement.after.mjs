// fix one-after-the-other
import oracledb from 'oracledb'

export async function clear() {
  const conn = await oracledb.getConnection()
  await conn.execute('DELETE FROM a')
  await conn.execute('DELETE FROM b')
  await conn.close()
}
