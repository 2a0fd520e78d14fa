interface Socket {
  send(text: string): void;
  close(): void;
}

export class Channel {
  private socket: Socket | null = null;

  constructor(private readonly encode: (text: string) => Promise<string>) {}

  open(socket: Socket): void {
    if (this.socket) return;
    this.socket = socket;
  }

  close(): void {
    if (this.socket) {
      this.socket.close();
      this.socket = null;
    }
  }

  async send(text: string): Promise<void> {
    if (!this.socket) throw new Error('closed');
    const encoded = await this.encode(text);
    this.socket.send(encoded); // want check-then-act: this.socket
  }
}
