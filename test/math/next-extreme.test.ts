import { describe, expect, it } from 'vitest';
import { nextHigher, nextLower } from '../../src/math/next-extreme.ts';
import { createRandom, nextBelow } from '../../src/math/random.ts';
import { unchanged } from '../support/unchanged.ts';

function naive(from: number, to: number, isNext: (i: number, j: number) => boolean): Int32Array {
  return Int32Array.from({ length: to - from }, (_, row) => {
    const i = from + row;
    for (let j = i + 1; j < to; j += 1) if (isNext(i, j)) return j;
    return to;
  });
}

describe('nextHigher', () => {
  // LeetCode 739, daily temperatures: days to wait are 1 1 4 2 1 1 and never twice.
  it('finds the next warmer day of a published example', () => {
    const xs = Float64Array.of(73, 74, 75, 71, 69, 72, 76, 73);
    expect(unchanged([xs], () => nextHigher(xs))).toEqual(Int32Array.of(1, 2, 6, 5, 5, 6, 8, 8));
  });
});

describe('nextLower', () => {
  // LeetCode 1475, final prices with a discount (8 4 6 2 3), with strictly lower prices only.
  it('finds the next cheaper item of a published example', () => {
    const xs = Float64Array.of(8, 4, 6, 2, 3);
    expect(unchanged([xs], () => nextLower(xs))).toEqual(Int32Array.of(1, 3, 3, 5, 5));
  });

  it('passes over equals: only a strictly lower element ends the search', () => {
    expect(nextLower(Float64Array.of(5, 5, 5, 4, 4))).toEqual(Int32Array.of(3, 3, 3, 5, 5));
  });

  it('is empty for an empty column or range', () => {
    expect(nextLower(new Float64Array())).toEqual(new Int32Array());
    expect(nextHigher(Float64Array.of(1, 2), 1, 1)).toEqual(new Int32Array());
  });
});

describe('both', () => {
  it('equal the plain scan, on whole columns and on ranges, with ties', () => {
    const random = createRandom(4);
    for (let run = 0; run < 1000; run += 1) {
      const xs = Float64Array.from({ length: nextBelow(random, 30) + 1 }, () => nextBelow(random, 8));
      const to = run % 2 === 0 ? xs.length : nextBelow(random, xs.length + 1);
      const from = run % 2 === 0 ? 0 : nextBelow(random, to + 1);
      expect(nextLower(xs, from, to)).toEqual(naive(from, to, (i, j) => xs[j]! < xs[i]!));
      expect(nextHigher(xs, from, to)).toEqual(naive(from, to, (i, j) => xs[j]! > xs[i]!));
    }
  });
});
