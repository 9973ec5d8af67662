/** Return statistics on paper: one row a symbol in three tables, as wide as a terminal holds. */
import { intervalText, MONTH } from '../market/gate/interval.ts';
import type { Column, Page, Row } from '../model/page.ts';
import type { Report } from '../model/report.ts';
import type { DataDescribeResult, DescribedSeries } from '../studies/data-describe-result.ts';
import { provenanceBlocks, sampleBlocks, titleOf } from './provenance.ts';

const symbol: Column = { key: 'symbol', title: 'symbol', unit: 'text' };

const seriesColumns: readonly Column[] = [
  symbol,
  { key: 'interval', title: 'interval', unit: 'text' },
  { key: 'bars', title: 'bars', unit: 'count' },
  { key: 'from', title: 'from', unit: 'time' },
  { key: 'to', title: 'to', unit: 'time' },
  { key: 'segments', title: 'segments', unit: 'count' },
  { key: 'drawdown', title: 'max drawdown', unit: 'fraction' },
  { key: 'peakPrice', title: 'peak', unit: 'price' },
  { key: 'peakTime', title: 'at', unit: 'time' },
  { key: 'troughPrice', title: 'trough', unit: 'price' },
  { key: 'troughTime', title: 'at', unit: 'time' },
];

const momentColumns: readonly Column[] = [
  symbol,
  { key: 'count', title: 'returns', unit: 'count' },
  { key: 'mean', title: 'mean', unit: 'rate' },
  { key: 'standardDeviation', title: 'std. dev.', unit: 'fraction' },
  { key: 'skewness', title: 'skewness', unit: 'ratio' },
  { key: 'excessKurtosis', title: 'excess kurtosis', unit: 'ratio' },
  { key: 'meanAnnual', title: 'mean annual', unit: 'fraction' },
  { key: 'standardDeviationAnnual', title: 'std. dev. annual', unit: 'fraction' },
  { key: 'lag1', title: '|r| lag 1', unit: 'ratio' },
  { key: 'lag5', title: 'lag 5', unit: 'ratio' },
  { key: 'lag24', title: 'lag 24', unit: 'ratio' },
];

const quantileColumns: readonly Column[] = [
  symbol,
  { key: 'min', title: 'min', unit: 'fraction' },
  { key: 'minTime', title: 'at', unit: 'time' },
  { key: 'p01', title: '1 %', unit: 'fraction' },
  { key: 'p05', title: '5 %', unit: 'fraction' },
  { key: 'p25', title: '25 %', unit: 'fraction' },
  { key: 'p50', title: 'median', unit: 'fraction' },
  { key: 'p75', title: '75 %', unit: 'fraction' },
  { key: 'p95', title: '95 %', unit: 'fraction' },
  { key: 'p99', title: '99 %', unit: 'fraction' },
  { key: 'max', title: 'max', unit: 'fraction' },
  { key: 'maxTime', title: 'at', unit: 'time' },
];

export function dataDescribePage(report: Report<DataDescribeResult>): Page {
  const { series } = report.result;
  const count = series.length === 1 ? 'one symbol' : `${series.length} symbols`;
  return {
    title: titleOf('Market data', report),
    subtitle: `Log returns from close to close of ${count}`,
    blocks: [
      ...sampleBlocks(report, ''),
      {
        kind: 'table',
        title: 'Series',
        columns: seriesColumns,
        yields: ['segments', 'bars', 'peakTime', 'peakPrice', 'troughPrice'],
        rows: series.map(seriesRow),
      },
      {
        kind: 'table',
        title: 'Moments, and autocorrelation of absolute returns',
        main: true,
        columns: momentColumns,
        yields: ['count', 'meanAnnual', 'lag5', 'mean'],
        rows: series.map(momentRow),
      },
      {
        kind: 'table',
        title: 'Quantiles',
        columns: quantileColumns,
        yields: ['maxTime', 'p25', 'p75', 'minTime'],
        rows: series.map(quantileRow),
      },
      ...provenanceBlocks(report),
    ],
  };
}

function seriesRow({ symbol: name, interval, bars, from, to, segments, maxDrawdown }: DescribedSeries): Row {
  return {
    symbol: name,
    interval: intervalText(interval, interval === MONTH),
    bars,
    from,
    to,
    segments,
    ...maxDrawdown,
  };
}

function momentRow({ symbol: name, returns }: DescribedSeries): Row {
  if (returns === null) return { symbol: name, count: 0 };
  const { autocorrelationOfAbsolute: lags, quantiles: _, ...numbers } = returns;
  return {
    symbol: name,
    ...numbers,
    ...Object.fromEntries(lags.map(({ lag, value }) => [`lag${lag}`, value])),
  };
}

function quantileRow({ symbol: name, returns }: DescribedSeries): Row {
  if (returns === null) return { symbol: name };
  const { min, minTime, max, maxTime, quantiles } = returns;
  return { symbol: name, min, minTime, max, maxTime, ...quantiles };
}
