type User = { name: string };

export class Session {
  private user: User | null = null;

  constructor(private readonly load: (name: string) => Promise<string[]>) {}

  async greet(user: User): Promise<string> {
    this.user = user;
    const lines = await this.load(user.name);
    return `${lines.join()} ${this.user.name}`; // want clobbered-state: this.user
  }
}
