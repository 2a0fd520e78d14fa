// prints heard key
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

const server = createServer();
server.listen(0, async () => {
  const connected = once(server, 'connection');
  // Longer than it takes to connect, if that has begun.
  const token = async () => {
    await Promise.race([connected, pause(100)]);
    for (let i = 0; i < 10; i++) await turn();
    return 'key';
  };
  await ping(server.address().port, token, (key) => console.log('heard', key));
  setTimeout(() => process.exit(), 20);
});
