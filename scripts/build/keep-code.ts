/** `node keep-code.ts BUNDLE FILE WORDS...`: runs a command, and keeps what V8 has compiled for it by its end. */
import { writeFileSync } from 'node:fs';
import { runBundle } from '../../src/run-bundle.ts';

const [bundle = '', file = ''] = process.argv.splice(2, 2);
const script = runBundle(bundle, null);
process.on('exit', () => writeFileSync(file, script.createCachedData()));
