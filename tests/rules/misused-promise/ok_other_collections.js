import { Readable } from 'stream';

class Cursor {
  async forEach(callback) {
    for (let row = await this.next(); row; row = await this.next()) await callback(row);
  }

  async each(callback) {
    await this.forEach(async (row) => callback(row));
  }
}

export async function copy(rows, target, cursor) {
  await cursor.forEach(async (row) => {
    await target.write(row);
  });
  await Readable.from(rows)
    .filter(async (row) => target.accepts(row))
    .forEach(async (row) => target.write(row));
  const known = await cursor.some(async (row) => target.knows(row));
  cursor.forEach(async (row) => target.write(row)).catch(console.error);
  return known;
}

export { Cursor };
