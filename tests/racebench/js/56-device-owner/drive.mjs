import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const device = new m.Device({ measure: (volts) => sleep(1).then(() => { if (volts > 9) throw new Error('volts'); return volts * 2; }) });
  await Promise.allSettled([device.run('one', 12), device.run('two', 3)]);
  const result = await device.run('three', 4);
  if (result !== 8) return `the device is held by a failed experiment: ${result}`;
});
