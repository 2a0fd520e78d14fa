// The list that is walked through is neither changed by taking it off the table nor by putting another one there.
export class Candidates {
  private readonly waiting = new Map<string, string[]>();

  constructor(private readonly add: (candidate: string) => Promise<void>) {}

  put(party: string, candidates: string[]): void {
    this.waiting.set(party, [...candidates]);
  }

  async flush(party: string): Promise<void> {
    const candidates = this.waiting.get(party);
    if (candidates) await this.addAll(candidates);
    this.waiting.clear();
  }

  private async addAll(candidates: string[]): Promise<void> {
    for (const candidate of candidates) {
      await this.add(candidate);
    }
  }
}
