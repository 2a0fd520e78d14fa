// fix keep-local
// prints Zoë Bob
class Greeter {
  private user = { name: "" };

  async greet(user: { name: string }, theme: () => Promise<string>): Promise<string> {
    if (user) { this.user = user; await theme(); return `${this.user.name}`; }
    return "";
  }
}

const greeter = new Greeter();
const theme = async () => "dark";
console.log((await Promise.all([greeter.greet({ name: "Zoë" }, theme), greeter.greet({ name: "Bob" }, theme)])).join(" "));
