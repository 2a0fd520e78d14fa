// prints-after fulfilled fulfilled
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const scratch = mkdtempSync(`${tmpdir()}/fixes-`);
const made = await Promise.allSettled([ensure(`${scratch}/a`), ensure(`${scratch}/a`)]);
console.log(made.map((each) => each.status).join(' '));
rmSync(scratch, { recursive: true });
