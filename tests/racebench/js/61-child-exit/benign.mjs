// Runs a build and reports its exit code.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function build(log) {
  await log('starting');
  const child = spawn('make');
  const [code] = await once(child, 'exit');
  return code;
}
