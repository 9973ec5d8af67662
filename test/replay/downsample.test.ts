import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEquityCurve, observe, points } from '../../src/replay/downsample.ts';

/** One observation an instant, at times 0, 10, 20, ... */
function kept(values: readonly number[], limit: number): [number, number][] {
  const curve = createEquityCurve(values.length, limit);
  for (const [i, value] of values.entries()) observe(curve, i, 10 * i, value);
  return points(curve);
}

describe('points', () => {
  it('are none before the first observation', () => {
    expect(points(createEquityCurve(10, 4))).toEqual([]);
    expect(points(createEquityCurve(0, 4))).toEqual([]);
  });

  it('are all of a short run', () => {
    expect(kept([5, 7, 7, 3, 3, 3], 8)).toEqual([
      [0, 5],
      [10, 7],
      [20, 7],
      [30, 3],
      [40, 3],
      [50, 3],
    ]);
  });

  it('are the low and the high of each bucket in their order, with the first and the last', () => {
    // A limit of 6 leaves two buckets of five instants: 4 5 9 1 6 and 8 7 8 2 3.
    expect(kept([4, 5, 9, 1, 6, 8, 7, 8, 2, 3], 6)).toEqual([
      [0, 4],
      [20, 9],
      [30, 1],
      [70, 8],
      [80, 2],
      [90, 3],
    ]);
  });

  it('keep both ends of a level stretch', () => {
    expect(kept([1, 1, 1, 1, 9], 4)).toEqual([
      [0, 1],
      [40, 9],
    ]);
    expect(kept([2, 1, 1, 1, 1, 3], 6)).toEqual([
      [0, 2],
      [10, 1],
      [30, 1],
      [50, 3],
    ]);
  });

  it('stay in the order of observation at one time', () => {
    const curve = createEquityCurve(4, 4);
    for (const value of [100, 60, 90, 80]) observe(curve, 1, 10, value);
    expect(points(curve)).toEqual([
      [10, 100],
      [10, 60],
      [10, 80],
    ]);
  });

  it('hold one observation once, and the same value at the same time once', () => {
    expect(kept([5], 2000)).toEqual([[0, 5]]);
    const curve = createEquityCurve(1, 2000);
    observe(curve, 0, 10, 5);
    observe(curve, 0, 10, 5);
    expect(points(curve)).toEqual([[10, 5]]);
  });

  it('are all extremes of every instant without a limit', () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5003);
    expect(kept(values, Number.POSITIVE_INFINITY)).toEqual(values.map((value, i) => [10 * i, value]));
  });

  it('never exceed the limit, ascend in time, and hold both ends, the lowest and the highest', () => {
    const run = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(2)), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(run, fc.integer({ min: 4, max: 60 }), (observed, limit) => {
        const curve = createEquityCurve(observed.length, limit);
        const all: [number, number][] = [];
        for (const [i, [value, more]] of observed.entries()) {
          for (let k = 0; k <= more; k += 1) {
            observe(curve, i, i, value * (k + 1));
            all.push([i, value * (k + 1)]);
          }
        }
        const few = points(curve);
        const values = (list: typeof all) => list.map(([, value]) => value);
        expect(few.length).toBeLessThanOrEqual(limit);
        expect([few[0], few.at(-1)]).toEqual([all[0], all.at(-1)]);
        expect(Math.min(...values(few))).toBe(Math.min(...values(all)));
        expect(Math.max(...values(few))).toBe(Math.max(...values(all)));
        // In their order among all observations.
        let from = 0;
        for (const point of few) {
          const at = all.findIndex(
            ([time, value], i) => i >= from && time === point[0] && value === point[1],
          );
          expect(at).toBeGreaterThanOrEqual(from);
          from = at;
        }
      }),
      { seed: 21, numRuns: 300 },
    );
  });
});
