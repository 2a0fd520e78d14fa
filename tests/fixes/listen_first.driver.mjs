// prints heard
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

const server = createServer();
server.listen(0, async () => {
  const connected = once(server, 'connection');
  // Longer than it takes to connect.
  const log = async () => {
    await connected;
    for (let i = 0; i < 10; i++) await turn();
  };
  await greet(server.address().port, log, () => console.log('heard'));
  setTimeout(() => process.exit(), 20);
});
