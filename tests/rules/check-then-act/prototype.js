// Methods that are assigned to the prototype of a constructor function, one by one or all at once.
export function Catalogue(client) {
  this.client = client;
  this.entries = null;
}

Catalogue.prototype.list = async function () {
  if (!this.entries) {
    const answer = await this.client.get("/entries");
    this.entries = answer.items; // want check-then-act: this.entries
  }
  return this.entries;
};

function Session(client) {
  this.client = client;
  this.token = null;
}

Session.prototype = {
  login: async function () {
    if (this.token === null) {
      const answer = await this.client.post("/login");
      this.token = answer.token; // want check-then-act: this.token
    }
    return this.token;
  },

  async logout() {
    const token = this.token;
    this.token = null;
    await this.client.post("/logout", token);
  },
};

export const session = new Session(fetch);
export { Session };
