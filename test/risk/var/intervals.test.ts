import { describe, expect, it } from 'vitest';
import { standardDeviation } from '../../../src/math/moments.ts';
import { quantileSorted } from '../../../src/math/quantile.ts';
import { createRandom, drawNormal } from '../../../src/math/random.ts';
import { resampleBlocks, seededBlocks } from '../../../src/math/stationary-bootstrap.ts';
import { mean } from '../../../src/math/sum.ts';
import { cornishFisher } from '../../../src/risk/var/cornish-fisher.ts';
import { historical } from '../../../src/risk/var/historical.ts';
import {
  blockIntervals,
  historicalIntervals,
  orderStatisticInterval,
  percentileIntervals,
} from '../../../src/risk/var/intervals.ts';
import { normal } from '../../../src/risk/var/normal.ts';
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const returns = Float64Array.from(synthetic.returns);
/** Losses n, n - 1, ..., 1: that of rank k from the worst is n - k + 1. */
const ranked = (n: number) => Float64Array.from({ length: n }, (_, i) => -(n - i));

describe('orderStatisticInterval', () => {
  // scipy 1.17 binom.cdf and binom.sf; ranks from the worst, 0 where there is none.
  it.each([
    [500, 0.01, 0.95, 1, 11],
    [250, 0.05, 0.95, 6, 21],
    [100, 0.05, 0.9, 2, 10],
    [300, 0.025, 0.95, 3, 14],
    [20, 0.05, 0.95, 0, 4],
    // BCBS 1996, cumulative probabilities of 250 days at 99 %: P(none) = 8.11 %, P(at most 5) = 95.88 %, at most 6 98.63 %.
    [250, 0.01, 0.95, 0, 7],
    // Wilks 1941: of 59 the worst bounds the 5 % quantile with 95 %; of 58 not yet.
    [59, 0.05, 0.9, 1, 7],
    [58, 0.05, 0.9, 0, 7],
  ])('of %d returns at %d and %d has ranks %d and %d', (n, tail, level, high, low) => {
    const interval = orderStatisticInterval(ranked(n), tail, level);
    expect(interval.high).toBe(high === 0 ? null : n - high + 1);
    expect(interval.low).toBe(n - low + 1);
    expect(interval.reason === null).toBe(high !== 0);
  });

  it('says which side does not exist', () => {
    expect(orderStatisticInterval(ranked(20), 0.05, 0.95).reason).toBe(
      '20 returns are too few for both ends at a tail of 0.05: the VaR may lie beyond the worst of them',
    );
    expect(orderStatisticInterval(ranked(3), 0.9, 0.95)).toMatchObject({
      low: null,
      high: 3,
      reason: expect.stringContaining('beyond the best of them'),
    });
  });

  it('holds the true quantile as often as it says', () => {
    const random = createRandom(8);
    let held = 0;
    for (let k = 0; k < 1000; k += 1) {
      const { low, high } = orderStatisticInterval(
        Float64Array.from({ length: 100 }, () => drawNormal(random)),
        0.05,
        0.9,
      );
      // The 5 % quantile of a sum of twelve uniform draws less six, scipy irwinhall.
      if ((low ?? 0) <= 1.6469718740960593 && 1.6469718740960593 <= (high ?? 0)) held += 1;
    }
    // 93.5 % by the binomial; the standard error of 1,000 is 0.8 %.
    expect(held).toBeGreaterThan(910);
    expect(held).toBeLessThan(959);
  });

  it('refuses a level of 1', () => {
    expect(() => orderStatisticInterval(returns, 0.05, 1)).toThrow('strictly between 0 and 1, was 1');
  });
});

