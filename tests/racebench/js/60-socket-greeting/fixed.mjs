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
  const key = await token();
  const socket = connect(port);
  socket.on('connect', () => heard(key));
}
