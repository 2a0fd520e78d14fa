export class Session {
  private token: string | null = null;

  constructor(private readonly fetchToken: () => Promise<string>) {}

  private async request(): Promise<void> {
    this.token = await this.fetchToken();
  }

  async send(post: (token: string) => Promise<void>): Promise<void> {
    if (!this.token) {
      await this.request(); // want check-then-act: this.token
    }
    if (this.token) await post(this.token);
  }
}
