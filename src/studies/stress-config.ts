/** The configuration of the stress study: `studies.stress`. */
import { z } from 'zod';

export const stressConfig = z.strictObject({
  intrabar: z
    .enum(['pessimistic', 'optimistic', 'ohlc', 'olhc', 'nearest-extreme'])
    .describe('The order of prices inside a bar'),
  legs: z
    .enum(['continuous', 'jump'])
    .describe('continuous passes every price between two points of a bar; jump acts at the points alone'),
  scale: z
    .number()
    .min(0)
    .max(10)
    .describe(
      'Multiplies log moves, log multiples of spread and depth, and funding rates; at 0 nothing happens',
    ),
  shift: z
    .array(z.string().regex(/^(assets|[A-Z0-9]+=[A-Z0-9]+)$/, 'be assets, or a pair such as SOL=LUNA'))
    .describe('SOL=LUNA: SOL moves as LUNA does; assets: what hurts most befalls what is held most'),
  repeat: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .describe('Seeds of the bridges between points, the first that of the run'),
  unmarked: z
    .enum(['entry', 'scenario'])
    .describe(
      'Where a position without a mark begins: at its entry, or at the price of the scenario at its start',
    ),
  barInterval: z
    .string()
    .regex(/^[1-9]\d*(m|h|d)$/, 'be a time such as 1h')
    .describe(
      'Of the bars on which guards measure ATR and volatility, whatever a scenario or a recorded file states; coarser recordings stay as they are',
    ),
  reverse: z.boolean().describe('Whether the smallest shock that reaches each outcome is solved'),
  distance: z
    .boolean()
    .describe('Whether the largest leverage that survives is solved, by position and scenario'),
  correlation: z
    .enum(['sample', 'crisis'])
    .describe('Of the returns behind the most plausible shock: their own, or 0.9 between all'),
});

export type StressConfig = z.output<typeof stressConfig>;
