// A promise that is stored is neither tested nor computed with; the file has more variables than `later` has values.
let first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, last;

async function load() {
  return await fetch("/items");
}

export function later() {
  last = load();
}

export function all() {
  return [first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth, last];
}
