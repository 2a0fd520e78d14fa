type State = { status: 'idle' | 'fetching'; data: string | null; fetchedAt: number };

// What is written is made from the state as it is then.
export class Query {
  private state: State = { status: 'idle', data: null, fetchedAt: 0 };

  constructor(private readonly load: () => Promise<string>) {}

  private dispatch(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
  }

  async fetch(): Promise<void> {
    if (this.state.status !== 'idle') {
      this.dispatch({ fetchedAt: Date.now() });
    }
    const data = await this.load();
    if (data) this.dispatch({ data });
  }
}
