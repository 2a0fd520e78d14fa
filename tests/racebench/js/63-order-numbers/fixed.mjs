// Hands out order numbers.
export class Orders {
  constructor(save) {
    this.save = save;
    this.last = 0;
  }

  async take() {
    const number = ++this.last;
    await this.save(number);
    return number;
  }
}
