// What passes the guard is the address that is there or the one that was asked for: two that ask both create one.
export class Session {
  private url: string | undefined;

  constructor(private readonly link: { ask(): Promise<string>; post(to: string): Promise<string> }) {}

  public async send(): Promise<void> {
    const to = this.url ?? (await this.link.ask());
    if (!to) throw new Error("no address");
    this.url = await this.link.post(to); // want check-then-act: this.url (medium)
  }
}
