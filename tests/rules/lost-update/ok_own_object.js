async function weigh(word) {
  return word.length;
}

async function tally(words) {
  const result = { count: 0 };
  for (const word of words) result.count += await weigh(word);
  return result.count;
}

async function main() {
  console.log(await Promise.all([tally(['a']), tally(['b', 'cc'])]));
}

void main();
