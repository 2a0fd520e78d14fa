interface Database {
  insert(row: object): Promise<void>;
}

export class Audit {
  constructor(private readonly database: Database) {}

  // Nothing is awaited here, but what it gives may fail.
  private async record(what: string) {
    return this.database.insert({ what });
  }

  private async check(what: string) {
    if (!what) throw new Error('what happened?');
    console.log(what);
  }

  note(what: string): void {
    this.check(what); // want floating-promise
    this.record(what); // want floating-promise
  }
}
