import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const uploader = new m.Uploader({ reserve: (size) => sleep(size, `slot-${size}`) });
  await Promise.all([uploader.upload('a.txt'), uploader.upload('notes.txt')]);
  if (uploader.stored.get('slot-5') !== 'a.txt') return `slot-5 holds ${uploader.stored.get('slot-5')}`;
});
