// `using` without `await` lets nobody else run.
export class Ledger {
  private total = 0;

  async add(amount: number): Promise<void> {
    const before = this.total;
    {
      using link = openLink();
      link.note(amount);
    }
    this.total = before + amount;
  }

  async spend(amount: number): Promise<void> {
    await fetch("https://example.org/spend");
    using link = openLink();
    link.note(amount);
    this.total -= amount;
  }
}

function openLink(): any {
  return {};
}
