import { EventEmitter } from 'node:events';
import { drive, sleep } from '../load.mjs';

const net = {
  connect() {
    const socket = new EventEmitter();
    setTimeout(() => socket.emit('connect'), 1);
    return socket;
  },
};

await drive(async (m) => {
  let heard = null;
  await m.ping(80, () => sleep(3, 'key'), (key) => { heard = key; });
  await sleep(10);
  if (heard !== 'key') return 'the connection stands and nobody noticed';
}, { net });
