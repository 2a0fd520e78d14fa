// What is written does not depend on what was there.
import { device } from './device.mjs';
import { fetchManifest, run } from './remote.mjs';

export async function configure() {
  const config = await fetchManifest(device.manifestId);
  if (config) {
    device.config = config;
  }
}

export async function announce(article) {
  document.createElement('div');
  await article.load();
  document.title = article.title;
}

export async function main(options) {
  if (options.args.length) {
    options.source = options.args[0] === '-' ? process.stdin : options.args;
  }
  delete options.args;
  try {
    const { code } = await run(options);
    process.exitCode = code;
  } catch (error) {
    console.error(error.stack);
    process.exitCode = 1;
  }
}
