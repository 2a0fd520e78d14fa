// fix add-await
// prints caught broken
async function load() {
  await null;
  throw new Error('broken');
}

async function careful() {
  try {
    return load();
  } catch (error) {
    return `caught ${error.message}`;
  }
}

careful().then(console.log, () => console.log('rejected'));
