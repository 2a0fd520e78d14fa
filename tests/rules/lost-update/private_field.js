class Quota {
  #used = 0;

  async charge(cost) {
    const used = this.#used;
    await Promise.resolve();
    this.#used = used + cost; // want lost-update: this.#used (high)
  }

  get used() {
    return this.#used;
  }
}

async function main() {
  const quota = new Quota();
  await Promise.all([quota.charge(1), quota.charge(2)]);
  console.log(quota.used);
}

void main();
