import { describe, expect, it } from 'vitest';
import { nextNormal } from '../../../scripts/sample/random-normal.ts';
import { excessKurtosis, skewness } from '../../../src/math/moments.ts';
import { normalCdf } from '../../../src/math/normal.ts';
import { createRandom } from '../../../src/math/random.ts';

const COUNT = 200_000;
const random = createRandom(20);
const drawn = Float64Array.from({ length: COUNT }, () => nextNormal(random));

describe('nextNormal', () => {
  it('has the moments of the normal distribution, within five standard errors', () => {
    const mean = drawn.reduce((a, b) => a + b, 0) / COUNT;
    const square = drawn.reduce((a, b) => a + b * b, 0) / COUNT;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(COUNT));
    expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / COUNT));
    expect(Math.abs(skewness(drawn))).toBeLessThan(5 * Math.sqrt(6 / COUNT));
    expect(Math.abs(excessKurtosis(drawn))).toBeLessThan(5 * Math.sqrt(24 / COUNT));
  });

  it('follows the distribution function everywhere', () => {
    // Kolmogorov: sup |F_n - F| exceeds 1.95 / sqrt(n) once in a thousand samples.
    const sorted = drawn.slice().sort();
    let largest = 0;
    for (let i = 0; i < COUNT; i += 1) {
      const p = normalCdf(sorted[i]!);
      largest = Math.max(largest, Math.abs(p - i / COUNT), Math.abs(p - (i + 1) / COUNT));
    }
    expect(largest).toBeLessThan(1.95 / Math.sqrt(COUNT));
  });

  // The table of every textbook: 68.27 %, 95.45 %, 99.73 % within one, two and three deviations.
  it.each([
    [1, 0.6827],
    [2, 0.9545],
    [3, 0.9973],
  ])('lies within %d deviations as often as it must', (deviations, share) => {
    const within = drawn.filter((x) => Math.abs(x) <= deviations).length / COUNT;
    expect(Math.abs(within - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / COUNT));
  });

  it('draws the same from the same seed', () => {
    const again = createRandom(20);
    expect(Float64Array.from({ length: 1000 }, () => nextNormal(again))).toEqual(drawn.subarray(0, 1000));
  });
});
