/** Reads a kline file by the fast path and prints by how many MB the peak of the process exceeded its columns. */
import { existsSync, readFileSync } from 'node:fs';
import { readNumeric } from '../../src/io/csv/numeric.ts';
import { openSources } from '../../src/io/open.ts';

const [source] = await openSources([process.argv[2] ?? ''], '/');
if (source === undefined) throw new Error('no file');
const read = await readNumeric(source, {
  delimiter: ',',
  skip: 0,
  kinds: new Array<'number'>(12).fill('number'),
});
const columns = (read?.columns ?? []).reduce((sum, column) => sum + column.byteLength, 0);
console.log((peakBytes() - columns) / 1e6);

/** On Linux `maxRSS` of a child begins at the peak of its parent; VmHWM is this process's own. */
function peakBytes(): number {
  const status = '/proc/self/status';
  const own = existsSync(status) ? /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(status, 'utf8')) : null;
  return 1024 * (own === null ? process.resourceUsage().maxRSS : Number(own[1]));
}
