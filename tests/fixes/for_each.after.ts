// fix for-each
// prints Ünal:1 end
async function send(out: string[], name: string): Promise<void> {
  await null;
  out.push(name);
}

async function sendAll(names: string[]): Promise<string> {
  const out: string[] = [];
	/* naïve */
  for (const [at, name] of names.entries()) {
    // nobody is asked twice
    if (!name) {
      continue;
    }

    await send(out, `${name}:${at}`);
  }
  return `${out.join()} end`;
}

sendAll(['', 'Ünal']).then(console.log);
