import { describe, expect, test } from 'vitest';
import {
  type ColumnRequest,
  type CsvColumns,
  readAny,
  readCsv,
  readPlain,
} from '../../../src/io/csv/columns.ts';
import type { CsvLayout } from '../../../src/io/csv/layout.ts';
import { codeOf } from '../../support/codes.ts';
import { sourceOf } from '../../support/source-of.ts';

type Column = 'time' | 'price' | 'maker' | 'side';

const layout: CsvLayout<Column> = {
  delimiter: ',',
  skip: 1,
  fields: 3,
  places: { time: 0, price: 1, maker: 2, side: -1 },
};
const request: ColumnRequest<Column> = {
  kinds: { time: 'time', price: 'number', maker: 'flag', side: 'word' },
  wordValue: (text) => ({ buy: 1, sell: -1 })[text] ?? null,
  symbolPlace: -1,
};

function plainOf(read: CsvColumns<Column> | null) {
  if (read === null) return null;
  const { length, columns, symbols, faults } = read;
  const { time, price, maker, side } = columns;
  const lines = Array.from({ length }, (_, row) => read.line(row));
  return { time: [...time], price: [...price], maker: [...maker], side: [...side], lines, symbols, faults };
}

const good = 't,p,m\n1609459200000,1.5,true\n1609459260000,2.5,false\n';

describe('the two paths', () => {
  test('give the same, with zeros for a column that the file does not have', async () => {
    const wanted = {
      time: [1609459200000, 1609459260000],
      price: [1.5, 2.5],
      maker: [1, 0],
      side: [0, 0],
      lines: [2, 3],
      symbols: null,
      faults: [],
    };
    expect(plainOf(await readPlain(sourceOf(good), layout, request))).toEqual(wanted);
    expect(plainOf(await readAny(sourceOf(good), layout, request))).toEqual(wanted);
    expect(plainOf(await readCsv(sourceOf(good), layout, request))).toEqual(wanted);
  });

  test('a file that is not plain is read as a whole by the slow one', async () => {
    const text = good.replace('2.5', '"2.5"');
    expect(await readPlain(sourceOf(text), layout, request)).toBeNull();
    expect(plainOf(await readCsv(sourceOf(text), layout, request))).toEqual(
      plainOf(await readCsv(sourceOf(good), layout, request)),
    );
  });

  test('symbols and words are for the slow one', async () => {
    const named = { ...request, symbolPlace: 2 };
    const places = { time: 0, price: 1, maker: -1, side: -1 };
    const text = 't,p,s\n1609459200000,1,ABC\n1609459200000,2,XYZ\n';
    expect(await readPlain(sourceOf(text), { ...layout, places }, named)).toBeNull();
    expect((await readCsv(sourceOf(text), { ...layout, places }, named)).symbols).toEqual(['ABC', 'XYZ']);
    const sided = { ...layout, places: { time: 0, price: 1, maker: -1, side: 2 } };
    const sides = 't,p,s\n1609459200000,1,buy\n1609459200000,2,sell\n';
    expect(await readPlain(sourceOf(sides), sided, request)).toBeNull();
    expect([...(await readCsv(sourceOf(sides), sided, request)).columns.side]).toEqual([1, -1]);
  });
});

