export async function connect(url, token) {
  const socket = new WebSocket(url);
  const key = await token();
  socket.onopen = () => socket.send(key); // want lost-wakeup
  return null;
}
