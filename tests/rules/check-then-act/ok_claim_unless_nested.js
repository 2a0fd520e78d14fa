// The claim is left out for nested calls only, which their caller already guards.
export class Form {
  #busy = false;

  constructor(client) {
    this.client = client;
  }

  async validate(nested) {
    if (this.#busy && !nested) {
      throw new Error("one at a time");
    } else if (!nested) {
      this.#busy = true;
    }
    await this.client.post("/validate");
    this.#busy = false;
  }
}
