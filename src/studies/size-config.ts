/** The configuration of the sizing study: `studies.size`. Limits on a trade are `guards.trade-limits`, what runs live. */
import { z } from 'zod';

const decimal = z.string().regex(/^(?=.*[1-9])\d+(\.\d+)?$/, 'be a decimal above 0 such as 62000.5');
const fraction = z.number().gt(0).lt(1);

export const sizeConfig = z.strictObject({
  direction: z
    .enum(['long', 'short', 'both'])
    .describe('Which trades of the journal count, and the side of the position; both: a stop tells the side'),
  symbol: z
    .string()
    .min(1)
    .nullable()
    .describe('The market that is sized; null: the one of the bars with most trades in the journal'),
  equity: decimal.describe('Of the account'),
  entry: decimal.nullable().describe('Entry price; null: the last close of the bars'),
  stop: decimal
    .nullable()
    .describe('Stop price; null: guards.trade-limits.assumedStopAtrs ATRs away, without bars 1 / leverage'),
  leverage: z.number().min(1).max(200).describe('Notional / margin of the position'),
  mmr: z.number().min(0).lt(1).describe('Maintenance margin rate, a fraction of notional'),
  lot: decimal.describe('The quantity is rounded down to a multiple of it'),
  winRate: z
    .number()
    .min(0)
    .lt(1)
    .nullable()
    .describe('Stated probability of a win, below 1: nothing is sure; null: none stated'),
  win: z.number().positive().nullable().describe('What a win brings, a fraction of notional'),
  loss: z
    .number()
    .positive()
    .nullable()
    .describe(
      'What a loss costs, a fraction of notional; null: the distance to a stated stop. Also stands in where no trade was lost',
    ),
  signal: z
    .number()
    .min(-1)
    .max(1)
    .nullable()
    .describe('Confidence of a model, 0 or less opens nothing; null: the mean one of the trades'),
  share: z.number().gt(0).max(1).describe('The share of every Kelly fraction that is used'),
  buffer: z.number().gt(0).max(1).describe('The share of signal / volatility^2 that is used'),
  riskFree: z.number().min(-0.5).max(0.5).describe('Interest that equity earns in a year'),
  window: z
    .number()
    .int()
    .min(30)
    .nullable()
    .describe('The last daily returns that drift and volatility are of; null: all of the bars'),
  volatilityTarget: z.number().positive().describe('Standard deviation of equity in a day that is allowed'),
  fallHorizon: z
    .string()
    .regex(/^\d+(\.\d+)?(m|h|d)$/, 'be a time such as 1d')
    .describe('How long a position may move against its account before somebody looks, for the worst fall'),
  fallLevel: fraction.describe(
    'Risk-constrained Kelly: the share of its start that wealth must not fall below',
  ),
  fallProbability: fraction
    .nullable()
    .describe('Risk-constrained Kelly: the largest probability that it ever does; null: off'),
  feeBps: z.number().min(0).max(1000).describe('Fee a side where the journal has none of its own'),
  ruinLevel: fraction.describe('The share of its start at which wealth counts as ruined'),
  ruinHorizon: z.number().int().min(1).max(100_000).describe('Trades within which ruin is looked for'),
  intervalLevel: z.number().gt(0.5).lt(1).describe('Confidence level of the interval of growth'),
  replicates: z
    .number()
    .int()
    .min(100)
    .max(100_000)
    .describe('Bootstrap worlds that the trades may come from'),
  paths: z.number().int().min(1).max(1000).describe('Paths drawn from each of them'),
});

export type SizeConfig = z.output<typeof sizeConfig>;
