// An array is also emptied by its length, or by cutting off everything.
const routes = [];
const cells = [];

export async function reload(read) {
  routes.length = 0;
  for (const route of await read()) {
    routes.push(route);  // want torn-update: routes
  }
}

export function match(path) {
  return routes.find((route) => route.path === path);
}

export async function recompute(read) {
  cells.splice(0);
  const fresh = await read();
  cells.push(...fresh);  // want torn-update: cells
}

export function sum() {
  return cells.reduce((total, cell) => total + cell, 0);
}
