// fix for-each
// prints Ünal:1 end
async function send(out: string[], name: string): Promise<void> {
  await null;
  out.push(name);
}

async function sendAll(names: string[]): Promise<string> {
  const out: string[] = [];
	/* naïve */
  names.forEach(async (name: string, at: number) => {
    // nobody is asked twice
    if (!name) {
      return;
    }

    return send(out, `${name}:${at}`);
  });
  return `${out.join()} end`;
}

sendAll(['', 'Ünal']).then(console.log);
