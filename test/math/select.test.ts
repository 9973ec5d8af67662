import { describe, expect, it } from 'vitest';
import { createRandom, nextBelow, nextUnit } from '../../src/math/random.ts';
import { selectInPlace } from '../../src/math/select.ts';

describe('selectInPlace', () => {
  // The decimals of pi: sorted 1 1 2 3 3 4 5 5 5 6 9.
  it('finds each rank of the first decimals of pi', () => {
    const digits = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
    const found = digits.map((_, k) => selectInPlace(Float64Array.from(digits), k));
    expect(found).toEqual([1, 1, 2, 3, 3, 4, 5, 5, 5, 6, 9]);
  });

  it.each([
    ['random', (_: number, u: number) => u],
    ['many ties', (_: number, u: number) => Math.floor(u * 4)],
    ['rising', (i: number) => i],
    ['falling', (i: number) => -i],
    ['equal', () => 1],
  ])('parts %s values around rank k, whatever the length', (_, value) => {
    const random = createRandom(3);
    for (let run = 0; run < 120; run += 1) {
      // Past 600 values the pivot comes from a sample.
      const length = 1 + nextBelow(random, run % 3 === 0 ? 3000 : 50);
      const xs = Float64Array.from({ length }, (_unused, i) => value(i, nextUnit(random)));
      const sorted = xs.slice().sort();
      const k = nextBelow(random, length);
      expect(selectInPlace(xs, k)).toBe(sorted[k]);
      expect(xs.subarray(0, k).every((x) => x <= xs[k]!)).toBe(true);
      expect(xs.subarray(k).every((x) => x >= xs[k]!)).toBe(true);
      expect(xs.slice().sort()).toEqual(sorted);
    }
  });
});
