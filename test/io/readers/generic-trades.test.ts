import { describe, expect, test } from 'vitest';
import { codeOf } from '../../support/codes.ts';
import { ticksOf } from '../../support/raw-of.ts';

describe('trades', () => {
  test.each([
    [
      'of any header',
      'Date;Price;Size;Taker Side\n2021-01-01 00:00:00.1;100.5;2;BUY\n2021-01-01 00:00:00.2;100.25;4;sell\n',
    ],
    [
      'as ccxt lists them, with an index',
      ',timestamp,id,type,side,price,amount,cost,date\n0,1609459200100,5,,buy,100.5,2,201,2021-01-01 00:00:00.100000+00:00\n1,1609459200200,6,,sell,100.25,4,401,2021-01-01 00:00:00.200000+00:00\n',
    ],
    [
      'of Bybit spot',
      'id,timestamp,price,volume,side,rpi\n1,1609459200100,100.5,2,buy,0\n2,1609459200200,100.25,4,sell,0\n',
    ],
  ])('%s', async (_, text) => {
    const { reader, ticks } = await ticksOf(text);
    expect(reader).toBe('generic-trades');
    expect(ticks).toMatchObject([
      {
        time: [1609459200100, 1609459200200],
        price: [100.5, 100.25],
        qty: [2, 4],
        side: [1, -1],
        faults: [],
      },
    ]);
  });

  test('without a header, where ANY and nothing say that the side is not known', async () => {
    const { reader, ticks } = await ticksOf(
      '1605499846,100.5,2,ANY\n1605499846,100.25,4,SELL\n1605499847,1,1,\n',
    );
    expect([reader, ticks[0]?.side, ticks[0]?.time]).toEqual([
      'generic-trades',
      [0, -1, 0],
      [1605499846, 1605499846, 1605499847],
    ]);
  });

  test('with a side that is neither are faults', async () => {
    const { ticks } = await ticksOf('time,price,qty,side\n1609459200,1,1,buy\n1609459200,1,1,toString\n');
    expect(ticks[0]).toMatchObject({ side: [1], faults: [[3, 'ROW_VALUE']] });
  });

  test('without a side have none', async () => {
    expect((await ticksOf('time,price,qty\n1609459200,1,1\n')).ticks[0]?.side).toEqual([0]);
  });
});

test('bars and four columns without a known side are no trades', async () => {
  expect(await codeOf(() => ticksOf('time,open,high,low,close,price,volume\n1,1,1,1,1,1,1\n'))).toBe(
    'FILE_FORMAT',
  );
  expect(await codeOf(() => ticksOf('1605499846,1,1,perhaps\n'))).toBe('FILE_FORMAT');
});
