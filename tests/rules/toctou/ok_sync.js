const fs = require('fs');

async function note(text) {
  if (!fs.existsSync('notes.txt')) {
    fs.writeFileSync('notes.txt', '');
  }
  await fs.promises.appendFile('notes.txt', text);
}

module.exports = { note };
