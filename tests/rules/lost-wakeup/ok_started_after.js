export async function connect(url, token) {
  const key = await token();
  const socket = new WebSocket(url);
  socket.onopen = () => socket.send(key);
  await new Promise((resolve) => socket.addEventListener("close", resolve));
}
