export function register(app, socket, timers, button) {
  app.get('/', async (request, response) => response.json(await request.load()));
  socket.on('message', async (message) => {
    await message.handle();
  });
  button.addEventListener('click', async () => button.save());
  setTimeout(async () => timers.run(), 10);
  setInterval(async () => timers.run(), 1000);
  process.on('SIGTERM', async () => socket.close());
}
