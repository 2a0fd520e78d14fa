export async function start(channel, price) {
  let revenue = 0;
  await channel.consume('orders', async (message) => {
    revenue += await price(message); // want lost-update: revenue
  });
}
