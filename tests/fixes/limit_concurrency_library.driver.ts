// prints most: 10
let alive = 0, most = 0;
globalThis.fetch = async () => {
  most = Math.max(most, ++alive);
  await new Promise((resolve) => { setTimeout(resolve, 1); });
  alive -= 1;
  return { status: 200, text: async () => '' };
};

await load(Array(30).fill('/'));
console.log('most:', most);
