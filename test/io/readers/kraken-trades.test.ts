import { expect, test } from 'vitest';
import { ticksOf } from '../../support/raw-of.ts';

test('reads seconds, price and volume without a header, the side unknown', async () => {
  const { reader, ticks } = await ticksOf('1672531436,90.54,1.1\n1672531436.25,90.45,1\n');
  expect(reader).toBe('kraken-trades');
  expect(ticks).toMatchObject([
    {
      symbol: null,
      time: [1672531436, 1672531436.25],
      price: [90.54, 90.45],
      qty: [1.1, 1],
      side: [0, 0],
      lines: [1, 2],
    },
  ]);
});
