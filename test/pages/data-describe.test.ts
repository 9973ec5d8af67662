import { describe, expect, it } from 'vitest';
import { dataDescribePage } from '../../src/pages/data-describe.ts';
import type { DataDescribeResult, DescribedSeries } from '../../src/studies/data-describe-result.ts';

const series: DescribedSeries = {
  symbol: 'AAAUSDT',
  interval: 31 * 86_400_000,
  bars: 3,
  from: 1,
  to: 2,
  segments: 1,
  assets: 1,
  returns: {
    count: 2,
    mean: 0.1,
    standardDeviation: 0.2,
    skewness: null,
    excessKurtosis: null,
    min: -0.1,
    minTime: 3,
    max: 0.3,
    maxTime: 4,
    quantiles: { p01: 0.01, p05: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95, p99: 0.99 },
    meanAnnual: 1.2,
    standardDeviationAnnual: 0.7,
    autocorrelationOfAbsolute: [
      { lag: 1, value: 0.5 },
      { lag: 5, value: null },
      { lag: 24, value: null },
    ],
  },
  maxDrawdown: { drawdown: 0.2, peakTime: 5, peakPrice: 110, troughTime: 6, troughPrice: 88 },
};

function page(result: DataDescribeResult) {
  return dataDescribePage({
    schema: 'risk-report/1',
    command: 'data describe',
    version: '0',
    runId: '',
    seed: 1,
    config: {},
    configHash: '',
    inputs: [],
    fidelity: [],
    warnings: [],
    result,
  });
}

describe('dataDescribePage', () => {
  it('has a value of the result in every cell of its tables', () => {
    const { blocks, subtitle } = page({ series: [series] });
    expect(subtitle).toBe('Log returns from close to close of one symbol');
    const [spans, moments, quantiles] = blocks;
    expect(spans).toMatchObject({
      rows: [{ interval: '1 month', drawdown: 0.2, peakPrice: 110, troughTime: 6 }],
    });
    expect(moments).toMatchObject({
      rows: [{ count: 2, mean: 0.1, meanAnnual: 1.2, lag1: 0.5, lag24: null }],
    });
    expect(quantiles).toMatchObject({ rows: [{ min: -0.1, minTime: 3, p01: 0.01, p99: 0.99, maxTime: 4 }] });
    for (const block of [spans, moments, quantiles]) {
      if (block?.kind !== 'table') throw new Error('a table was expected');
      for (const { key } of block.columns) expect(block.rows[0]).toHaveProperty(key);
      for (const key of block.yields ?? []) expect(block.columns.map((column) => column.key)).toContain(key);
    }
  });

  it('has a row for a symbol without returns', () => {
    const { blocks, subtitle } = page({ series: [series, { ...series, symbol: 'B', returns: null }] });
    expect(subtitle).toBe('Log returns from close to close of 2 symbols');
    expect(blocks[1]).toMatchObject({ rows: [{}, { symbol: 'B', count: 0 }] });
    expect(blocks[2]).toMatchObject({ rows: [{}, { symbol: 'B' }] });
  });
});
