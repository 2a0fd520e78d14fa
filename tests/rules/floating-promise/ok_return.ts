async function query(sql: string): Promise<string[]> {
  return await [sql];
}

export async function outside(sql: string) {
  let prepared;
  try {
    prepared = sql.trim();
  } catch {
    return [];
  }
  return query(prepared);
}

export async function inCatch(sql: string) {
  try {
    return await query(sql);
  } catch {
    return query('');
  }
}

export function plain(sql: string) {
  try {
    return query(sql);
  } catch {
    return Promise.resolve([]);
  }
}

export async function callbacks(sqls: string[]) {
  try {
    return await Promise.all(sqls.map((sql) => query(sql)));
  } finally {
    console.log('done');
  }
}

export async function* each(sqls: string[]) {
  try {
    for (const sql of sqls) yield query(sql);
    return query('');
  } finally {
    console.log('done');
  }
}
