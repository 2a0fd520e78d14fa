// The claim is given back after the first page; another caller begins again while the second one comes.
export class Poll {
  private fetching = false;
  private next: string | undefined;
  private responses: string[] | undefined;

  constructor(private readonly client: { page(from?: string): Promise<{ items: string[]; next?: string }> }) {}

  public async getResponses(): Promise<string[] | undefined> {
    if (this.responses) return this.responses;
    if (!this.fetching) {
      await this.fetchResponses(); // want check-then-act: this.responses (medium)
    }
    return this.responses;
  }

  private async fetchResponses(): Promise<void> {
    this.fetching = true;
    const page = await this.client.page(this.next);
    const responses = this.responses || [];
    responses.push(...page.items);
    this.next = page.next;
    this.responses = responses;
    this.fetching = false;
    if (this.next) void this.fetchResponses();
  }
}
