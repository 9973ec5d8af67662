import { expect, test } from 'vitest';
import { differenceOf } from '../../../src/studies/stress/difference.ts';
import { hours, START, statedAsset } from '../../support/small-scenario.ts';
import { barsOf, HOUR } from '../../support/venue-scene.ts';

/** Three hours: 100 to 102, to 104, to 103. */
const recorded = barsOf(
  [
    [100, 103, 99, 102],
    [102, 105, 101, 104],
    [104, 104, 100, 103],
  ],
  { start: START },
);

test('a point is held against the close that ends there, the first against its open', () => {
  const found = differenceOf(
    statedAsset('BTC', hours([0, 100], [1, 102], [2, 104], [9, 50]), { exact: true }),
    recorded,
    null,
  );
  expect(found).toEqual({ compared: 3, median: 0, largest: 0, exact: true });
});

test('a stated bar is held against all that it spans', () => {
  const rows = [{ time: START, open: 100, high: 105, low: 98.01, close: 103 }];
  const bars = [{ interval: 3 * HOUR, rows }];
  // Low 98.01 against 99: 1 % below; the others are the same.
  const found = differenceOf(statedAsset('BTC', [], { bars }), recorded, null);
  expect(found?.compared).toBe(4);
  expect(found?.largest).toBeCloseTo(0.01, 12);
  expect(found?.median).toBe(0);
});

test('where nothing is covered there is no difference', () => {
  expect(differenceOf(statedAsset('BTC', hours([9, 50])), recorded, null)).toBeNull();
});
