/** Writes data/sample again from its seed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleFiles } from './sample/files.ts';
import { SEED } from './sample/plan.ts';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'data', 'sample');
const files = sampleFiles(SEED);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
let bytes = 0;
for (const [name, content] of files) {
  writeFileSync(join(folder, name), content);
  bytes += Buffer.byteLength(content);
}
console.log(`data/sample: ${files.size} files, ${bytes} bytes`);
