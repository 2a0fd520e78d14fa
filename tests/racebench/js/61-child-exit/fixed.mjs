// Runs a build and reports its exit code.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function build(log) {
  const child = spawn('make');
  child.on('error', (error) => log(error.message));
  const exit = once(child, 'exit');
  await log('started');
  const [code] = await exit;
  return code;
}
