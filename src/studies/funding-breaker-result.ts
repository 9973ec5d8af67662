/** What `risk funding breaker` reports. Amounts are fractions of the notional, times UTC ms; + is good for the account. */
import { z } from 'zod';

const count = z.number().int().nonnegative();

const cell = z.strictObject({
  threshold: z.number().describe('Rate as of 8 hours, exclusive'),
  periods: count.describe('Settlements in a row above it: the k-th acts'),
  triggers: count,
  settlementsAway: count,
  fundingSaved: z.number(),
  markPnlMissed: z.number().describe('What the mark brought meanwhile; - is a loss that was avoided'),
  exitCost: z.number(),
  reentryCost: z.number(),
  net: z.number().describe('fundingSaved - markPnlMissed - exitCost - reentryCost'),
});

const comparison = z.strictObject({
  against: z.enum(['none', 'neighbour', 'configured']).describe('none: no breaker; configured: the guard'),
  threshold: z.number().nullable(),
  periods: z.number().nullable(),
  difference: z.number().describe('net of the best cell less net of this one'),
  differenceInterval: z
    .tuple([z.number(), z.number()])
    .nullable()
    .describe(
      'Paired block bootstrap; it does not know that the best cell was chosen as the best. Null where the history is too short: `reason` of the run',
    ),
  pValue: z.number().nullable().describe('Two-sided, of the difference being 0; null as the interval'),
  distinguishable: z
    .boolean()
    .nullable()
    .describe('Whether pValue is below 1 - intervalLevel and the interval leaves out 0; null as both'),
});

const run = z.strictObject({
  direction: z.enum(['long', 'short']),
  sizing: z.enum(['constant-size', 'constant-leverage']),
  held: z
    .strictObject({ markPnl: z.number(), funding: z.number(), pnl: z.number() })
    .describe('Without a breaker, over the history'),
  cells: z.array(cell).describe('Thresholds by periods, the periods of one threshold together'),
  best: z
    .strictObject({ threshold: z.number(), periods: count, net: z.number() })
    .nullable()
    .describe('The largest net, the first of equal ones; null where no cell acts'),
  comparisons: z.array(comparison).describe('Of the best cell'),
  realityCheckPValue: z
    .number()
    .nullable()
    .describe(
      "White's reality check: one-sided, of the best of all cells being no better than no breaker; null where no cell acts, or the history is too short",
    ),
  verdict: z.enum(['never-acts', 'no-gain', 'too-short', 'not-distinguishable', 'better-than-none']),
  reason: z.string(),
});

export const fundingBreakerResult = z.strictObject({
  symbol: z.string(),
  contract: z.enum(['linear', 'inverse']),
  marks: z.enum(['mark', 'last', 'flat']).describe('Where the marks are from'),
  from: z.number().describe('The first settlement'),
  to: z.number().describe('The last one'),
  settlements: count,
  thresholds: z.array(z.number()),
  periods: z.array(count),
  action: z.enum(['close', 'flip']),
  tradeCost: z.number().describe('Taker fee and half the spread, of what is traded; without impact'),
  meanBlock: z.number().describe('Of the bootstrap, in settlements'),
  intervalLevel: z.number(),
  runs: z.array(run),
});

export type FundingBreakerResult = z.infer<typeof fundingBreakerResult>;
export type BreakerRun = FundingBreakerResult['runs'][number];
