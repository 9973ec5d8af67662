/** The configuration of the stop: `guards.stops`. What runs live is what the study of stops judges. */
import { z } from 'zod';

export const stopsConfig = z.strictObject({
  type: z
    .enum(['atr', 'percent', 'trailing-atr', 'chandelier', 'adaptive'])
    .describe('How the distance of the stop is made'),
  multiplier: z
    .number()
    .positive()
    .describe('Distance of the stop: ATRs, or percent of entry where type is percent'),
  atrPeriod: z.number().int().min(1).max(1000).describe('Bars of the ATR'),
  atrMethod: z
    .enum(['wilder', 'wilder-tv', 'sma', 'ema'])
    .describe('wilder is TA-Lib, wilder-tv is TradingView; sma and ema average the true range plainly'),
});
