const settings = { verbose: true };
const lines = [];

async function trace(line) {
  console.log(line);
}

async function record(line) {
  if (settings.verbose) {
    await trace(line);
    lines.push(line);
  }
}

async function main() {
  await Promise.all([record('a'), record('b')]);
  console.log(lines.length);
}

void main();
