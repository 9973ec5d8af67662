/** The result of the sizing study as its reports carry it. Money and quantities are decimal texts; fractions are of equity. */
import { z } from 'zod';
import { sizingReasons } from '../risk/sizing/allowed.ts';
import { boundNames } from './size/bound-names.ts';
import { type DoubtReason, doubtReasons } from './size/doubt-reasons.ts';

const money = z.string().regex(/^-?\d+(\.\d+)?$/);
const nullable = z.number().nullable();
const reasonNames = Object.keys(sizingReasons) as (keyof typeof sizingReasons)[];

const bound = z.strictObject({
  name: z.enum(boundNames),
  fraction: nullable.describe('Of equity, >= 0; null where the rule sets no bound'),
  of: z.enum(['risk', 'notional']).describe('risk: lost when the trade loses; notional: the position itself'),
  notional: money.nullable().describe('What the rule allows; null where it sets no bound'),
  margin: money.nullable().describe('notional / leverage'),
  reason: z.enum(reasonNames).nullable().describe('Why it is not the plain formula; null where it is'),
});

const doubt = z.enum(Object.keys(doubtReasons) as DoubtReason[]).nullable();

const position = z.strictObject({
  direction: z.enum(['long', 'short']).nullable().describe('null where neither direction nor a stop tells'),
  symbol: z.string().nullable(),
  equity: money,
  entry: nullable,
  entryFrom: z.enum(['stated', 'close']).nullable(),
  stopDistance: z.number().describe('|entry - stop| / entry'),
  stopFrom: z.enum(['stated', 'atr', 'leverage']),
  leverage: z.number(),
  mmr: z.number(),
  liquidationDistance: z
    .number()
    .describe('|entry - liquidation price| / entry of it alone and isolated; of the nearer side'),
  lossAtStop: money.describe(
    'What the size loses at the stop, gaps and costs not counted; the isolated margin where liquidation comes first',
  ),
});

const trades = z.strictObject({
  count: z.number().int(),
  of: z.number().int().describe('Trades of the journal, both sides'),
  days: z.number().int().nullable().describe('UTC entry days; null without times'),
  winners: z.number().int(),
  losers: z.number().int(),
  flat: z.number().int(),
  observedWinRate: nullable,
  winRate: nullable.describe('What Kelly rests on: a lower bound under 30 trades or without a loser'),
  averageWin: nullable.describe('A fraction of notional, costs included'),
  averageLoss: nullable,
  meanReturn: z.number().describe('Of notional, costs included'),
  recentWinRate: nullable.describe('Of the last closes (guards.trade-limits.adjust.closes)'),
  meanCost: z.number().describe('Fees of both sides, a fraction of notional; counted in every return'),
  feesAssumed: z.number().int().describe('Trades whose journal states no fee: feeBps a side'),
  mostAtOnce: z.number().int().nullable().describe('Trades open at the same time, at most'),
});

const market = z.strictObject({
  symbol: z.string(),
  from: z.number(),
  to: z.number(),
  returns: z.number().int().describe('Daily simple returns that drift and volatility are of'),
  meanAnnual: z.number().describe('365 x the mean daily return of a long'),
  meanAnnualError: z.number().describe('Its standard error, for independent days'),
  volatilityAnnual: z.number(),
  volatilityDaily: z.number(),
  volatility24h: z.number().describe('Of the last 24 hours of the bars'),
  worstFall: z
    .number()
    .describe('Against the position, within the horizon; of the worse side where it has none'),
  worstFallTime: nullable.describe('The open of the bar that it ended in'),
});

export const sizeResult = z.strictObject({
  bounds: z.array(bound),
  binding: z.enum(boundNames).describe('The first of the bounds that allow the least'),
  notional: money,
  qty: money.nullable().describe('notional / entry, rounded down to the lot; null without an entry'),
  margin: money,
  size: z.number().describe('notional / equity'),
  growth: z.strictObject({
    perTrade: nullable.describe(
      'Mean logarithm of wealth for each trade at this size; null where a trade leaves nothing',
    ),
    perTradeInterval: z
      .strictObject({ low: nullable, high: nullable })
      .nullable()
      .describe(
        'Percentile bootstrap over days; over single trades where they have no times or are of one day',
      ),
    shrinks: nullable.describe(
      'The share of the worlds that the trades may come from in which wealth does not grow',
    ),
    annual: nullable.describe(
      'Of holding the market for a year, by its drift and volatility; null where trades or a bet are sized',
    ),
    curve: z
      .array(z.strictObject({ size: z.number(), growth: nullable, low: nullable, high: nullable }))
      .describe('perTrade at sizes up to twice the one that grows fastest; empty without an edge'),
    fastest: nullable.describe(
      'The notional / equity at which perTrade is largest, trades taken for the truth, or for what is sized by where they are few',
    ),
    reason: doubt,
  }),
  ruin: z.strictObject({
    level: z.number(),
    horizon: z.number().int().describe('Trades'),
    probability: nullable.describe(
      'Of wealth falling to the level within the horizon, doubt about the trades in it',
    ),
    error: nullable.describe('Monte Carlo error, one standard deviation; null where no path fell or all did'),
    bound: nullable.describe(
      'At 95 %: the most that the probability is where no path fell, the least where all did; null elsewhere',
    ),
    asSampled: nullable.describe('The same with the trades taken for the truth'),
    asSampledError: nullable,
    asSampledBound: nullable,
    ever: nullable.describe('Of ever falling to it when the market is held at this size (Thorp)'),
    reason: doubt,
  }),
  position,
  trades: trades.nullable(),
  market: market.nullable(),
});

export type SizeResult = z.infer<typeof sizeResult>;
export type SizeBound = SizeResult['bounds'][number];
