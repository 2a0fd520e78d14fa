const { readFile } = require('fs/promises');

async function main() {
  console.log(await readFile('package.json', 'utf8'));
}

if (require.main === module) {
  main();
}
