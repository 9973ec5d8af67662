/** The configuration of the stop study: `studies.backtest-stops`. The stop itself is `guards.stops`, what runs live. */
import { z } from 'zod';
import { rangePattern } from '../model/range.ts';

const positive = z.number().positive();

/** A list, or `from:to:step` with both ends. */
const multiplierGrid = z.union([z.array(positive).min(1).max(10_000), z.string().regex(rangePattern)]);

export const backtestStopsConfig = z.strictObject({
  multipliers: multiplierGrid.describe(
    'Stop levels to judge, in multiples of the stop unit: a list or from:to:step',
  ),
  search: multiplierGrid.describe('Where a recommendation is looked for when a single level is judged'),
  targetHitRate: z.number().gt(0).lt(1).describe('A level is kept where its hit rate lies below this'),
  trigger: z.enum(['touch', 'through']).describe('touch: low <= stop; through: low < stop'),
  intrabar: z
    .enum(['pessimistic', 'optimistic', 'ohlc', 'olhc', 'nearest-extreme'])
    .describe('The order of prices inside a bar where it decides'),
  takeProfit: positive.nullable().describe('Take-profit distance in multiples of the stop unit'),
  leverage: z
    .number()
    .min(1)
    .max(200)
    .nullable()
    .describe("Leverage of every trade; null takes the journal's"),
  mmr: z.number().min(0).lt(1).describe('Maintenance margin rate for the liquidation price'),
  feeBps: z
    .number()
    .min(0)
    .max(1000)
    .describe('Fee a side in basis points where the journal has none of its own'),
  slippageBps: z.number().min(0).max(1000).describe('Slippage of modelled fills in basis points'),
  entries: z
    .string()
    .regex(/^(every:(?!0+(?:\.0+)?[a-z])\d+(\.\d+)?(ms|s|m|h|d|w)|breakout:[1-9]\d*|random:[1-9]\d*)$/)
    .nullable()
    .describe('Generated entries: every:24h, breakout:20 or random:N'),
  direction: z.enum(['long', 'short', 'both']).describe('Which trades count, and which are generated'),
  hold: z
    .string()
    .regex(/^\d+(\.\d+)?(ms|s|m|h|d|w)$/, 'be a time such as 24h')
    .nullable()
    .describe('Holding time such as 24h; beside a journal it replaces the exits'),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('Model confidence of trades that state none (adaptive stop)'),
  intervalLevel: z.number().gt(0.5).lt(1).describe('Confidence level of the intervals'),
  replicates: z.number().int().min(100).max(100_000).describe('Bootstrap replicates'),
  by: z.array(z.enum(['symbol', 'direction', 'month', 'hour', 'regime'])).describe('Breakdowns'),
});

export type BacktestStopsConfig = z.infer<typeof backtestStopsConfig>;
export type Intrabar = BacktestStopsConfig['intrabar'];
export type BreakdownKey = BacktestStopsConfig['by'][number];
