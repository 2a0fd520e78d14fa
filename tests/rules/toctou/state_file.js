const fs = require('fs').promises;

const FILE = 'visits.json';

async function visit(page) {
  const visits = JSON.parse(await fs.readFile(FILE, 'utf8'));
  visits[page] = (visits[page] ?? 0) + 1;
  await fs.writeFile(FILE, JSON.stringify(visits)); // want toctou: FILE
}

module.exports = { visit };
