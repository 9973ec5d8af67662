import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { openSources } from '../../../src/io/open.ts';
import { parquetOhlcv } from '../../../src/io/readers/parquet-ohlcv.ts';
import type { RawBars } from '../../../src/market/raw.ts';
import { codeOf } from '../../support/codes.ts';
import { type ParquetColumn, parquetOf } from '../../support/parquet-of.ts';
import { scratch } from '../../support/scratch.ts';
import { sourceOf } from '../../support/source-of.ts';

const HOUR = 3_600_000;
const START = 1_609_459_200_000;

const prices: ParquetColumn[] = [
  { name: 'open', type: 5, values: [1.5, 2.5] },
  { name: 'High', type: 5, values: [2, 3] },
  { name: 'low', type: 5, values: [1, 2] },
  { name: 'close', type: 5, values: [1.75, 2.75] },
  { name: 'volume', type: 5, values: [10, 20] },
];

const stamps: ParquetColumn = { name: 'timestamp', type: 2, values: [START, START + HOUR], converted: 9 };
const file = parquetOf([stamps, ...prices]);

async function read(columns: ParquetColumn[]): Promise<RawBars> {
  const [bars] = await parquetOhlcv.read(sourceOf(parquetOf(columns)), { timeOffset: 0 });
  if (bars === undefined) throw new Error('one entry must be there');
  return bars;
}

describe('detection', () => {
  test('goes by the columns in the footer, of a small file and of one longer than the head', async () => {
    expect(parquetOhlcv.detect(headOf(sourceOf(file)))).toContain(
      'a Parquet table with columns for time, open',
    );
    expect(parquetOhlcv.detect(headOf(sourceOf(parquetOf([stamps, ...prices.slice(1)]))))).toBeNull();
    const values = Array.from({ length: 20_000 }, (_, i) => i + 1);
    const long = parquetOf([stamps, ...prices].map((column) => ({ ...column, values })));
    const cwd = await scratch({ 'a.parquet': long });
    const [source] = await openSources([join(cwd, 'a.parquet')], '/');
    expect(source?.headIsAll).toBe(false);
    expect(source && parquetOhlcv.detect(headOf(source))).not.toBeNull();
    const [bars] = source ? await parquetOhlcv.read(source, { timeOffset: 0 }) : [];
    expect([bars?.length, bars?.close[19_999]]).toEqual([20_000, 20_000]);
  });

  test('knows nothing else, nor a file without its end', () => {
    expect(parquetOhlcv.detect(headOf(sourceOf('time,open,high,low,close\n')))).toBeNull();
    expect(parquetOhlcv.detect(headOf(sourceOf(file.subarray(0, file.length - 1))))).toBeNull();
  });
});

