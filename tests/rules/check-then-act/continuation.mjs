// The gap between a promise and the callback of its `then` is a suspension like any other.
let connection;

export function getConnection() {
  if (connection) return Promise.resolve(connection);
  return connect().then((made) => {
    connection = made;  // want check-then-act: connection (medium)
    return made;
  });
}

async function connect() {
  return {};
}

export class Directory {
  users = new Map();
  ready = false;

  find(id) {
    if (this.users.has(id)) return Promise.resolve(this.users.get(id));
    return fetch(`/users/${id}`)
      .then((response) => response.json())
      .then((user) => {
        this.users.set(id, user);  // want check-then-act: this.users[id]
        return user;
      });
  }

  start() {
    if (this.ready) return Promise.resolve();
    return this.load().then(() => {
      return this.load().then(() => {
        this.ready = true;  // want check-then-act: this.ready
      });
    });
  }

  async load() {}
}

export function makeStore(read) {
  let value;
  return {
    get() {
      if (value !== undefined) return Promise.resolve(value);
      return read().then(function (found) {
        value = found;  // want check-then-act: value
        return found;
      });
    },
  };
}
