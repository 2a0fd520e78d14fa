interface Acl {
  allows(user: string): Promise<boolean>;
}

export class Guard {
  private pending?: Promise<boolean>;

  constructor(private readonly acl: Acl) {}

  private async check(user: string) {
    return await this.acl.allows(user);
  }

  async may(users: string[]) {
    if (await this.check(users[0])) return users;
    for (const user of users) await this.check(user);
    const answers = await Promise.all(users.map(async (user) => this.check(user)));
    const count = await users.reduce(async (count, user) => (await count) + ((await this.check(user)) ? 1 : 0), Promise.resolve(0));
    const last = await users.reduce((chain, user) => chain.then(() => this.check(user)), Promise.resolve(true));
    return [users.filter((_, index) => answers[index]), count, last, `${await this.check('x')}`];
  }

  async sequence(users: string[]) {
    await users.reduce(async (previous, user) => {
      await previous;
      await this.check(user);
    }, Promise.resolve());
  }

  shared(user: string) {
    if (!this.pending) this.pending = this.check(user);
    return this.pending;
  }

  async maybe(user?: string) {
    const promise = user ? this.check(user) : undefined;
    if (promise) return await promise;
    const other = this.check('other');
    const same = other === this.pending;
    return same && (await other);
  }
}
