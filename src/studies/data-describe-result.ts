/** The return statistics of market data as their report carries them: `result` of a `data describe` report. */
import { z } from 'zod';

const count = z.number().int().nonnegative();
const time = z.number().describe('UTC ms');
const nullable = z
  .number()
  .nullable()
  .describe('null where too few returns, or returns without spread, leave it open');

const quantiles = z.strictObject({
  p01: z.number(),
  p05: z.number(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p95: z.number(),
  p99: z.number(),
});

export const dataDescribeResult = z.strictObject({
  series: z.array(
    z.strictObject({
      symbol: z.string(),
      interval: z.number().describe('Milliseconds'),
      bars: count,
      from: time,
      to: time.describe('UTC ms; the end of the last bar'),
      segments: count.describe('Parts between holes of more than data.maxGap intervals'),
      returns: z
        .strictObject({
          count: count.describe('Log returns from close to close; none over a hole that splits'),
          mean: z.number(),
          standardDeviation: nullable.describe('With n - 1'),
          skewness: nullable.describe('Population moment ratio'),
          excessKurtosis: nullable.describe('Population moment ratio, 0 for a normal distribution'),
          min: z.number(),
          minTime: time.describe('UTC ms; the open of the bar that the return ends with'),
          max: z.number(),
          maxTime: time,
          quantiles: quantiles.describe('R-7'),
          meanAnnual: z.number().describe('mean x bars in 365 days'),
          standardDeviationAnnual: nullable.describe('standardDeviation x root of the bars in 365 days'),
          autocorrelationOfAbsolute: z
            .array(z.strictObject({ lag: count, value: nullable }))
            .describe('Of absolute returns: volatility clustering'),
        })
        .nullable()
        .describe('null where no two bars follow each other'),
      maxDrawdown: z.strictObject({
        drawdown: z.number().describe('Of closes, a fraction of the peak, >= 0'),
        peakTime: time,
        peakPrice: z.number(),
        troughTime: time,
        troughPrice: z.number(),
      }),
      assets: count.describe(
        'Parts that look like different assets under one symbol; drawdowns lie inside one',
      ),
    }),
  ),
});

export type DataDescribeResult = z.infer<typeof dataDescribeResult>;
export type DescribedSeries = DataDescribeResult['series'][number];
