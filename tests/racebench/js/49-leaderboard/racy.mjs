// A board of scores, polled by a page.
export class Board {
  constructor(fetchScore) {
    this.fetchScore = fetchScore;
    this.scores = { ann: 3, bob: 2 };
  }

  async update(names) {
    this.scores = {};
    for (const name of names) {
      this.scores[name] = await this.fetchScore(name);
    }
  }

  async total() {
    return Object.values(this.scores).reduce((sum, score) => sum + score, 0);
  }
}
