// fix listen-first
// prints 3
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function build(log) {
  const child = spawn(process.execPath, ['-e', 'process.exit(3)']);
  await log('started');
  const [code] = await once(child, 'exit');
  return code;
}

const late = setTimeout(() => console.log('never'), 2000);
build(() => new Promise((resolve) => setTimeout(resolve, 700))).then((code) => { console.log(code); clearTimeout(late); });
