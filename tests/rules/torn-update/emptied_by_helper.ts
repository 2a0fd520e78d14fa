export class Topology {
  private shards: string[] = [];
  private owners = new Map<number, string>();

  constructor(private fetchShards: () => Promise<{ name: string; slots: number[] }[]>) {}

  private reset() {
    this.shards = [];
    this.owners.clear();
  }

  async discover() {
    this.reset();
    for (const shard of await this.fetchShards()) {
      this.shards.push(shard.name); // want torn-update: this.shards
      for (const slot of shard.slots) this.owners.set(slot, shard.name); // want torn-update: this.owners
    }
  }

  ownerOf(slot: number) {
    return this.owners.get(slot) ?? this.shards[0];
  }
}
