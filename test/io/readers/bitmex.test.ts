import { expect, test } from 'vitest';
import { barsOf } from '../../support/raw-of.ts';

test('reads buckets with the word that their stamps are ends', async () => {
  const { reader, bars } = await barsOf(
    'timestamp,symbol,open,high,low,close,trades,volume,vwap,lastSize,turnover,homeNotional,foreignNotional\n' +
      '2021-01-01T00:01:00.000Z,XBTUSD,100,103,99,101,7,500,100.9,1,2,5,500\n',
  );
  expect(reader).toBe('bitmex');
  expect(bars[0]).toMatchObject({ symbol: 'XBTUSD', time: [Date.UTC(2021, 0, 1, 0, 1)], stampIsEnd: true });
});
