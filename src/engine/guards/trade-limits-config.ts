/** The configuration of the limits on one trade: `guards.trade-limits`. */
import { z } from 'zod';

const share = z.number().positive().max(100).nullable();

export const tradeLimitsConfig = z.strictObject({
  maxPositionMargin: share.describe(
    'Initial margin of the position that an order makes, over equity, exclusive; null: off',
  ),
  maxPositionNotional: share.describe('Its quantity x price over equity, exclusive; null: off'),
  maxRisk: share.describe('|entry - stop| x quantity over equity, exclusive; null: off'),
  assumedStopAtrs: z
    .number()
    .positive()
    .describe(
      'Distance of the stop of an order that states none, in ATRs; before an ATR is known 1 / leverage',
    ),
  maxCorrelation: z
    .number()
    .positive()
    .lt(1)
    .nullable()
    .describe('Correlation with the PnL of the book over 30 days of hours, exclusive; null: off'),
  maxSpread: share.describe('Bid-ask spread before the trade, a fraction of price, exclusive; null: off'),
  maxImpact: share.describe('Expected mean impact of the order, a fraction of price, exclusive; null: off'),
  onExceed: z
    .enum(['deny', 'resize'])
    .describe('What a limit on size or risk does: refuse, or let pass what fits'),
  adjust: z.strictObject({
    closes: z.number().int().min(1).describe('How many of the last closes the win rate is of'),
    winRateBelow: z.number().min(0).max(1).describe('A lower win rate multiplies maxRisk by winRateFactor'),
    winRateFactor: z.number().gt(0).max(1).describe('It may only tighten'),
    volatilityAbove: z
      .number()
      .positive()
      .describe('A higher volatility24h multiplies maxRisk by volatilityFactor'),
    volatilityFactor: z.number().gt(0).max(1).describe('It may only tighten'),
    ceiling: z.number().positive().describe('maxRisk is never above this, whatever is configured'),
  }),
});

export type TradeLimitsConfig = z.output<typeof tradeLimitsConfig>;
