const { Client } = require('pg');

const client = new Client();

async function count(table) {
  const { rows } = await client.query(`SELECT count(*) AS n FROM ${table}`);
  return rows[0].n;
}

async function main() {
  await client.connect();
  const counts = await Promise.all(['a', 'b', 'c'].map(async (table) => [table, await count(table)])); // want shared-session: client
  console.log(counts);
  await client.end();
}

main();
