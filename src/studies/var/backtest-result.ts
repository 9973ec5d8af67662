/** What `risk var --backtest` reports. Returns, VaR and ES are fractions of the book, losses positive; times are UTC ms. */
import { z } from 'zod';
import { varMethods } from './methods.ts';

const count = z.number().int().nonnegative();
const probability = z.number().min(0).max(1);

const ratio = z.strictObject({
  lr: z.number().nonnegative().describe('-2 log of the ratio of likelihoods'),
  pValue: probability,
});

export const backtestRow = z.strictObject({
  method: z.enum(varMethods),
  confidence: z.number(),
  n: count.describe('Days with a forecast, each made of the window before it alone'),
  refused: count.describe('Days for which the method made none'),
  doubtful: count.describe('Forecasts that the method itself calls not valid; they are tested all the same'),
  exceptions: count.describe('Days whose loss was beyond the VaR, strictly'),
  expected: z.number().describe('n (1 - confidence)'),
  kupiec: ratio.nullable().describe('Coverage, chi-square with 1 degree; null without a forecast'),
  christoffersen: ratio
    .nullable()
    .describe('Independence of one day and the next, 1 degree; null below two forecasts'),
  conditional: ratio.nullable().describe('Both, 2 degrees'),
  duration: z
    .strictObject({
      lr: z.number().nonnegative(),
      shape: z.number().describe('Weibull shape of the days between exceptions; below 1 they cluster'),
      pValue: probability.describe('By permutation of the days of the exceptions'),
    })
    .nullable()
    .describe('null below two exceptions'),
  tuff: ratio
    .extend({ day: count.describe('Number of the day of the first exception, from 1') })
    .nullable()
    .describe('Time until the first failure; null without an exception'),
  trafficLight: z
    .strictObject({
      zone: z.enum(['green', 'yellow', 'red']),
      probability: probability.describe('P(X <= exceptions) of a right VaR'),
      typeOneError: probability.describe('P(X >= exceptions) of a right VaR'),
    })
    .nullable(),
  acerbiSzekely: z
    .strictObject({
      n: count.describe('Days with an ES above 0'),
      z1: z
        .number()
        .nullable()
        .describe('Size of losses beyond VaR: 0 expected, below it they were larger than said'),
      z1PValue: probability.nullable(),
      z2: z.number().describe('Number and size of them: 0 expected, below it ES was too small'),
      pValue: probability.describe(
        'Of z2, one-sided, simulated with a tail as heavy as the forecasts say; 1/1001 is the least, and means at most that',
      ),
    })
    .nullable()
    .describe('null where no day has an ES'),
  power: probability
    .nullable()
    .describe('Probability that the test of coverage at 5 % sees twice the exceptions in n days'),
  verdict: z
    .enum(['pass', 'fail', 'inconclusive'])
    .describe(
      'fail: coverage or conditional coverage rejected at 5 %; pass: neither, with a power of at least 0.5 and valid forecasts for 95 % of the days',
    ),
  score: z.number().nullable().describe('Mean FZ0 over its own days, lower is better; ranks use common days'),
  reason: z.string().nullable().describe('What is missing or doubtful'),
  exceptionDays: z
    .array(z.tuple([z.number(), z.number(), z.number()]))
    .describe('[time, return, VaR], every one'),
  series: z
    .array(z.tuple([z.number(), z.number(), z.number(), z.number().nullable()]))
    .describe(
      '[time, return, VaR, ES]: of each stretch of days the one nearest to its VaR, or farthest beyond',
    ),
});

export const rankingRow = z.strictObject({
  confidence: z.number(),
  method: z.enum(varMethods),
  rank: z.number().int().positive().nullable().describe('1 is the best; null where it is not compared'),
  n: count.describe('Days on which every method that is compared has VaR and ES'),
  score: z.number().nullable().describe('Mean FZ0 over these days, lower is better'),
  difference: z.number().nullable().describe('score less that of the best'),
  statistic: z
    .number()
    .nullable()
    .describe('Diebold-Mariano of that difference; null for the best, and where days are too few'),
  pValue: probability
    .nullable()
    .describe('Two-sided; the best was chosen after the fact, so small ones come too often'),
  reason: z.string().nullable().describe('Why it is not compared, or has no test'),
});

export type BacktestRow = z.infer<typeof backtestRow>;
export type RankingRow = z.infer<typeof rankingRow>;
