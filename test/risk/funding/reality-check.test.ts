import { describe, expect, test } from 'vitest';
import { normalCdf } from '../../../src/math/normal.ts';
import { createRandom, drawNormal } from '../../../src/math/random.ts';
import { realityCheck } from '../../../src/risk/funding/reality-check.ts';
import { unchanged } from '../../support/unchanged.ts';

const options = { meanBlock: 1, replicates: 4000, seed: 1, confidence: 0.95 };

/** Independent gains whose sum is as many of their own standard deviations. */
function rule(seed: number, rows: number, deviations: number): Float64Array {
  const random = createRandom(seed);
  const drawn = Float64Array.from({ length: rows }, () => drawNormal(random));
  const mean = drawn.reduce((total, value) => total + value, 0) / rows;
  const spread = Math.sqrt(drawn.reduce((total, value) => total + (value - mean) * (value - mean), 0));
  return drawn.map((value) => (value - mean) / spread + deviations / rows);
}

describe('realityCheck', () => {
  // Of k independent rules of equal deviation, the largest of k normals: P(max >= z) = 1 - cdf(z)^k.
  test.each([
    [1, 1.5],
    [2, 2],
    [10, 2],
    [40, 2.5],
  ])(
    'the best of %i independent rules at %f deviations has the p-value of the largest normal',
    (count, z) => {
      const rules = Array.from({ length: count }, (_, k) => rule(k + 1, 500, k === 0 ? z : -0.1 * k));
      const expected = 1 - normalCdf(z) ** count;
      const p = unchanged(rules, () => realityCheck(rules, options));
      expect(Math.abs(p - expected)).toBeLessThan(0.02 + 0.1 * expected);
    },
  );

  test('copies of one rule are one rule, and rules that do nothing change nothing', () => {
    const one = rule(3, 300, 1.7);
    const alone = realityCheck([one], { ...options, meanBlock: 7 });
    expect(realityCheck([one, one.slice(), new Float64Array(300)], { ...options, meanBlock: 7 })).toBe(alone);
    expect(realityCheck([new Float64Array(300)], options)).toBe(1);
  });

  test('never says less than one rule by itself', () => {
    const rules = Array.from({ length: 12 }, (_, k) => rule(k + 20, 200, k === 5 ? 2 : 0));
    expect(realityCheck(rules, options)).toBeGreaterThan(
      realityCheck([rules[5] ?? rule(1, 200, 0)], options),
    );
  });

  test('a sure gain is no luck, as far as so many replicates can tell', () => {
    expect(realityCheck([new Float64Array(50).fill(0.01)], { ...options, replicates: 99 })).toBe(0.01);
  });

  test('refuses no rules, no settlements, and columns of two lengths', () => {
    expect(() => realityCheck([], options)).toThrow('at least one rule, was none');
    expect(() => realityCheck([new Float64Array()], options)).toThrow('at least one settlement, was none');
    expect(() => realityCheck([rule(1, 5, 0), rule(1, 4, 0)], options)).toThrow('must have 5 gains, was 4');
    expect(() => realityCheck([rule(1, 5, 0)], { ...options, replicates: 0 })).toThrow('replicates must');
  });
});
