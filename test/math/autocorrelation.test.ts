import { describe, expect, it } from 'vitest';
import { autocorrelation } from '../../src/math/autocorrelation.ts';
import { unchanged } from '../support/unchanged.ts';

describe('autocorrelation', () => {
  // NIST StRD, univariate summary statistics: certified lag-1 autocorrelations.
  it('gives the certified lag-1 values of NumAcc1 and NumAcc2', () => {
    const xs = Float64Array.of(10_000_001, 10_000_003, 10_000_002);
    expect(unchanged([xs], () => autocorrelation(xs, 1))).toEqual(Float64Array.of(1, -0.5));
    const alternating = Float64Array.from({ length: 1001 }, (_, i) =>
      i === 0 ? 1.2 : i % 2 === 1 ? 1.1 : 1.3,
    );
    expect(autocorrelation(alternating, 1)[1]).toBeCloseTo(-0.999, 13);
  });

  // By hand: deviations -1.5, -0.5, 0.5, 1.5; denominator 5; lags 1.25, -1.5, -2.25.
  it('divides every lag by the whole sum of squares', () => {
    const result = autocorrelation(Float64Array.of(1, 2, 3, 4), 3);
    expect(result).toEqual(Float64Array.of(1, 0.25, -0.3, -0.45));
  });

  it('is not a number where there is no spread', () => {
    expect(autocorrelation(Float64Array.of(2, 2, 2), 1)).toEqual(Float64Array.of(Number.NaN, Number.NaN));
  });

  it('refuses a lag as long as the series', () => {
    expect(() => autocorrelation(Float64Array.of(1, 2), 2)).toThrow('a lag is shorter than its series');
  });
});
