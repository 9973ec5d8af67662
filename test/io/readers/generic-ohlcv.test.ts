import { describe, expect, test } from 'vitest';
import { codeOf } from '../../support/codes.ts';
import { barsOf } from '../../support/raw-of.ts';

const wanted = {
  symbol: null,
  time: [1609459200000, 1609462800000],
  open: [100, 101],
  high: [103, 104],
  low: [99, 100],
  close: [101, 102],
  volume: [5, 6],
  lines: [2, 3],
  faults: [],
  stampIsEnd: null,
};

describe('headers', () => {
  test.each([
    [
      'the plain one',
      'timestamp,open,high,low,close,volume\n1609459200000,100,103,99,101,5\n1609462800000,101,104,100,102,6\n',
    ],
    [
      'another order, one letter each',
      'v,c,l,h,o,t\n5,101,99,103,100,1609459200000\n6,102,100,104,101,1609462800000\n',
    ],
    [
      'blanks, quotes, capitals',
      '"Open Time", "Open" ,HIGH,Low, close ,Vol\n1609459200000,100,103,99,101,5\n1609462800000,101,104,100,102,6\n',
    ],
    [
      'a semicolon, more columns',
      'id;date;open;high;low;close;volume;x\n1;2021-01-01;100;103;99;101;5;\n2;2021-01-01 01:00;101;104;100;102;6;a\n',
    ],
    [
      'tabs, CRLF, a byte order mark',
      '\ufeffdatetime\topen\thigh\tlow\tclose\tvolume\r\n2021-01-01T00:00Z\t100\t103\t99\t101\t5\r\n2021-01-01T01:00Z\t101\t104\t100\t102\t6\r\n',
    ],
    [
      'a first column without a name, as pandas writes its index',
      ',Open,High,Low,Close,Volume\n2021-01-01 00:00:00,100,103,99,101,5\n2021-01-01 01:00:00,101,104,100,102,6\n',
    ],
    [
      'volumes by asset, the base asset first',
      'date,open,high,low,close,Volume ABC,Volume USDT\n2021-01-01,100,103,99,101,5,500\n2021-01-01 01:00,101,104,100,102,6,600\n',
    ],
    [
      'volumes by asset, the quote asset first',
      'date,open,high,low,close,Volume USDT,Volume ABC\n2021-01-01,100,103,99,101,500,5\n2021-01-01 01:00,101,104,100,102,600,6\n',
    ],
    [
      'base and quote volume by name',
      'time,open,high,low,close,quote_volume,base_volume\n1609459200000,100,103,99,101,500,5\n1609462800000,101,104,100,102,600,6\n',
    ],
  ])('%s', async (_, text) => {
    const { reader, why, bars } = await barsOf(text);
    expect([reader, why]).toEqual([
      'generic-ohlcv',
      'a header with time, open, high, low and close in line 1',
    ]);
    expect(bars).toEqual([wanted]);
  });

  test('in seconds of another kind, and time[s]', async () => {
    const { bars } = await barsOf('time[s],close,open,high,low\n1609459200,101,100,103,99\n');
    expect(bars[0]).toMatchObject({ time: [1609459200], open: [100], close: [101], volume: [0] });
  });

  test('one that names no close is none', async () => {
    expect(await codeOf(() => barsOf('time,open,high,low,price\n1609459200,1,1,1,1\n'))).toBe('FILE_FORMAT');
  });

  test('one below a title is found, and one below a row is none: the row would be lost', async () => {
    const header = 'time,open,high,low,close\n';
    const row = '1609459200,1,1,1,1\n';
    expect((await barsOf(`ABC/USDT, hourly\n${header}${row}`)).bars[0]?.lines).toEqual([3]);
    expect(await codeOf(() => barsOf(row + header + row))).toBe('FILE_FORMAT');
  });

  test('an index of numbers is no time: its rows are left for the gate to refuse', async () => {
    const { bars } = await barsOf(',open,high,low,close\n0,1,1,1,1\n1,1,1,1,1\n');
    expect(bars[0]?.time).toEqual([0, 1]);
  });
});

describe('rows', () => {
  const header = 'date,open,high,low,close,volume\n';

  test('without a price, or with null, are faults with their lines', async () => {
    const { bars } = await barsOf(
      `${header}2021-01-01,1,1,1,1,1\n2021-01-02,,,,,\n2021-01-03,null,1,1,1,1\n`,
    );
    expect(bars[0]).toMatchObject({
      time: [Date.UTC(2021, 0, 1)],
      faults: [
        [3, 'ROW_NUMBER'],
        [4, 'ROW_NUMBER'],
      ],
    });
  });

  test('of American dates are told by a day above twelve', async () => {
    const { bars } = await barsOf(`${header}01/04/17,1,1,1,1,1\n01/13/17,1,1,1,1,1\n`);
    expect(bars[0]?.time).toEqual([Date.UTC(2017, 0, 4), Date.UTC(2017, 0, 13)]);
  });

  test('that are impossible as prices are still rows: the gate judges them', async () => {
    const { bars } = await barsOf(`${header}2021-01-01,0,-1,5,1,0\n`);
    expect(bars[0]).toMatchObject({ open: [0], high: [-1], low: [5], faults: [] });
  });
});

test('a symbol column splits the file, one spelling or several, in the order of first coming', async () => {
  const { bars } = await barsOf(
    'time,symbol,open,high,low,close\n1609459200,XYZ/USDT,1,1,1,1\n1609459200,ABC-USDT,2,2,2,2\n1609462800,XYZUSDT,3,3,3,3\nx,ABC-USDT,1,1,1,1\n',
  );
  expect(bars.map(({ symbol, open, lines, faults }) => ({ symbol, open, lines, faults }))).toEqual([
    { symbol: 'XYZUSDT', open: [1, 3], lines: [2, 4], faults: [[5, 'ROW_TIME']] },
    { symbol: 'ABCUSDT', open: [2], lines: [3], faults: [] },
  ]);
});

test('a time offset is taken off epochs in their unit and off texts alike', async () => {
  const timeOffset = 8 * 3_600_000;
  const timeOf = async (text: string) =>
    (await barsOf(`time,open,high,low,close\n${text},1,1,1,1\n`, { timeOffset })).bars[0]?.time[0];
  expect(await timeOf('1609459200')).toBe(1609430400);
  expect(await timeOf('1609459200000')).toBe(1609430400000);
  expect(await timeOf('1609459200000000')).toBe(1609430400000000);
  expect(await timeOf('2021-01-01 00:00')).toBe(1609430400000);
});
