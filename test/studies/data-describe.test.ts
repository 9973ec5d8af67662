import { describe, expect, it } from 'vitest';
import type { Bars } from '../../src/market/bars.ts';
import { dataDescribe } from '../../src/studies/data-describe.ts';
import { dataDescribeResult } from '../../src/studies/data-describe-result.ts';
import { codeOf } from '../support/codes.ts';
import { HOUR, START } from '../support/raw-bars.ts';

/** Hourly bars with these closes, at these hours. */
function bars(closes: readonly number[], hours: readonly number[] = closes.map((_, i) => i)): Bars {
  const close = Float64Array.from(closes);
  const time = Float64Array.from(hours, (hour) => START + hour * HOUR);
  return { symbol: 'X', interval: HOUR, time, open: close, high: close, low: close, close, volume: close };
}

function run(...ohlcv: Bars[]) {
  const ctx = { seed: 1, progress: () => undefined };
  const { result } = dataDescribe.run({ ohlcv }, { data: { maxGap: 3 } }, ctx);
  expect(dataDescribeResult.parse(result)).toEqual(result);
  return result.series;
}

describe('data describe', () => {
  it('gives moments, quantiles and autocorrelation of log returns', () => {
    // Returns a = ln 1.1, b = ln 0.9, a. With d = (a - b) / 3 the deviations are d, -2d, d:
    // variance 6 d^2 / 2, m2 = 2 d^2, m3 = -2 d^3, m4 = 6 d^4, so skewness -2 / 2^1.5 and kurtosis 6 / 4 - 3.
    // Absolute returns deviate by -e, 2e, -e, so that their autocorrelation at lag 1 is (-2 - 2) / 6.
    const a = Math.log(1.1);
    const b = Math.log(0.9);
    const d = (a - b) / 3;
    const [series] = run(bars([100, 110, 99, 108.9]));
    const returns = series?.returns;
    expect(returns).toMatchObject({ count: 3, minTime: START + 2 * HOUR, maxTime: START + HOUR });
    expect(returns?.mean).toBeCloseTo((2 * a + b) / 3, 15);
    expect(returns?.standardDeviation).toBeCloseTo(Math.sqrt(3) * d, 15);
    expect(returns?.skewness).toBeCloseTo(-Math.SQRT1_2, 10);
    expect(returns?.excessKurtosis).toBeCloseTo(-1.5, 10);
    expect(returns?.min).toBeCloseTo(b, 15);
    expect(returns?.max).toBeCloseTo(a, 15);
    // R-7 at 0.25 of three values: half the way from the first to the second.
    expect(returns?.quantiles.p25).toBeCloseTo((a + b) / 2, 15);
    expect(returns?.quantiles.p50).toBeCloseTo(a, 15);
    expect(returns?.meanAnnual).toBeCloseTo((8760 * (2 * a + b)) / 3, 10);
    expect(returns?.standardDeviationAnnual).toBeCloseTo(Math.sqrt(8760 * 3) * d, 10);
    expect(returns?.autocorrelationOfAbsolute[0]?.value).toBeCloseTo(-2 / 3, 10);
    expect(returns?.autocorrelationOfAbsolute.slice(1)).toEqual([
      { lag: 5, value: null },
      { lag: 24, value: null },
    ]);
  });

  it('gives the deepest fall of closes with its peak and its trough', () => {
    const [series] = run(bars([100, 110, 99, 105, 88, 120]));
    expect(series).toMatchObject({
      from: START,
      to: START + 6 * HOUR,
      bars: 6,
      maxDrawdown: {
        drawdown: 0.2,
        peakPrice: 110,
        peakTime: START + HOUR,
        troughPrice: 88,
        troughTime: START + 4 * HOUR,
      },
    });
  });

  it('counts no return over a hole that splits, and one over a hole that does not', () => {
    const closes = [100, 101, 150, 151];
    expect(run(bars(closes, [0, 1, 4, 5]))[0]).toMatchObject({ segments: 1, returns: { count: 3 } });
    const [split] = run(bars(closes, [0, 1, 5, 6]));
    expect(split).toMatchObject({ segments: 2, assets: 1, returns: { count: 2 } });
    expect(split?.returns?.max).toBeCloseTo(Math.log(1.01), 15);
    // The fall across the hole is one of the same asset.
    expect(run(bars([100, 101, 50.5, 60], [0, 1, 5, 6]))[0]?.maxDrawdown.drawdown).toBe(0.5);
  });

  it('takes no fall from one asset to the next that bears its symbol', () => {
    const [series] = run(bars([100, 80, 5, 4], [0, 1, 30, 31]));
    expect(series).toMatchObject({ assets: 2, maxDrawdown: { drawdown: 0.2, peakPrice: 100 } });
  });

  it('says null where a statistic does not exist', () => {
    expect(run(bars([100]))[0]).toMatchObject({ returns: null, maxDrawdown: { drawdown: 0 } });
    expect(run(bars([100, 101]))[0]?.returns).toMatchObject({
      count: 1,
      standardDeviation: null,
      skewness: null,
      excessKurtosis: null,
      standardDeviationAnnual: null,
    });
    expect(run(bars([100, 100, 100]))[0]?.returns).toMatchObject({ standardDeviation: 0, skewness: null });
  });

  it('counts twelve months in a year', () => {
    const monthly = { ...bars([100, 110, 99, 108.9]), interval: 31 * 24 * HOUR };
    const [series] = run(monthly);
    expect(series?.returns?.meanAnnual).toBeCloseTo(12 * (series?.returns?.mean ?? 0), 12);
  });

  it('changes nothing when prices are scaled', () => {
    const closes = [100, 110, 99, 108.9, 120, 90];
    const scaled = closes.map((close) => close * 1024);
    expect(run(bars(scaled))[0]?.returns).toEqual(run(bars(closes))[0]?.returns);
  });

  it('refuses to describe nothing', async () => {
    expect(await codeOf(() => run())).toBe('SERIES_SHORT');
  });
});
