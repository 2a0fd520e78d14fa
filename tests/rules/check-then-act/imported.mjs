// What is imported is shared with everybody else who imports it.
import { cache } from "./lib/state.mjs";
import * as store from "./store.mjs";

export async function get(key, load) {
  if (!cache.has(key)) {
    cache.set(key, await load(key));  // want check-then-act
  }
  return cache.get(key);
}

export async function once(connect) {
  if (!store.state.connection) {
    store.state.connection = await connect();  // want check-then-act
  }
  return store.state.connection;
}
