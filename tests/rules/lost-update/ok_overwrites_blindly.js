let lastAnswer = null;

async function ask(number) {
  return number;
}

async function poll(number) {
  lastAnswer = await ask(number);
}

async function main() {
  await Promise.all([poll(1), poll(2)]);
  console.log(lastAnswer);
}

void main();
