import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const words = await Promise.all([m.translate('de', () => sleep(2)), m.translate('fr', () => sleep(2))]);
  if (words.join() !== 'Hund,chien') return `translations: ${words}`;
});
