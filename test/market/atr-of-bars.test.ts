import { expect, test } from 'vitest';
import { atrOfBars } from '../../src/market/atr-of-bars.ts';
import { barsOf } from '../support/small-bars.ts';

const HOUR = 3_600_000;

test('begins anew in every segment: nothing of a range across a hole, and the same warm-up', () => {
  const bars = barsOf('BTCUSDT', HOUR, [
    [0, 100, 104, 100, 102],
    [HOUR, 102, 106, 100, 104],
    [9 * HOUR, 500, 510, 500, 505],
    [10 * HOUR, 505, 520, 500, 510],
  ]);
  const rule = { period: 2, method: 'sma' } as const;
  expect([...atrOfBars(bars, Int32Array.of(0, 2), rule)]).toEqual([Number.NaN, 5, Number.NaN, 15]);
  // Without the cut the range of the third bar reaches down to the close before the hole.
  expect([...atrOfBars(bars, Int32Array.of(0), rule)]).toEqual([Number.NaN, 5, 206, 213]);
  expect(atrOfBars(bars, new Int32Array(0), rule)).toEqual(new Float64Array(4).fill(Number.NaN));
});
