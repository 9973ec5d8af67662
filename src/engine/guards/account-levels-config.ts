/** The configuration of the account levels: `guards.account-levels`. */
import { z } from 'zod';
import { regimes } from '../../market/regime.ts';

const level = z.number().gt(1);
const multiplier = z.number().min(1).max(2);

/** Of several entries that count the last does. */
const ascending = (bounds: readonly number[]) =>
  bounds.every((bound, i) => bound > (bounds[i - 1] ?? Number.NEGATIVE_INFINITY));

const keys = z.strictObject({
  warning: level.describe('marginLevel at or below which an account is in WARNING'),
  critical: level.describe('marginLevel below which it is CRITICAL and deleverages, exclusive'),
  liquidation: level.describe('marginLevel below which everything is closed, exclusive'),
  target: level.describe('marginLevel that deleveraging reaches after fills, fees and impact, inclusive'),
  strategy: z
    .enum(['proportional', 'by-risk', 'by-age', 'by-liquidity'])
    .describe('What CRITICAL sells: all alike, what is nearest to liquidation, oldest, or most liquid first'),
  method: z
    .enum(['immediate', 'twap', 'vwap', 'iceberg'])
    .describe(
      'How LIQUIDATION closes: at once, in equal slices, by typical volume, or each after the fill before',
    ),
  slices: z
    .number()
    .int()
    .min(1)
    .max(100)
    .describe('Parts of an orderly liquidation: of twap, vwap and iceberg'),
  durationMinutes: z.number().min(1).max(10_080).describe('Minutes that twap and vwap take, a week at most'),
  priority: z
    .enum(['risk', 'size', 'market', 'age'])
    .describe('What LIQUIDATION closes first: nearest to liquidation, largest, most liquid, oldest'),
  dynamic: z.strictObject({
    accountSize: z
      .array(z.strictObject({ above: z.number().min(0), multiplier }))
      .refine((table) => ascending(table.map(({ above }) => above)), { message: 'ascend in above' })
      .describe(
        'Levels are multiplied by the last entry that the equity of all accounts is above, exclusive; product of all tables in [1, 2]',
      ),
    strategyRisk: z
      .array(z.strictObject({ mode: z.string(), multiplier }))
      .describe('The same by the mode of the run'),
    market: z
      .array(z.strictObject({ regime: z.enum(regimes), multiplier }))
      .describe('The same by the regime of a held symbol, the largest counts'),
    history: z
      .array(z.strictObject({ drawdownAbove: z.number().min(0).lt(1), multiplier }))
      .refine((table) => ascending(table.map(({ drawdownAbove }) => drawdownAbove)), {
        message: 'ascend in drawdownAbove',
      })
      .describe('The same by the drawdown from the peak, a fraction, exclusive'),
  }),
});

export const accountLevelsConfig = keys
  .refine(({ warning, critical }) => critical <= warning, {
    message: 'be at most warning',
    path: ['critical'],
  })
  .refine(({ critical, liquidation }) => liquidation <= critical, {
    message: 'be at most critical',
    path: ['liquidation'],
  })
  .refine(({ critical, target }) => target > critical, { message: 'be above critical', path: ['target'] });

export type AccountLevelsConfig = z.output<typeof accountLevelsConfig>;
