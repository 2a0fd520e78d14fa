let active = 0;

async function work() {
  active += 1;
  try {
    await Promise.resolve();
  } finally {
    active -= 1;
  }
}

async function main() {
  await Promise.all([work(), work(), work()]);
  console.log(active);
}

void main();
