/** Reads a kline file by the fast path and prints by how many MB the peak of the process exceeded its columns. */
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
console.log((process.resourceUsage().maxRSS * 1024 - columns) / 1e6);
