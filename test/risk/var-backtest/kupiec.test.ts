import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  kupiec,
  kupiecPower,
  kupiecRegion,
  timeUntilFirstFailure,
} from '../../../src/risk/var-backtest/kupiec.ts';
import golden from '../../golden/var-backtests.json' with { type: 'json' };
import { relativeError } from '../../support/relative-error.ts';

describe('kupiec', () => {
  it.each(golden.pof)('of $exceptions in $days at $p is $ratio', ({ exceptions, days, p, ratio, pValue }) => {
    const test = kupiec(exceptions, days, p);
    // The golden cancels near n p; ours is as good as its digits there.
    expect(Math.abs(test.ratio - ratio)).toBeLessThanOrEqual(1e-11 * Math.max(1, ratio));
    expect(relativeError(test.pValue, pValue)).toBeLessThanOrEqual(1e-10);
  });

  it('equals what MathWorks and Jorion print', () => {
    for (const { exceptions, days, p, ratio, pValue } of golden.mathworks.pof) {
      expect(kupiec(exceptions, days, p).ratio.toPrecision(5)).toBe(ratio.toPrecision(5));
      expect(kupiec(exceptions, days, p).pValue.toPrecision(5)).toBe(pValue.toPrecision(5));
    }
    const { exceptions, days, p, ratio } = golden.jorion;
    expect(kupiec(exceptions, days, p).ratio).toBeCloseTo(ratio, 2);
  });

  it('is finite without an exception, and with nothing else', () => {
    expect(relativeError(kupiec(0, 250, 0.01).ratio, -500 * Math.log(0.99))).toBeLessThanOrEqual(1e-14);
    expect(relativeError(kupiec(10, 10, 0.05).ratio, -20 * Math.log(0.05))).toBeLessThanOrEqual(1e-14);
  });

  it('is 0 where exceptions are as many as expected', () => {
    expect(kupiec(10, 1000, 0.01)).toEqual({ ratio: 0, pValue: 1 });
  });

  it('is the same for misses at the other probability', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), fc.integer({ min: 1, max: 63 }), (n, x, k) => {
        const p = k / 64;
        const a = kupiec(x % (n + 1), n, p).ratio;
        const b = kupiec(n - (x % (n + 1)), n, 1 - p).ratio;
        expect(relativeError(a, b)).toBeLessThanOrEqual(1e-14);
      }),
    );
  });

  it.each([
    [-1, 10, 0.01],
    [11, 10, 0.01],
    [1.5, 10, 0.01],
    [0, 0, 0.01],
    [1, 10, 0],
    [1, 10, 1],
    [1, 10, Number.NaN],
  ])('refuses %d of %d at %d', (exceptions, days, p) => {
    expect(() => kupiec(exceptions, days, p)).toThrow(RangeError);
  });
});

describe('kupiecRegion', () => {
  it.each(golden.regions)('does not reject $low to $high in $days days at $p', ({ days, p, low, high }) => {
    expect(kupiecRegion(days, p, 0.05)).toEqual({ low, high });
  });

  it('holds the numbers that are not rejected and no others', () => {
    const { low, high } = kupiecRegion(40, 0.1, 0.05);
    for (let x = 0; x <= 40; x += 1) {
      expect(kupiec(x, 40, 0.1).pValue >= 0.05).toBe(low <= x && x <= high);
    }
  });

  it.each([0, 0.3, Number.NaN])('refuses a significance of %d', (significance) => {
    expect(() => kupiecRegion(250, 0.01, significance)).toThrow('significance must be in (0, 0.2]');
  });
});

describe('kupiecPower', () => {
  // Exact fractions: one less the sum of binomial probabilities over the printed region.
  it.each(golden.regions)('against twice $p in $days days is $powerAgainstTwice', (row) => {
    const power = kupiecPower(row.days, row.p, 2 * row.p, 0.05);
    expect(relativeError(power, row.powerAgainstTwice)).toBeLessThanOrEqual(1e-12);
  });

  it('tells a year at 99 % too little, and four years enough', () => {
    expect(kupiecPower(250, 0.01, 0.02, 0.05)).toBeLessThan(0.5);
    expect(kupiecPower(1000, 0.01, 0.02, 0.05)).toBeGreaterThan(0.5);
  });

  it('is certain where every day has an exception, and near its size where the VaR is right', () => {
    expect(kupiecPower(250, 0.01, 1, 0.05)).toBe(1);
    expect(kupiecPower(100_000, 0.01, 0.01, 0.05)).toBeCloseTo(0.05, 2);
  });
});

describe('timeUntilFirstFailure', () => {
  it.each(golden.tuff)('on day $firstException at $p is $ratio', ({ firstException, p, ratio, pValue }) => {
    const test = timeUntilFirstFailure(firstException, p);
    expect(Math.abs(test.ratio - ratio)).toBeLessThanOrEqual(1e-12 * Math.max(1, ratio));
    expect(relativeError(test.pValue, pValue)).toBeLessThanOrEqual(1e-11);
  });

  it('equals what MathWorks prints', () => {
    const { firstException, p, ratio, pValue } = golden.mathworks.tuff;
    const test = timeUntilFirstFailure(firstException, p);
    expect([test.ratio.toFixed(4), test.pValue.toFixed(5)]).toEqual([String(ratio), String(pValue)]);
  });
});
