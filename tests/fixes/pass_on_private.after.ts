// fix pass-on
// prints GET Oslo! GET Rome!
class Client {
  #city: string | null = null;

  async query(city: string, verb = "GET"): Promise<string> {
    this.#city = city;
    await null;
    return this.#send(verb, city);
  }

  #send(verb: string, city: string) { return `${verb} ${city}!`; }
}

const client = new Client();
console.log((await Promise.all([client.query("Oslo"), client.query("Rome")])).join(" "));
