// What was tested before a `then` is tested again, claimed, or nobody else's.
import { Mutex } from "async-mutex";

let pending;
let value;
let loading = false;
let again;
const mutex = new Mutex();
let locked;

async function connect() {
  return {};
}

// The promise itself is what others find.
export function shared() {
  if (!pending) {
    pending = connect().then((made) => {
      pending = null;
      return made;
    });
  }
  return pending;
}

// A marker is set before anybody else can look.
export function marked() {
  if (value || loading) return;
  connect().then((made) => {
    value = made;
    loading = false;
  });
  loading = true;
}

export function claimedBefore() {
  if (loading) return;
  loading = true;
  connect().then(() => {
    loading = false;
  });
}

export function testedAgain() {
  if (again) return Promise.resolve(again);
  return connect().then((made) => {
    if (!again) again = made;
    return again;
  });
}

export function underLock() {
  return mutex.runExclusive(() => {
    if (locked) return locked;
    return connect().then((made) => {
      locked = made;
      return made;
    });
  });
}

// Each call has a value of its own.
export function own(load) {
  let result;
  if (!result) {
    return load().then((found) => {
      result = found;
      return result;
    });
  }
  return result;
}

// Two continuations that exclude each other.
export function rewrite(items, load) {
  const promises = [];
  items.walk((item) => {
    if (item.plain) {
      promises.push(load(item.value).then((text) => {
        item.value = text;
      }));
    } else {
      promises.push(load().then((text) => {
        item.value = text;
      }));
    }
  });
  return Promise.all(promises);
}
