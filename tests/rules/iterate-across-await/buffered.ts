export class Candidates {
  private readonly waiting = new Map<string, string[]>();

  constructor(private readonly add: (candidate: string) => Promise<void>) {}

  put(party: string, candidate: string): void {
    const known = this.waiting.get(party);
    if (known) known.push(candidate);
    else this.waiting.set(party, [candidate]);
  }

  async flush(party: string): Promise<void> {
    const candidates = this.waiting.get(party);
    if (!candidates) return;
    for (const candidate of candidates) { // want iterate-across-await
      await this.add(candidate);
    }
  }
}
