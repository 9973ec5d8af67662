import { expect, test } from 'vitest';
import { barsOf } from '../../support/raw-of.ts';

const rows = [
  '1609459200000,100.5,103.1,99.2,101.7,5.25,1609462799999,530.1,42,2.5,252.3,0',
  '1609462800000,101.7,104.0,100.0,102.2,6.5,1609466399999,664.2,57,3.1,316.9,0',
].join('\n');
const header =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';

test.each([
  ['without a header', rows, 1],
  ['with a header', `${header}\n${rows}\n`, 2],
  [
    'with a header of its API',
    `Open time,Open,High,Low,Close,Volume,Close time,a,b,c,d,Ignore\n${rows}\n`,
    2,
  ],
])('reads klines %s', async (_, text, firstLine) => {
  const { reader, bars } = await barsOf(text);
  expect(reader).toBe('binance-klines');
  expect(bars).toEqual([
    {
      symbol: null,
      time: [1609459200000, 1609462800000],
      open: [100.5, 101.7],
      high: [103.1, 104],
      low: [99.2, 100],
      close: [101.7, 102.2],
      volume: [5.25, 6.5],
      lines: [firstLine, firstLine + 1],
      faults: [],
      stampIsEnd: false,
    },
  ]);
});

test('keeps microseconds as they are written', async () => {
  const { reader, bars } = await barsOf('1735689600000000,1,2,0.5,1,3,1735693199999999,1,1,1,1,0\n');
  expect([reader, bars[0]?.time]).toEqual(['binance-klines', [1735689600000000]]);
});

test('is not chosen for twelve numbers whose seventh is no close time', async () => {
  await expect(barsOf('1609459200000,1,2,0.5,1,3,7,1,1,1,1,0\n')).rejects.toThrow(
    /FILE_FORMAT: .*none of those/,
  );
});