/** xorshift32: seeded, and without the low-bit patterns of a congruence. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function invent(random: (below: number) => number): string {
  const digits = (count: number): string => Array.from({ length: count }, () => random(10)).join('');
  const sign = ['', '', '', '-', '+'][random(5)] ?? '';
  switch (random(8)) {
    case 0:
      return `${sign}${digits(1 + random(22))}`;
    case 1:
      return `${sign}0.${'0'.repeat(random(12))}${digits(1 + random(12))}`;
    case 2:
      return `${sign}${digits(1 + random(6))}.${digits(1 + random(20))}`;
    case 3:
      return `${sign}${digits(1)}.${digits(1 + random(16))}e${random(2) === 0 ? '-' : ''}${random(300)}`;
    case 4:
      return `${sign}.${digits(1 + random(10))}`;
    case 5:
      return `${sign}${digits(1 + random(10))}.`;
    default:
      return `${random(100_000)}.${digits(8)}`;
  }
}

test('on random numeric files both paths give the bits of Number, for 100,000 fields in pieces of 1 byte to 64 KB', async () => {
  const random = generator(20_210_519);
  let fields = 0;
  while (fields < 100_000) {
    const width = 1 + random(14);
    const rows = 1 + random(400);
    const texts = Array.from({ length: rows * width }, () => invent(random));
    const ends = ['\n', '\r\n'][random(2)] ?? '\n';
    const lines = Array.from({ length: rows }, (_, row) =>
      texts.slice(row * width, (row + 1) * width).join(','),
    );
    const content = lines.join(ends) + (random(3) === 0 ? '' : ends.repeat(1 + random(3)));
    const names = Array.from({ length: width }, (_, i) => `c${i}`).filter((_, i) => i === 0 || random(4) > 0);
    const places = Object.fromEntries(names.map((name) => [name, Number(name.slice(1))]));
    const kinds = Object.fromEntries(names.map((name) => [name, 'number' as const]));
    const shape = { delimiter: ',', skip: 0, fields: width, places };
    const wish = { kinds, wordValue: () => null, symbolPlace: -1 };
    const piece = fields < 4000 ? 1 + random(40) : 1024 + random(1 << 16);
    const fast = await readPlain(sourceOf(content, { piece }), shape, wish);
    const slow = await readAny(sourceOf(content, { piece: 1 + random(1 << 16) }), shape, wish);
    expect([fast?.length, slow.length, slow.faults]).toEqual([rows, rows, []]);
    for (const name of names) {
      const wanted = Float64Array.from({ length: rows }, (_, row) =>
        Number(texts[row * width + (places[name] ?? 0)]),
      );
      expect(sameBits(fast?.columns[name], wanted)).toBe(true);
      expect(sameBits(slow.columns[name], wanted)).toBe(true);
      fields += rows;
    }
    expect(slow.line(rows - 1)).toBe(fast?.line(rows - 1));
  }
});

function sameBits(xs: Float64Array | undefined, ys: Float64Array): boolean {
  if (xs === undefined || xs.length !== ys.length) return false;
  const [a, b] = [xs, ys].map((column) => new BigUint64Array(Float64Array.from(column).buffer));
  return a?.every((bits, i) => bits === b?.[i]) ?? false;
}

test('on damaged files the fast path gives up or gives what the slow one gives, over 3,000 mutations', async () => {
  const random = generator(7);
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${1609459200000 + i * 60_000},${100 + i / 8},${i % 2 === 0}`,
  );
  const whole = new TextEncoder().encode(`t,p,m\n${rows.join('\n')}\n`);
  const bits = [
    ',',
    '\n',
    '\r',
    '"',
    ' ',
    '-',
    '.',
    'e',
    '0',
    '9',
    'x',
    '\0',
    '\n\n',
    ',,',
    '1e400',
    '\ufeff',
    '\u00e9',
  ];
  let kept = 0;
  for (let i = 0; i < 3000; i += 1) {
    let bytes: Uint8Array = whole;
    for (let changes = 1 + random(3); changes > 0; changes -= 1) {
      const at = 6 + random(bytes.length - 6);
      const bit = new TextEncoder().encode(bits[random(bits.length)]);
      const cut = random(3) === 0 ? random(30) : random(2);
      bytes = Uint8Array.from([...bytes.subarray(0, at), ...bit, ...bytes.subarray(at + cut)]);
    }
    const fast = await readPlain(sourceOf(bytes, { piece: 1 + random(200) }), layout, request);
    if (fast === null) continue;
    kept += 1;
    const slow = await readAny(sourceOf(bytes), layout, request);
    expect(plainOf(slow)).toEqual(plainOf(fast));
  }
  expect(kept).toBeGreaterThan(100);
});

describe('faults', () => {
  const faultsOf = async (rows: string, more: Partial<ColumnRequest<Column>> = {}) =>
    (await readCsv(sourceOf(`t,p,m\n1609459200000,1,true\n${rows}`), layout, { ...request, ...more })).faults;

  test.each([
    ['a field too few', '1609459260000,1\n1,1,true\n', 'ROW_RAGGED', 'a row must have 3 fields, was 2'],
    ['a field too many', '1609459260000,1,true,\n', 'ROW_RAGGED', 'a row must have 3 fields, was 4'],
    [
      'a last line that stops early',
      '1609459260000,1',
      'ROW_CUT',
      'the last line must have 3 fields, was cut off',
    ],
    ['a last line that stops inside quotes', '1609459260000,"1', 'ROW_CUT', 'was cut off before its end'],
    [
      'a text for a number',
      '1609459260000,abc,true\n',
      'ROW_NUMBER',
      'price must be a finite number, was "abc"',
    ],
    ['null', '1609459260000,null,true\n', 'ROW_NUMBER', 'was "null"'],
    ['NaN', '1609459260000,NaN,true\n', 'ROW_NUMBER', 'was "NaN"'],
    ['an empty cell', '1609459260000,,true\n', 'ROW_NUMBER', 'was ""'],
    ['a word for a flag', '1609459260000,1,constructor\n', 'ROW_VALUE', 'maker must be true or false'],
    ['a day that does not exist', '2021-02-30,1,true\n', 'ROW_TIME', 'was "2021-02-30"'],
    ['an empty time', ',1,true\n', 'ROW_TIME', 'was ""'],
    ['a time that a spreadsheet cut', '1.67867E+12,1,true\n', 'ROW_TIME', 'a spreadsheet has cut them off'],
  ])('%s is one, with its line', async (_, rows, code, message) => {
    const [fault] = await faultsOf(rows);
    expect([fault?.line, fault?.code]).toEqual([3, code]);
    expect(fault?.message).toContain(message);
  });

  test('a faulty row stands in no column, and the rows behind it keep their lines', async () => {
    const read = await readCsv(sourceOf(`${good}x,1,true\n\n1609459320000,3,true\n`), layout, request);
    expect(plainOf(read)).toMatchObject({
      time: [1609459200000, 1609459260000, 1609459320000],
      price: [1.5, 2.5, 3],
      lines: [2, 3, 6],
    });
    expect(read.faults.map(({ line }) => line)).toEqual([4]);
  });

  test('a last line without a line end is whole where it has all of its fields', async () => {
    expect(await faultsOf('1609459260000,1,true')).toEqual([]);
    expect((await faultsOf('1609459260000,1,true,"x"'))[0]?.code).toBe('ROW_RAGGED');
  });

  test('a symbol without letters is one', async () => {
    const places = { time: 0, price: 1, maker: -1, side: -1 };
    const text = 't,p,s\n1609459200000,1,ABC\n1609459260000,1,\n1609459320000,1,--\n';
    const read = await readCsv(sourceOf(text), { ...layout, places }, { ...request, symbolPlace: 2 });
    expect([read.length, read.faults.map(({ line, code }) => [line, code])]).toEqual([
      1,
      [
        [3, 'SYMBOL_UNKNOWN'],
        [4, 'SYMBOL_UNKNOWN'],
      ],
    ]);
  });

  test('lines that a quote too many swallows end the reading, where dropping a row would drop them all', async () => {
    const text = `${good}1609459320000,3,"true\n1609459380000,4,true\n1609459440000,5,true"\n`;
    await expect(readCsv(sourceOf(text), layout, request)).rejects.toThrow(
      /FILE_FORMAT: a row must stand on one line, was one of 3 lines.*\(a\.csv:4\)/,
    );
  });
});

describe('dates with the year at the end', () => {
  const timesOf = async (...dates: string[]) => {
    const rows = dates.map((date) => `${date},1,true\n`).join('');
    return [...(await readCsv(sourceOf(`t,p,m\n${rows}`), layout, request)).columns.time];
  };

  test('are read by the order that the whole column shows, from its first row on', async () => {
    expect(await timesOf('1/2/2021', '1/13/2021')).toEqual([Date.UTC(2021, 0, 2), Date.UTC(2021, 0, 13)]);
    expect(await timesOf('1/2/2021', '13/2/2021')).toEqual([Date.UTC(2021, 1, 1), Date.UTC(2021, 1, 13)]);
  });

  test('are refused where nothing shows the order, or both do', async () => {
    expect(await codeOf(() => timesOf('1/2/2021', '2/2/2021'))).toBe('ROW_TIME');
    await expect(timesOf('1/2/2021')).rejects.toThrow(/no part above 12 in either place.*YYYY-MM-DD/);
    await expect(timesOf('1/13/2021', '13/1/2021')).rejects.toThrow(/parts above 12 in both places/);
  });
});
