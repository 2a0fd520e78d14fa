const sessions = new Map<string, number>();

async function sweep(): Promise<void> {
  for (const [id, age] of sessions.entries()) { // want iterate-across-await: sessions (high)
    await Promise.resolve(age);
    console.log(id);
  }
}

async function open(id: string): Promise<void> {
  await Promise.resolve();
  sessions.set(id, 0);
}

async function main(): Promise<void> {
  sessions.set('a', 1);
  await Promise.all([sweep(), open('b')]);
}

void main();
