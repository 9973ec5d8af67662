/** `data describe`: what the returns of each symbol are like, before anything is built on them. */
import type { Bars } from '../market/bars.ts';
import { MONTH } from '../market/gate/interval.ts';
import { reusedAt } from '../market/gate/symbol-reuse.ts';
import { segmentStarts } from '../market/segments.ts';
import { autocorrelation } from '../math/autocorrelation.ts';
import { maxDrawdown } from '../math/drawdown.ts';
import { excessKurtosis, skewness, standardDeviation } from '../math/moments.ts';
import { quantileSorted } from '../math/quantile.ts';
import { mean } from '../math/sum.ts';
import { DataError } from '../model/errors.ts';
import type { Outcome, Study } from '../model/study.ts';
import { MS_PER_DAY } from '../model/time.ts';
import type { DataDescribeResult, DescribedSeries } from './data-describe-result.ts';

export type DataDescribeInputs = { readonly ohlcv: readonly Bars[] };
export type DataDescribeTree = { readonly data: { readonly maxGap: number } };

export const dataDescribe: Study<DataDescribeInputs, DataDescribeTree, DataDescribeResult> = {
  name: 'data-describe',
  needs: ['ohlcv'],
  configPaths: ['data.maxGap'],
  run,
};

function run({ ohlcv }: DataDescribeInputs, { data }: DataDescribeTree): Outcome<DataDescribeResult> {
  if (ohlcv.length === 0) {
    throw new DataError({
      code: 'SERIES_SHORT',
      message: 'at least one series of bars must be there, was none',
      remedy: 'Name bars, or build them from --ticks with --interval 1h',
    });
  }
  const series = ohlcv.map((bars) => describeSeries(bars, data.maxGap));
  return { result: { series }, fidelity: [], warnings: [] };
}

const YEAR = 365 * MS_PER_DAY;
const LAGS = [1, 5, 24];

function describeSeries(bars: Bars, maxGap: number): DescribedSeries {
  const { symbol, interval, time } = bars;
  const segments = segmentStarts(bars, maxGap);
  const reused = reusedAt(bars, maxGap);
  return {
    symbol,
    interval,
    bars: time.length,
    from: time[0]!,
    to: time[time.length - 1]! + interval,
    segments: segments.length,
    returns: describeReturns(bars, segments),
    maxDrawdown: deepest(bars, [0, ...reused]),
    assets: reused.length + 1,
  };
}

function describeReturns(bars: Bars, segments: Int32Array): DescribedSeries['returns'] {
  const { values, rows } = logReturns(bars, segments);
  if (values.length === 0) return null;
  const sorted = values.slice().sort();
  const min = sorted[0]!;
  const max = sorted[sorted.length - 1]!;
  const perYear = bars.interval === MONTH ? 12 : YEAR / bars.interval;
  const deviation = standardDeviation(values);
  return {
    count: values.length,
    mean: mean(values),
    standardDeviation: known(deviation),
    skewness: known(skewness(values)),
    excessKurtosis: known(excessKurtosis(values)),
    min,
    minTime: bars.time[rows[values.indexOf(min)]!]!,
    max,
    maxTime: bars.time[rows[values.indexOf(max)]!]!,
    quantiles: {
      p01: quantileSorted(sorted, 0.01),
      p05: quantileSorted(sorted, 0.05),
      p25: quantileSorted(sorted, 0.25),
      p50: quantileSorted(sorted, 0.5),
      p75: quantileSorted(sorted, 0.75),
      p95: quantileSorted(sorted, 0.95),
      p99: quantileSorted(sorted, 0.99),
    },
    meanAnnual: mean(values) * perYear,
    standardDeviationAnnual: known(deviation * Math.sqrt(perYear)),
    autocorrelationOfAbsolute: ofAbsolute(values),
  };
}

/** Log returns from close to close, each with the row that it ends with; a hole that splits has none. */
function logReturns({ close }: Bars, segments: Int32Array): { values: Float64Array; rows: Int32Array } {
  const count = close.length - segments.length;
  const values = new Float64Array(count);
  const rows = new Int32Array(count);
  let at = 0;
  for (let segment = 0; segment < segments.length; segment += 1) {
    const end = segment + 1 < segments.length ? segments[segment + 1]! : close.length;
    for (let i = segments[segment]! + 1; i < end; i += 1) {
      values[at] = Math.log(close[i]! / close[i - 1]!);
      rows[at] = i;
      at += 1;
    }
  }
  return { values, rows };
}

function ofAbsolute(values: Float64Array): { lag: number; value: number | null }[] {
  const longest = Math.min(values.length - 1, Math.max(...LAGS));
  const all = autocorrelation(values.map(Math.abs), longest);
  return LAGS.map((lag) => ({ lag, value: lag <= longest ? known(all[lag]!) : null }));
}

/** The deepest drawdown inside one asset: from one cut to the next. */
function deepest({ time, close }: Bars, cuts: readonly number[]): DescribedSeries['maxDrawdown'] {
  const falls = cuts.map((from, i) => {
    const { drawdown, peak, trough } = maxDrawdown(close.subarray(from, cuts[i + 1] ?? close.length));
    return { drawdown, peak: from + peak, trough: from + trough };
  });
  const { drawdown, peak, trough } = falls.reduce((most, fall) =>
    fall.drawdown > most.drawdown ? fall : most,
  );
  return {
    drawdown,
    peakTime: time[peak]!,
    peakPrice: close[peak]!,
    troughTime: time[trough]!,
    troughPrice: close[trough]!,
  };
}

/** Statistics that do not exist are null in a report, which carries finite numbers only. */
function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
