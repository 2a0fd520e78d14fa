let busy = false;

async function run() {
  if (busy) return;
  busy = true;
  try {
    await Promise.resolve();
  } finally {
    busy = false;
  }
}

async function main() {
  await Promise.all([run(), run()]);
}

void main();
