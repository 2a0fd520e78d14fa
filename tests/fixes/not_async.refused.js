// refuses promise-chain-lock: is not async
const rooms = new Map([['a', 1]]);

async function leave(name) {
  if (rooms.has(name)) {
    await Promise.resolve();
    console.log(rooms.get(name).toString());
  }
}

function close(name) {
  rooms.delete(name);
}

async function main() {
  const left = Promise.all([leave('a'), leave('a')]);
  close('a');
  await left;
}

void main();
