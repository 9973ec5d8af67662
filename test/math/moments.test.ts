import { describe, expect, it } from 'vitest';
import { excessKurtosis, skewness, standardDeviation, variance } from '../../src/math/moments.ts';
import golden from '../golden/small-returns.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

const returns = Float64Array.from(golden.returns);

/** NIST StRD, NumAcc2 to NumAcc4: one `level + 0.2`, then 500 pairs of `level + 0.1` and `level + 0.3`; deviation 0.1. */
const alternating = (level: number) =>
  Float64Array.from({ length: 1001 }, (_, i) => level + (i === 0 ? 0.2 : i % 2 === 1 ? 0.1 : 0.3));

describe('moments', () => {
  it('gives unbiased deviation, and skewness and excess kurtosis of the population form', () => {
    const { moments } = golden;
    unchanged([returns], () => {
      expect(standardDeviation(returns)).toBeCloseTo(moments.standardDeviation, 16);
      expect(skewness(returns)).toBeCloseTo(moments.skewness, 14);
      expect(excessKurtosis(returns)).toBeCloseTo(moments.excessKurtosis, 13);
    });
  });

  it('gives the certified deviation of NumAcc1 exactly', () => {
    expect(standardDeviation(Float64Array.of(10_000_001, 10_000_003, 10_000_002))).toBe(1);
  });

  // The tolerance is what reading the decimals into doubles costs: 2^-54 of the level, over a deviation of 0.1.
  it.each([
    ['NumAcc2', 1, 1e-14],
    ['NumAcc3', 1_000_000, 1e-9],
    ['NumAcc4', 10_000_000, 1e-8],
  ])('gives the certified deviation of %s', (_, level, tolerance) => {
    expect(Math.abs(standardDeviation(alternating(level)) - 0.1)).toBeLessThanOrEqual(tolerance);
  });

  // By hand: deviations -1, -1, -1, 3; m2 = 3, m3 = 6, m4 = 21.
  it('follows its definitions', () => {
    const xs = Float64Array.of(1, 1, 1, 5);
    expect(variance(xs)).toBe(4);
    expect(skewness(xs)).toBeCloseTo(6 / (3 * Math.sqrt(3)), 15);
    expect(excessKurtosis(xs)).toBeCloseTo(21 / 9 - 3, 15);
  });

  it('does not exist for too few numbers, nor shape without spread', () => {
    expect(variance(Float64Array.of(1))).toBeNaN();
    expect(variance(Float64Array.of(7, 7, 7))).toBe(0);
    expect(skewness(Float64Array.of(7, 7, 7))).toBeNaN();
    expect(excessKurtosis(Float64Array.of(7, 7, 7))).toBeNaN();
  });

  it('is unmoved by a shift, and shape by a scale', () => {
    const shifted = returns.map((x) => x + 1024);
    expect(standardDeviation(shifted)).toBeCloseTo(standardDeviation(returns), 12);
    const doubled = returns.map((x) => 2 * x);
    expect(skewness(doubled)).toBe(skewness(returns));
    expect(standardDeviation(doubled)).toBe(2 * standardDeviation(returns));
  });
});
