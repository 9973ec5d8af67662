import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookWalk } from '../../src/risk/book-walk.ts';
import golden from '../golden/impact-stops.json' with { type: 'json' };

test('all nine rows of the golden are walked', () => {
  expect(golden.book_walk).toHaveLength(9);
});

test.each(golden.book_walk)(
  '$Q through $depth_1pct a percent at half a spread of $half_spread',
  ({ Q, half_spread, depth_1pct, worst, avg_slippage }) => {
    const walked = bookWalk({ notional: Q, halfSpread: half_spread, depth: depth_1pct });
    expect(walked.worst).toBeCloseTo(worst, 14);
    expect(walked.mean).toBeCloseTo(avg_slippage, 14);
  },
);

test('an order of nothing pays half the spread', () => {
  expect(bookWalk({ notional: 0, halfSpread: 0.0005, depth: 1e6 })).toEqual({ mean: 0.0005, worst: 0.0005 });
});

test('the last unit pays half of the reach more than the mean, and what twice the order pays on average', () => {
  const order = fc.record({
    notional: fc.integer({ min: 1, max: 1_000_000_000 }),
    halfSpread: fc.integer({ min: 0, max: 1000 }).map((n) => n / 100_000),
    depth: fc.integer({ min: 1000, max: 100_000_000 }),
  });
  fc.assert(
    fc.property(order, (one) => {
      const { mean, worst } = bookWalk(one);
      // By hand: an even book of depth D a percent is walked to Q / D percent, on average to half of that.
      const reach = one.notional / one.depth / 100;
      expect((worst - mean) / reach).toBeCloseTo(0.5, 6);
      const twice = bookWalk({ ...one, notional: 2 * one.notional });
      expect(twice.mean / worst).toBeCloseTo(1, 12);
    }),
  );
});
