import { EventEmitter } from 'node:events';
import { drive, sleep, within } from '../load.mjs';

const child_process = {
  spawn() {
    const child = new EventEmitter();
    setTimeout(() => child.emit('exit', 0), 1);
    return child;
  },
};

await drive(async (m) => {
  const code = await within(50, m.build(() => sleep(5)));
  if (code !== 0) return `the build has ended, and is waited for still: ${code}`;
}, { child_process });
