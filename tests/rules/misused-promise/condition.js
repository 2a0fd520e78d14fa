export class Poll {
  constructor(api) {
    this.api = api;
  }

  async isLatest() {
    return (await this.api.version()) === this.version;
  }

  async size() {
    return await this.api.size();
  }

  async refresh() {
    if (this.isLatest()) return; // want misused-promise: this.isLatest (high)
    while (!this.isLatest()) await this.api.wait(); // want misused-promise: this.isLatest
    const name = this.size() > 10 ? 'large' : 'small'; // want misused-promise: this.size
    const latest = this.isLatest() || this.version; // want misused-promise: this.isLatest
    console.log(`${this.size()} entries`); // want misused-promise: this.size
    console.log(...this.size()); // want misused-promise: this.size
    for (const entry of this.size()) console.log(entry); // want misused-promise: this.size
    const stillLatest = this.isLatest(); // want misused-promise: this.isLatest
    if (stillLatest) this.version += 1;
    const size = this.size(); // want misused-promise: this.size
    console.log(size + 1);
    return { ...this.size(), name, latest }; // want misused-promise: this.size
  }
}
