export class Batch {
  private stored = 0;

  constructor(private readonly table: { insert(row: number): Promise<void> }) {}

  private async insert(row: number): Promise<void> {
    await this.table.insert(row);
    this.stored += 1;
  }

  async write(rows: number[]): Promise<number> {
    rows.map((row) => this.insert(row)); // want floating-promise: rows.map (high)
    rows.map(async (row) => { // want floating-promise: rows.map
      await this.table.insert(row);
    });
    const unused = rows.map((row) => this.insert(row)); // want floating-promise: rows.map
    return this.stored;
  }
}
