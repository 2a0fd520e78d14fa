// prints fulfilled rejected
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const scratch = mkdtempSync(`${tmpdir()}/fixes-`);
const made = await Promise.allSettled(['a', 'b'].map((text) => create(`${scratch}/page`, async () => text)));
console.log(made.map((each) => each.status).sort().join(' '));
rmSync(scratch, { recursive: true });
