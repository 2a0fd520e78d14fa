// Uploads files under the name that the server gives them.
export class Uploader {
  constructor(server) {
    this.server = server;
    this.current = '';
    this.stored = new Map();
  }

  async upload(path) {
    const slot = await this.server.reserve(path.length);
    this.stored.set(slot, path);
  }
}
