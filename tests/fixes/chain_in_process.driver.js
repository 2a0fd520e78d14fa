// prints 10
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');

const scratch = mkdtempSync(`${require('node:os').tmpdir()}/fixes-`);
writeFileSync(`${scratch}/visits`, '0');
const counters = new module.exports.Counters(scratch);
Promise.all(Array.from({ length: 10 }, () => counters.add('visits'))).then(() => {
  console.log(readFileSync(`${scratch}/visits`, 'utf8'));
  rmSync(scratch, { recursive: true });
});