describe('reading', () => {
  test('gives the columns by name, row numbers for lines', async () => {
    const bars = await read([...prices, stamps, { name: 'trades', type: 1, values: [1, 2] }]);
    expect([...bars.time]).toEqual([START, START + HOUR]);
    expect([[...bars.open], [...bars.high], [...bars.low], [...bars.close], [...bars.volume]]).toEqual([
      [1.5, 2.5],
      [2, 3],
      [1, 2],
      [1.75, 2.75],
      [10, 20],
    ]);
    expect([bars.symbol, bars.length, bars.line(1), bars.faults]).toEqual([null, 2, 2, []]);
  });

  test('stamps of every unit become ms; bare numbers stay, but nanoseconds, which a double does not hold', async () => {
    const nanos = 1_609_459_200_123_456_000n;
    const forms: [Partial<ParquetColumn>, number][] = [
      [{ values: [START, START], converted: 9 }, START],
      [{ values: [START * 1000 + 250, 0], converted: 10 }, START + 0.25],
      [{ values: [nanos, nanos], isNanos: true }, START + 123.456],
      [{ values: [nanos, nanos] }, START + 123.456],
      [{ type: 1, values: [18_628, 18_628], converted: 6 }, START],
      [{ values: [START * 1000, START * 1000] }, START * 1000],
      [{ type: 1, values: [START / 1000, START / 1000] }, START / 1000],
      [{ type: 6, values: ['2021-01-01 00:00:00', '2021-01-01T01:00:00Z'], converted: 0 }, START],
    ];
    for (const [form, expected] of forms) {
      const bars = await read([{ name: 'date', type: 2, values: [], ...form }, ...prices]);
      expect([form, bars.time[0]]).toEqual([form, expected]);
    }
  });

  test('decimals become the nearest double, also those wider than one', async () => {
    const wide = 65_000_123_456_789_012_345_678n;
    for (const [form, expected] of [
      [{ type: 1, values: [12_345, -1], scale: 2 }, [123.45, -0.01]],
      [{ type: 2, values: [29_000_123n, 3n], scale: 3 }, [29_000.123, 0.003]],
      [{ type: 7, values: [wide, -wide], scale: 18 }, [65_000.12345678901, -65_000.12345678901]],
    ] as const) {
      const open: ParquetColumn = { name: 'open', ...form, converted: 5 };
      expect([...(await read([stamps, open, ...prices.slice(1)])).open]).toEqual(expected);
    }
  });

  test('prices kept as text are read; a null or a text that is no number is a fault with its row', async () => {
    const open: ParquetColumn = { name: 'open', type: 6, values: ['1.25', 'n/a'], converted: 0 };
    const bars = await read([stamps, open, ...prices.slice(1)]);
    expect([[...bars.open], bars.faults]).toEqual([
      [1.25],
      [{ line: 2, code: 'ROW_NUMBER', message: 'open must be a finite number, was "n/a"' }],
    ]);
    const low: ParquetColumn = { name: 'low', type: 5, values: [null, 2] };
    const holed = await read([stamps, ...prices.filter((column) => column.name !== 'low'), low]);
    expect([[...holed.time], holed.line(0), holed.faults]).toEqual([
      [START + HOUR],
      2,
      [{ line: 1, code: 'ROW_NUMBER', message: 'low must be a finite number, was null' }],
    ]);
  });

  test('a symbol column makes an entry of each symbol', async () => {
    const symbol: ParquetColumn = { name: 'symbol', type: 6, values: ['ETHUSDT', 'BTCUSDT'], converted: 0 };
    const entries = await parquetOhlcv.read(sourceOf(parquetOf([stamps, ...prices, symbol])), {
      timeOffset: 0,
    });
    expect(entries.map((bars) => [bars.symbol, [...bars.close], bars.line(0)])).toEqual([
      ['ETHUSDT', [1.75], 1],
      ['BTCUSDT', [2.75], 2],
    ]);
  });
});

describe('what is refused', () => {
  test('a table without a needed column names those it has', async () => {
    await expect(read(prices)).rejects.toThrow(
      'a table must have columns for time, open, high, low, close, had "open", "High", "low", "close", "volume"',
    );
  });

  test('a table without rows is FILE_EMPTY, another format FILE_FORMAT', async () => {
    const empty = [stamps, ...prices].map((column) => ({ ...column, values: [] }));
    expect(await codeOf(() => read(empty))).toBe('FILE_EMPTY');
    expect(await codeOf(() => parquetOhlcv.read(sourceOf('a,b\n1,2\n'), { timeOffset: 0 }))).toBe(
      'FILE_FORMAT',
    );
  });

  test('a file cut at any length is an error', async () => {
    for (let length = 4; length < file.length; length += 1) {
      const cut = sourceOf(file.subarray(0, length));
      expect([length, await codeOf(() => parquetOhlcv.read(cut, { timeOffset: 0 }))]).toEqual([
        length,
        'ROW_CUT',
      ]);
    }
  });

  test('a file with bytes cut out of its middle is an error or all of its rows, never a crash', async () => {
    for (let at = 4; at < file.length - 8; at += 1) {
      const holed = Buffer.concat([file.subarray(0, at), file.subarray(at + 1)]);
      const outcome = await codeOf(() => parquetOhlcv.read(sourceOf(holed), { timeOffset: 0 }));
      if (Array.isArray(outcome)) expect([at, outcome[0].length + outcome[0].faults.length]).toEqual([at, 2]);
      else expect(['FILE_FORMAT', 'FILE_EMPTY', 'ROW_CUT']).toContain(outcome);
    }
  });
});
