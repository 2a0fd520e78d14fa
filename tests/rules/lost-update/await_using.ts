// Leaving a block that has declared with `await using` suspends, as the end of the block shows nowhere.
export class Ledger {
  private total = 0;

  constructor(private readonly pool: { acquire(): Promise<AsyncDisposable> }) {}

  async add(amount: number): Promise<void> {
    const before = this.total;
    {
      await using link = openLink();
      link.note(amount);
    }
    this.total = before + amount; // want lost-update: this.total (medium)
  }

  async addLater(amount: number): Promise<void> {
    await using link = openLink();
    const before = this.total;
    link.note(amount);
    this.total = before + amount;
  }
}

function openLink(): any {
  return {};
}
