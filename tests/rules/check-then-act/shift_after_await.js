const letters = [{ text: 'only one' }];

async function worker() {
  if (letters.length > 0) {
    await Promise.resolve();
    console.log(letters.shift().text); // want check-then-act
  }
}

async function main() {
  await Promise.all([worker(), worker()]);
}

void main();
