// Greets a server as soon as the connection stands.
import { connect } from 'node:net';

export async function greet(port, token) {
  const socket = connect(port);
  const key = await token();
  return new Promise((resolve) => {
    finish(resolve, key);
  });

  function finish(resolve, secret) {
    resolve(secret);
  }
}

export async function ping(port, token, heard) {
  const socket = connect(port);
  const key = token();
  socket.on('connect', async () => heard(await key));
}
