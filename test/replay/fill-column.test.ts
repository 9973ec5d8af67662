import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillColumn } from '../../src/replay/fill-column.ts';

function filled(knots: readonly (readonly [number, number])[], times: readonly number[]): number[] {
  const into = new Float64Array(times.length);
  fillColumn(
    {
      time: Float64Array.from(knots, ([at]) => at),
      price: Float64Array.from(knots, ([, price]) => price),
    },
    Float64Array.from(times),
    { into, width: 1, at: 0 },
  );
  return [...into];
}

describe('fillColumn', () => {
  it('has no price before the first knot and the last one after the last', () => {
    expect(filled([[3, 10]], [1, 2, 3, 4, 9])).toEqual([Number.NaN, Number.NaN, 10, 10, 10]);
    expect(filled([], [1, 2])).toEqual([Number.NaN, Number.NaN]);
  });

  it('lies on the straight line between two knots', () => {
    // A quarter and a half of the way from 10 to 18 between 4 and 8; half of the way down from 18 to 6.
    expect(
      filled(
        [
          [4, 10],
          [8, 18],
          [10, 6],
        ],
        [4, 5, 6, 8, 9, 10],
      ),
    ).toEqual([10, 12, 14, 18, 12, 6]);
  });

  it('takes both sides of its own step, and stays where only others step', () => {
    const knots = [
      [1, 10],
      [4, 20],
      [4, 30],
      [6, 30],
    ] as const;
    expect(filled(knots, [1, 4, 4, 6])).toEqual([10, 20, 30, 30]);
    expect(filled(knots, [1, 1, 4, 4, 4, 5, 5])).toEqual([10, 10, 20, 30, 30, 30, 30]);
  });

  it('finds its place where the first instant lies behind some of its knots', () => {
    const knots = [
      [1, 10],
      [4, 20],
      [4, 30],
      [8, 50],
    ] as const;
    expect(filled(knots, [6, 8])).toEqual([40, 50]);
    expect(filled(knots, [4, 4, 6])).toEqual([20, 30, 40]);
  });

  it('writes its own column and no other cell', () => {
    const into = Float64Array.from([1, 2, 3, 4, 5, 6]);
    const knots = { time: Float64Array.of(0, 1), price: Float64Array.of(70, 80) };
    fillColumn(knots, Float64Array.of(0, 1), { into, width: 3, at: 1 });
    expect([...into]).toEqual([1, 70, 3, 4, 80, 6]);
  });

  it('never leaves the range of a leg, and never goes back on it', () => {
    const price = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        price,
        price,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        (start, end, shares) => {
          const times = shares.map((share) => 1.6e12 + share * 20_000).sort((a, b) => a - b);
          const inside = filled(
            [
              [1.6e12, start],
              [1.6e12 + 20_000, end],
            ],
            times,
          );
          const way = end >= start ? 1 : -1;
          for (const [i, value] of inside.entries()) {
            expect(value * way).toBeGreaterThanOrEqual(start * way);
            expect(value * way).toBeLessThanOrEqual(end * way);
            if (i > 0) expect(value * way).toBeGreaterThanOrEqual(inside[i - 1]! * way);
          }
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });
});
