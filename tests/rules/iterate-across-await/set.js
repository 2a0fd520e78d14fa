class Presence {
  constructor() {
    this.peers = new Set(['a']);
  }

  async ping() {
    for (const peer of this.peers) { // want iterate-across-await: this.peers (high)
      await Promise.resolve(peer);
    }
  }

  async join(peer) {
    await Promise.resolve();
    this.peers.add(peer); // conflict
  }
}

async function main() {
  const presence = new Presence();
  await Promise.all([presence.ping(), presence.join('b')]);
}

void main();
