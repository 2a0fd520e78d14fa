const letters = [{ text: 'only one' }];

async function send(letter) {
  console.log(letter.text);
}

async function worker() {
  if (letters.length > 0) {
    const letter = letters.shift();
    await send(letter);
  }
}

async function main() {
  await Promise.all([worker(), worker()]);
}

void main();
