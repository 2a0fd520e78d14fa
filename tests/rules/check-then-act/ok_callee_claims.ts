// Who calls request() while one is under way gets nothing, and overwrites nothing.
export class Session {
  private token: string | null = null;
  private requesting = false;

  constructor(private readonly fetchToken: () => Promise<string>) {}

  async request(): Promise<void> {
    if (!this.requesting) {
      this.requesting = true;
      try {
        this.token = await this.fetchToken();
      } finally {
        this.requesting = false;
      }
    }
  }

  async send(post: (token: string) => Promise<void>): Promise<void> {
    if (!this.token) {
      await this.request();
    }
    if (this.token) await post(this.token);
  }
}
