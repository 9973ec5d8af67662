/** The result of the stop study as its reports carry it: `result` of a `backtest-stops` report. */
import { z } from 'zod';

const count = z.number().int().nonnegative();
const fraction = z.number();
const nullable = z.number().nullable();

const interval = z.strictObject({
  low: nullable.describe('null where the interval cannot be told; see reason'),
  high: nullable,
  level: fraction.describe('Confidence level, 0.95 for 95 %'),
  method: z.string(),
  reason: z.string().nullable(),
});

const level = z.strictObject({
  multiplier: z.number(),
  hits: count.describe('Trades whose stop was hit, on the side of stop.intrabar (pessimistic unless told)'),
  hitsOptimistic: count.describe('Trades whose stop was hit for certain'),
  survivors: count,
  hitRate: fraction,
  hitRateOptimistic: fraction,
  hitRateInterval: interval.extend({ iid: z.strictObject({ low: fraction, high: fraction }) }),
  survivorRate: fraction,
  censored: count.describe(
    'Trades that their journal closed for adverse price before this level: fate unknown',
  ),
  hitRateUncensored: nullable.describe('Kaplan-Meier estimate; null above 20 % censored'),
  hitRateUncensoredReason: z.string().nullable(),
  hitRateUncensoredInterval: interval,
  ambiguous: count.describe('Trades in which the order of prices inside one bar decides'),
  stoppedWinners: count.describe('Hits of trades that would have ended above 0'),
  gapFills: count.describe('Fills at an open at or beyond the stop'),
  meanReturn: fraction.describe('Mean return on the entry price after fees, with this stop'),
  meanReturnUnstopped: fraction.describe('The same without a stop'),
  meanStopDistance: fraction.describe('Mean distance of the stop from the entry, of the entry price'),
  beyondLiquidation: nullable.describe(
    'Share of trades whose stop lies at or beyond their liquidation price',
  ),
  liquidated: count.nullable(),
  meanReturnOnMargin: nullable,
  verdict: z.enum(['keep', 'increase', 'inconclusive']),
});

const quantiles = z.strictObject({
  p50: nullable,
  p75: nullable,
  p90: nullable,
  p95: nullable,
  p99: nullable,
});

const breakdownRow = z.strictObject({
  key: z.string(),
  trades: count,
  hits: count,
  hitRate: fraction,
  iid: z.strictObject({ low: fraction, high: fraction }),
  meanReturn: fraction,
  meanReturnUnstopped: fraction,
});

const tradeRow = z.strictObject({
  id: count,
  symbol: z.string(),
  direction: z.enum(['long', 'short']),
  entryTime: nullable,
  entryPrice: z.number(),
  exitTime: nullable,
  exitPrice: z.number(),
  unit: z.number().describe('Price distance of one multiple of the stop'),
  maeAtr: z.number(),
  mfeAtr: nullable,
  censored: z.boolean(),
  levelsHit: count.describe('How many of the levels were hit; the smallest come first'),
  levelsHitOptimistic: count,
  returnUnstopped: fraction,
  regime: z.string().nullable(),
});

export const backtestStopsResult = z.strictObject({
  trades: z.strictObject({
    total: count,
    used: count,
    days: count.describe('UTC days on which the used trades began'),
    gapsInside: count.describe('Used trades with missing bars inside'),
    journalFit: z
      .strictObject({ prices: count, inside: count, share: nullable })
      .nullable()
      .describe('Journal prices with an exact time that lie within their bar'),
    skipped: z.array(z.strictObject({ reason: z.string(), count, examples: z.array(z.string()) })),
  }),
  stop: z.strictObject({
    type: z.enum(['atr', 'percent', 'trailing-atr', 'chandelier', 'adaptive']),
    period: count,
    method: z.enum(['wilder', 'wilder-tv', 'sma', 'ema']),
    trigger: z.enum(['touch', 'through']),
    intrabar: z.enum(['pessimistic', 'optimistic', 'ohlc', 'olhc', 'nearest-extreme']),
  }),
  targetHitRate: fraction,
  levels: z.array(level),
  curve: z
    .array(
      z.strictObject({
        multiplier: z.number(),
        hitRate: fraction,
        hitRateOptimistic: fraction,
        hitRateUncensored: nullable,
        low: nullable,
        high: nullable,
      }),
    )
    .describe('The levels that the recommendation was chosen from; the interval is hitRateInterval'),
  recommendedMultiplier: nullable,
  recommendedMultiplierReason: z.string(),
  robustMultiplier: nullable,
  robustMultiplierReason: z.string(),
  largestSafeMultiplier: nullable,
  largestSafeMultiplierReason: z.string(),
  excursion: z.strictObject({
    unit: z.string().describe('What one unit is: the ATR at entry, 1 % of entry, or the adaptive distance'),
    maeAtr: quantiles,
    mfeAtr: quantiles.describe(
      'Over whole bars and known prices; partial bars count against a trade, not for it',
    ),
    maeAtrOfWinners: quantiles,
  }),
  breakdowns: z.array(
    z.strictObject({ by: z.string(), multiplier: z.number(), rows: z.array(breakdownRow) }),
  ),
  perTrade: z.array(tradeRow).optional(),
});

export type BacktestStopsResult = z.infer<typeof backtestStopsResult>;
export type LevelResult = BacktestStopsResult['levels'][number];
export type TradeResult = z.infer<typeof tradeRow>;
