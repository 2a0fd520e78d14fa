// fix listen-first
// prints 3
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function build(log) {
  const child = spawn(process.execPath, ['-e', 'process.exit(3)']);
  const exit = once(child, 'exit');
  await log('started');
  const [code] = await exit;
  return code;
}

// Longer than the child lives.
const other = () => once(spawn(process.execPath, ['-e', '']), 'exit');
const late = setTimeout(() => console.log('never'), 3000);
build(async () => { await other(); await other(); }).then((code) => { console.log(code); clearTimeout(late); });
