import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const renderer = new m.Renderer({ theme: () => sleep(2, 'dark') });
  const pages = await Promise.all([renderer.render('ann'), renderer.render('bob')]);
  if (pages.join() !== 'dark: hello ann,dark: hello bob') return `pages: ${pages}`;
});
