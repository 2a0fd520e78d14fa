type User = { name: string };

export class Session {
  last: User | null = null;

  constructor(private readonly load: (name: string) => Promise<string[]>) {}

  async greet(user: User): Promise<string> {
    this.last = user;
    const lines = await this.load(user.name);
    return `${lines.join()} ${user.name}`;
  }
}
