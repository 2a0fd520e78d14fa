import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const pump = new m.Pump({ write: () => sleep(3) });
  pump.run();
  pump.push('a');
  await sleep(1);
  pump.push('b');
  await sleep(200);
  if (pump.written.join('') !== 'ab') return `written: ${pump.written}`;
});
