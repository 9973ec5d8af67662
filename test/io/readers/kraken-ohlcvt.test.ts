import { expect, test } from 'vitest';
import { codeOf } from '../../support/codes.ts';
import { barsOf } from '../../support/raw-of.ts';

test('reads seconds, prices, volume and a count of trades without a header', async () => {
  const { reader, bars } = await barsOf(
    '1609459200,100,103,99,101,5.5,12\n1609462800,101,104,100,102,6.5,3\n',
  );
  expect(reader).toBe('kraken-ohlcvt');
  expect(bars[0]).toMatchObject({
    time: [1609459200, 1609462800],
    high: [103, 104],
    low: [99, 100],
    volume: [5.5, 6.5],
    lines: [1, 2],
  });
});

test('is not chosen where the seventh column counts nothing or the prices have another order', async () => {
  expect(await codeOf(() => barsOf('1609459200,100,103,99,101,5.5,12.5\n'))).toBe('FILE_FORMAT');
  expect(await codeOf(() => barsOf('1609459200,100,101,103,99,5.5,12\n'))).toBe('FILE_FORMAT');
});
