/** A 200 MB kline file: our fast reader against csv-parse, and the peak memory of a process that reads it. */
import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { readNumeric } from '../../src/io/csv/numeric.ts';
import { openSources } from '../../src/io/open.ts';
import { randomBars } from './random-bars.ts';
import { type Claim, race, ratio, show } from './timing.ts';

const FIELDS = 12;
const ROWS = 1_310_000;
const kinds = new Array<'number'>(FIELDS).fill('number');

export async function benchCsv(): Promise<Claim[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-csv-'));
  try {
    const file = join(folder, 'BTCUSDT-1m.csv');
    writeKlines(file);
    const [source] = await openSources([file], folder);
    if (source === undefined) throw new Error('the file of the bench could not be opened');
    const timings = await race(
      [
        { name: 'fast reader', run: () => readNumeric(source, { delimiter: ',', skip: 0, kinds }) },
        { name: 'csv-parse to columns', run: () => throughCsvParse(file) },
      ],
      2,
    );
    show(timings);
    console.log(`        ${(source.size / 1e6).toFixed(0)} MB, ${ROWS} rows of ${FIELDS} numbers`);
    return [
      {
        what: 'numeric CSV against csv-parse',
        value: ratio(timings, 'csv-parse to columns', 'fast reader'),
        unit: 'x',
        bound: { atLeast: 10 },
      },
      {
        what: 'peak memory above the columns',
        value: peakAboveColumns(file),
        unit: 'MB',
        bound: { atMost: 130 },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In its quickest form: a stream of its own with `data` events and no option, not our slow path. */
function throughCsvParse(file: string): Promise<Float64Array[]> {
  const columns = kinds.map(() => new Float64Array(ROWS));
  let row = 0;
  const parser = createReadStream(file).pipe(parse());
  parser.on('data', (fields: string[]) => {
    for (let i = 0; i < FIELDS; i += 1) columns[i]![row] = Number(fields[i]);
    row += 1;
  });
  return new Promise((resolve, reject) => {
    parser.on('end', () => resolve(columns)).on('error', reject);
  });
}

function writeKlines(file: string): void {
  const { time, open, high, low, close, volume } = randomBars(ROWS, 60_000);
  const handle = openSync(file, 'w');
  let lines: string[] = [];
  for (let i = 0; i < ROWS; i += 1) {
    const [v, c] = [volume[i]!, close[i]!];
    const prices = [open[i]!, high[i]!, low[i]!, c, v].map((x) => x.toFixed(8));
    const more = [(v * c).toFixed(8), i % 900, (v / 2).toFixed(8), ((v * c) / 2).toFixed(8), 0];
    lines.push([time[i], ...prices, time[i]! + 59_999, ...more].join(','));
    if (lines.length === 10_000 || i === ROWS - 1) {
      writeSync(handle, `${lines.join('\n')}\n`);
      lines = [];
    }
  }
  closeSync(handle);
}

/** Read in a process of its own, so that nothing else counts. */
function peakAboveColumns(file: string): number {
  const script = fileURLToPath(new URL('./csv-memory.ts', import.meta.url));
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', script, file], { encoding: 'utf8' });
  return Number(stdout);
}
