/** The configuration of the stop: `guards.stops`. What runs live is what the study of stops judges. */
import { z } from 'zod';

const factor = z.number().positive().max(10);

const adaptive = z.strictObject({
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe('Confidence of the model where the order states none, a fraction'),
  trails: z.boolean().describe('Whether the adaptive stop follows the best price since entry'),
  base: z.number().gt(0).lt(1).describe('Distance at full confidence, a fraction of the entry price'),
  range: z.number().min(0).lt(1).describe('What no confidence adds to it, a fraction of the entry price'),
  trending: factor.describe('The distance is multiplied by this in a trending market'),
  choppy: factor.describe('The same where the market is choppy'),
  volatile: factor.describe('The same where the market is volatile'),
  stable: factor.describe('The same where the market is stable'),
});

export const stopsConfig = z.strictObject({
  type: z
    .enum(['atr', 'percent', 'trailing-atr', 'chandelier', 'adaptive'])
    .describe('How the distance of the stop is made'),
  multiplier: z
    .number()
    .positive()
    .describe(
      'Distance of the stop: ATRs, percent of entry where type is percent, adaptive distances where it is adaptive; a price at the stop reaches it',
    ),
  byStrategy: z.strictObject({
    'trend-following': z
      .number()
      .positive()
      .describe('ATRs where the order names this strategy; types without an ATR keep their multiplier'),
    'mean-reversion': z.number().positive().describe('The same for this strategy'),
  }),
  atrPeriod: z.number().int().min(1).max(1000).describe('Bars of the ATR'),
  atrMethod: z
    .enum(['wilder', 'wilder-tv', 'sma', 'ema'])
    .describe('wilder is TA-Lib, wilder-tv is TradingView; sma and ema average the true range plainly'),
  adaptive,
  retry: z
    .number()
    .positive()
    .max(3600)
    .describe(
      'Seconds after which a stop that the venue did not take is asked for again, doubled each time up to an hour',
    ),
});

export type StopsConfig = z.output<typeof stopsConfig>;
