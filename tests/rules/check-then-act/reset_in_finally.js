// Whether it comes to the reset at all is decided by the test.
export class Session {
  socket = null;

  attach(socket) {
    this.socket = socket;
  }

  async leave() {
    if (!this.socket) return;
    try {
      await this.socket.end();
    } finally {
      this.socket = null; // want check-then-act: this.socket
    }
  }
}
