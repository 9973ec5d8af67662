/** The configuration of the limits on the book: `guards.portfolio-limits`. */
import { z } from 'zod';

const share = z.number().positive().max(100).nullable();

export const portfolioLimitsConfig = z.strictObject({
  maxPositions: z
    .number()
    .int()
    .min(1)
    .nullable()
    .describe('Open positions, inclusive: the n-th is allowed; null: off'),
  maxGrossMargin: share.describe('Sum of initial margins over equity, exclusive; null: off'),
  maxGrossNotional: share.describe('Sum of |quantity| x price over equity, exclusive; null: off'),
  maxNetDelta: share.describe('|sum of signed notional| over equity, exclusive; null: off'),
  maxOpenRisk: share.describe(
    'Sum of |price - stop| x |quantity| over equity, without a stop to liquidation, exclusive; null: off',
  ),
  maxSectorMargin: share.describe('Initial margin in one sector over equity, exclusive; null: off'),
  maxSymbolMargin: share.describe('Initial margin in one symbol over equity, exclusive; null: off'),
  maxVenueShare: share.describe('Equity at one venue over all equity, exclusive; null: off'),
  assumedStopAtrs: z
    .number()
    .positive()
    .describe(
      'Distance of the stop of an order that states none, in ATRs; before an ATR is known 1 / leverage',
    ),
  onExceed: z.enum(['deny', 'resize']).describe('What a limit on money does: refuse, or let pass what fits'),
});

export type PortfolioLimitsConfig = z.output<typeof portfolioLimitsConfig>;
