import {
  CompressionType,
  dateDay,
  decimal,
  float64,
  int64,
  setCompressionCodec,
  type Table,
  TimeUnit,
  tableFromArrays,
  tableToIPC,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import { compress, decompress } from 'lz4js';
import { describe, expect, test } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { arrowOhlcv } from '../../../src/io/readers/arrow-ohlcv.ts';
import { arrowOfBars } from '../../../src/io/write-arrow.ts';
import type { RawBars } from '../../../src/market/raw.ts';
import { codeOf } from '../../support/codes.ts';
import { invented } from '../../support/invented-bars.ts';
import { sourceOf } from '../../support/source-of.ts';

setCompressionCodec(CompressionType.LZ4_FRAME, { encode: compress, decode: decompress });

/** A zstandard frame by hand (RFC 8878, 3.1.1): one RLE block where all bytes are equal, else one raw block. */
function zstandard(bytes: Uint8Array): Uint8Array {
  const isEqual = bytes.every((byte) => byte === bytes[0]);
  const header = Buffer.from('28b52ffda00000000000000000'.slice(0, 24), 'hex');
  header.writeUInt32LE(bytes.length, 5);
  header.writeUIntLE(1 | ((isEqual ? 1 : 0) << 1) | (bytes.length << 3), 9, 3);
  return Buffer.concat([header, isEqual ? bytes.subarray(0, 1) : bytes]);
}

const START = 1_609_459_200_000;
const prices = { open: [1.5, 2.5], high: [2, 3], low: [1, 2], close: [1.75, 2.75] };
type Columns = Parameters<typeof tableFromArrays>[0];
type Types = NonNullable<Parameters<typeof tableFromArrays>[1]>['types'];

function tableOf(columns: Columns, types: Types = {}): Table {
  return tableFromArrays(columns, { types: types ?? {} });
}

function bytesOf(table: Table, format: 'file' | 'stream' = 'file', codec: 0 | 1 | null = null): Uint8Array {
  return tableToIPC(table, { format, codec }) ?? new Uint8Array();
}

async function readAll(bytes: Uint8Array): Promise<readonly RawBars[]> {
  return arrowOhlcv.read(sourceOf(bytes), { timeOffset: 0 });
}

async function read(table: Table): Promise<RawBars> {
  const [bars] = await readAll(bytesOf(table));
  if (bars === undefined) throw new Error('one entry must be there');
  return bars;
}

test('knows tables with columns for bars, and no others', () => {
  const detect = (table: Table): string | null => arrowOhlcv.detect(headOf(sourceOf(bytesOf(table))));
  expect(detect(tableOf({ date: [1, 2], ...prices }))).toContain('an Arrow table (feather)');
  expect(detect(tableOf({ time: [1], price: [2], qty: [3] }))).toBeNull();
  expect(arrowOhlcv.detect(headOf(sourceOf('time,open,high,low,close\n')))).toBeNull();
});

test('bars that were written read back bit for bit, from a file, a stream, and with LZ4 buffers', async () => {
  const bars = invented(3000);
  const { time, open, high, low, close, volume } = bars;
  const table = tableOf(
    { date: time, open, high, low, close, volume },
    { date: timestamp(TimeUnit.NANOSECOND, 'UTC'), open: float64() },
  );
  const forms = [
    await arrowOfBars(bars),
    bytesOf(table, 'stream'),
    bytesOf(table, 'file', CompressionType.LZ4_FRAME),
  ];
  expect(forms[2]?.length).toBeLessThan(forms[1]?.length ?? 0);
  for (const bytes of forms) {
    const [read] = await readAll(bytes);
    for (const column of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) {
      expect(read?.[column]).toEqual(bars[column]);
    }
    expect([read?.length, read?.faults, read?.line(0)]).toEqual([3000, [], 1]);
  }
});

test('zstandard buffers are decompressed', async () => {
  setCompressionCodec(CompressionType.ZSTD, { encode: zstandard, decode: () => new Uint8Array() });
  const flat = { open: 1, high: 1, low: 1, close: 1, volume: 0 };
  const columns = Object.entries(flat).map(
    ([name, value]) => [name, new Float64Array(500).fill(value)] as const,
  );
  const table = tableOf({ date: Array.from({ length: 500 }, (_, i) => i), ...Object.fromEntries(columns) });
  const [bars] = await readAll(bytesOf(table, 'file', CompressionType.ZSTD));
  expect([bars?.length, bars?.time[499], bars?.volume]).toEqual([500, 499, new Float64Array(500)]);
});

describe('types', () => {
  test('stamps of every unit and dates become ms; bare numbers stay, but nanoseconds', async () => {
    const nanos = 1_609_459_200_123_456_000n;
    const forms: [unknown[] | Float64Array, Types, number][] = [
      [[START, START], { date: timestamp(TimeUnit.SECOND) }, START],
      [[START, START], { date: timestamp(TimeUnit.MILLISECOND) }, START],
      [[START, START], { date: timestamp(TimeUnit.MICROSECOND) }, START],
      [[START, START], { date: dateDay() }, START],
      [[nanos, nanos], { date: int64() }, START + 123.456],
      [[BigInt(START) * 1000n, 0n], { date: int64() }, START * 1000],
      [['2021-01-01', '2021-01-02'], { date: utf8() }, START],
      [Float64Array.of(START / 1000, 0), {}, START / 1000],
    ];
    for (const [date, types, expected] of forms) {
      const bars = await read(tableOf({ date, ...prices }, types));
      expect([types, bars.time[0]]).toEqual([types, expected]);
    }
  });

  test('decimals become the nearest double', async () => {
    const open = [0.1, 29_000.123];
    const bars = await read(tableOf({ date: [1, 2], ...prices, open }, { open: decimal(38, 3) }));
    expect([...bars.open]).toEqual([0.1, 29_000.123]);
  });

  test('a null is a fault with its row; a NaN stays for the data gate', async () => {
    const bars = await read(
      tableOf({ date: [1, 2], ...prices, high: [null, 3], low: Float64Array.of(1, Number.NaN) }),
    );
    expect([[...bars.time], [...bars.low], bars.line(0), bars.faults]).toEqual([
      [2],
      [Number.NaN],
      2,
      [{ line: 1, code: 'ROW_NUMBER', message: 'high must be a finite number, was null' }],
    ]);
  });

  test('without a volume, or with one that is null throughout, it is 0', async () => {
    expect([...(await read(tableOf({ date: [1, 2], ...prices }))).volume]).toEqual([0, 0]);
    const nulls = await read(
      tableOf({ date: [1, 2], ...prices, volume: [null, null] }, { volume: float64() }),
    );
    expect([[...nulls.volume], nulls.faults]).toEqual([[0, 0], []]);
  });

  test('a symbol column makes an entry of each symbol', async () => {
    const entries = await readAll(bytesOf(tableOf({ date: [1, 2], ...prices, symbol: ['B', 'A'] })));
    expect(entries.map(({ symbol, time }) => [symbol, [...time]])).toEqual([
      ['B', [1]],
      ['A', [2]],
    ]);
  });
});

describe('damage', () => {
  const table = tableOf({ date: Array.from({ length: 40 }, (_, i) => i), ...columnsOf(40) });

  test('a feather file or a stream cut at any length is an error', async () => {
    for (const bytes of [bytesOf(table, 'file', CompressionType.LZ4_FRAME), bytesOf(table, 'stream')]) {
      expect((await readAll(bytes))[0]?.length).toBe(40);
      for (let length = 1; length < bytes.length; length += 3) {
        const code = await codeOf(() => readAll(bytes.slice(0, length)));
        expect([length, ['ROW_CUT', 'FILE_FORMAT'].includes(String(code))]).toEqual([length, true]);
      }
    }
  });

  test('with a byte changed anywhere it is an error or all of its rows, never a crash or fewer rows', async () => {
    for (const bytes of [bytesOf(table, 'file', CompressionType.LZ4_FRAME), bytesOf(table, 'stream')]) {
      for (let at = 0; at < bytes.length; at += 5) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 0x21;
        const outcome = await codeOf(() => readAll(changed));
        if (!Array.isArray(outcome)) expect(String(outcome)).toMatch(/^(?:ROW_CUT|FILE_FORMAT|FILE_EMPTY)$/);
        else expect([at, outcome[0].length + outcome[0].faults.length]).toEqual([at, 40]);
      }
    }
  });

  test('no rows are FILE_EMPTY, other columns FILE_FORMAT', async () => {
    expect(await codeOf(async () => readAll(await arrowOfBars(invented(0))))).toBe('FILE_EMPTY');
    expect(await codeOf(() => read(tableOf({ a: [1] })))).toBe('FILE_FORMAT');
    expect(await codeOf(() => readAll(Buffer.from('time,open\n')))).toBe('FILE_FORMAT');
  });
});

function columnsOf(count: number): Record<string, number[]> {
  const column = (add: number): number[] => Array.from({ length: count }, (_, i) => 100 + i + add);
  return { open: column(0), high: column(1), low: column(-1), close: column(0.5), volume: column(7) };
}
