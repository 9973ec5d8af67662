import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { type BarRow, cleanRows, HOUR, START } from './raw-bars.ts';
import { shellIn } from './shell.ts';

/** A folder of small market files, and the `data` commands run in it. */
export function dataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'risk-data-'));
  fill(folder);
  const run = async (...argv: string[]) => {
    const { shell, told } = shellIn(folder);
    const code = await main(['data', ...argv], shell);
    return { ...told, code };
  };
  /** The JSON report, which fits its schema, and the exit code. */
  const report = async (name: string, ...argv: string[]) => {
    const { out, code } = await run(name, ...argv, '--format', 'json');
    const value = JSON.parse(out);
    expect(reportSchemas.get(`data ${name}`)?.parse(value)).toEqual(value);
    return { ...value, code };
  };
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { run, report, text, remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * AAAUSDT is clean; BBBUSDT the same from new to old; CCCUSDT has 25 rows of zeros from line 12 on; `unnamed` has no
 * symbol; `notes` is no market data; AAAUSDT has funding, DDDUSDT two hours of prints every 30 seconds. In `mark` are mark
 * prices of AAAUSDT as klines without a header and without volume.
 */
function fill(folder: string): void {
  const write = (name: string, header: string, rows: readonly (readonly number[])[]): void => {
    writeFileSync(join(folder, name), `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`);
  };
  const bars = 'timestamp,open,high,low,close,volume';
  const clean = cleanRows(60);
  const zeros = clean.map((row, i): BarRow => (i >= 10 && i < 35 ? [row[0], 0, 0, 0, 0, 0] : row));
  write('AAAUSDT-1h.csv', bars, clean);
  write('BBBUSDT-1h.csv', bars, clean.toReversed());
  write('CCCUSDT-1h.csv', bars, zeros);
  write('unnamed.csv', bars, clean);
  write('notes.csv', 'what,ever', [[1, 2]]);
  const count = (length: number, row: (i: number) => number[]) => Array.from({ length }, (_, i) => row(i));
  write(
    'AAAUSDT-funding.csv',
    'timestamp,fundingRate',
    count(20, (i) => [START + i * 8 * HOUR, 0.0001]),
  );
  write(
    'DDDUSDT-trades.csv',
    'timestamp,price,qty',
    count(240, (i) => [START + i * 30_000, 100 + (i % 9), 1]),
  );
  const [first = [], ...klines] = clean.map(([time, ...prices]) => {
    const end = time + HOUR - 1;
    return [time, ...prices.slice(0, 4), 0, end, 0, 3600, 0, 0, 0];
  });
  mkdirSync(join(folder, 'mark'));
  write('mark/AAAUSDT-1h-2024-01.csv', first.join(','), klines);
}
