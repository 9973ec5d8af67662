import { describe, expect, it } from 'vitest';
import { longRunVariance, neweyWestLags } from '../../src/math/newey-west.ts';
import golden from '../golden/small-returns.json' with { type: 'json' };
import { relativeError } from '../support/relative-error.ts';
import { unchanged } from '../support/unchanged.ts';

const returns = Float64Array.from(golden.returns);

describe('longRunVariance', () => {
  // By exact fractions in Python from the decimals of the twenty returns.
  it.each([
    [0, 0.0009915475],
    [1, 0.000535942375],
    [2, 0.0004199121666666667],
    [5, 0.00020558770833333334],
  ])('with %d lags of the small returns is %d', (lags, value) => {
    const result = unchanged([returns], () => longRunVariance(returns, lags));
    expect(relativeError(result, value)).toBeLessThanOrEqual(1e-14);
  });

  // By hand: about 0, g_0 = 1 and g_1 = -3/4, so 1 - 3/4 with half weight twice.
  it('follows its definition', () => {
    expect(longRunVariance(Float64Array.of(1, -1, 1, -1), 1)).toBe(0.25);
  });

  it.each([-1, 20, 1.5, Number.NaN])('refuses %d lags of twenty numbers', (lags) => {
    expect(() => longRunVariance(returns, lags)).toThrow(
      'lags must be a whole number below the length of 20',
    );
  });
});

describe('neweyWestLags', () => {
  // 4 (n / 100)^(2/9): 4 x 10^(2/9) = 6.67, 4 x 0.2^(2/9) = 2.80, and never as many as numbers.
  it.each([
    [100, 4],
    [1000, 6],
    [20, 2],
    [2, 1],
    [1, 0],
  ])('gives %d numbers %d', (length, lags) => {
    expect(neweyWestLags(length)).toBe(lags);
  });
});