describe('blockIntervals', () => {
  const resampling = { replicates: 400, seed: 1, level: 0.9, meanBlock: 5 };

  it('equals the plain resampling to the bit', () => {
    const found = unchanged([returns], () =>
      blockIntervals(returns, (sample) => historical(sample, { tail: 0.05 }), resampling),
    );
    const random = createRandom(1);
    const draws = seededBlocks(random, 1500, 5);
    const estimates = Array.from({ length: 400 }, () => {
      const rows = new Int32Array(1500);
      resampleBlocks(rows, draws);
      return historical(
        Float64Array.from(rows, (row) => returns[row]!),
        { tail: 0.05 },
      );
    });
    const vars = Float64Array.from(estimates, ({ varRaw }) => varRaw ?? 0).sort();
    const shortfalls = Float64Array.from(estimates, ({ esRaw }) => esRaw ?? 0).sort();
    // (1 - 0.9) / 2 as a double.
    const half = (1 - 0.9) / 2;
    expect(found.varInterval).toEqual({
      low: quantileSorted(vars, half),
      high: quantileSorted(vars, 1 - half),
      reason: null,
    });
    expect(found.esInterval).toEqual({
      low: quantileSorted(shortfalls, half),
      high: quantileSorted(shortfalls, 1 - half),
      reason: null,
    });
  });

  // A single return at a time: the mean has an error of sd / sqrt n, the deviation of n normal values one of sd / sqrt 2n.
  it('comes near the errors that are known for independent returns', () => {
    const random = createRandom(21);
    const sample = Float64Array.from({ length: 1000 }, () => 0.02 * drawNormal(random));
    const { varInterval, esInterval } = blockIntervals(
      sample,
      (one) => ({ varRaw: mean(one), esRaw: standardDeviation(one) }),
      { replicates: 2000, seed: 4, level: 0.95, meanBlock: 1 },
    );
    const half = ({ low, high }: { low: number | null; high: number | null }) =>
      ((high ?? 0) - (low ?? 0)) / 2;
    expect(Math.abs(half(varInterval) / ((1.96 * 0.02) / Math.sqrt(1000)) - 1)).toBeLessThan(0.1);
    expect(Math.abs(half(esInterval) / ((1.96 * 0.02) / Math.sqrt(2000)) - 1)).toBeLessThan(0.1);
  });

  it('holds the estimate, and is the same again from the same seed', () => {
    const estimate = normal(returns, { tail: 0.01 });
    const of = () => blockIntervals(returns, (sample) => normal(sample, { tail: 0.01 }), resampling);
    const { varInterval, esInterval } = of();
    expect((varInterval.low ?? 1) < (estimate.varRaw ?? 0)).toBe(true);
    expect((varInterval.high ?? 0) > (estimate.varRaw ?? 1)).toBe(true);
    expect((esInterval.low ?? 1) < (estimate.esRaw ?? 0)).toBe(true);
    expect((esInterval.high ?? 0) > (estimate.esRaw ?? 1)).toBe(true);
    expect(of()).toEqual({ varInterval, esInterval });
  });

  it('is null where the method refuses too many of the histories', () => {
    // Twenty returns whose skewness is near the edge of the domain.
    const twenty = Float64Array.from(small.returns);
    const { varInterval } = blockIntervals(
      twenty,
      (sample) => cornishFisher(sample, { tail: 0.01 }),
      resampling,
    );
    expect(varInterval.low).toBe(null);
    expect(varInterval.high).toBe(null);
    expect(varInterval.reason).toMatch(/^the method has no figure for \d+ of 400 resampled histories$/);
  });

  it('judges VaR and ES apart', () => {
    const { varInterval, esInterval } = percentileIntervals(() => ({ varRaw: 2, esRaw: null }), {
      replicates: 10,
      level: 0.5,
    });
    expect(varInterval).toEqual({ low: 2, high: 2, reason: null });
    expect(esInterval.reason).toBe('the method has no figure for 10 of 10 resampled histories');
  });

  it('refuses no replicates, and a block shorter than a return', () => {
    const estimator = () => ({ varRaw: 0, esRaw: 0 });
    expect(() => blockIntervals(returns, estimator, { ...resampling, replicates: 0 })).toThrow('were 0');
    expect(() => blockIntervals(returns, estimator, { ...resampling, meanBlock: 0.5 })).toThrow('was 0.5');
    expect(() => blockIntervals(returns, estimator, { ...resampling, level: 0 })).toThrow('was 0');
  });
});

describe('historicalIntervals', () => {
  const resampling = { replicates: 100, seed: 2, level: 0.95, meanBlock: 3 };

  it('resamples from ten returns beyond the VaR on', () => {
    const enough = historicalIntervals(returns.subarray(0, 1000), { tail: 0.01 }, resampling);
    expect(enough).toEqual(
      blockIntervals(returns.subarray(0, 1000), (sample) => historical(sample, { tail: 0.01 }), resampling),
    );
    const few = returns.subarray(0, 999);
    expect(historicalIntervals(few, { tail: 0.01 }, resampling)).toEqual({
      varInterval: orderStatisticInterval(few, 0.01, 0.95),
      esInterval: {
        low: null,
        high: null,
        reason: '9.99 returns lie beyond the VaR, 10 are needed to tell the spread of their mean',
      },
    });
  });
});
