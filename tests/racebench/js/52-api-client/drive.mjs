import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const client = new m.Client({ throttle: () => sleep(2), send: async (params) => params });
  const cities = await Promise.all([client.query('Oslo'), client.query('Rome')]);
  if (cities.join() !== 'Oslo,Rome') return `asked for Oslo and Rome, sent ${cities}`;
});
