/** How far trades went against and for their holder, and the row of each trade. */
import { quantileSorted } from '../../math/quantile.ts';
import type { BacktestStopsResult, TradeResult } from '../backtest-stops-result.ts';
import type { StopType } from './inputs.ts';
import type { JudgedTrade, Judgement } from './judge.ts';

const units: Readonly<Record<StopType, string>> = {
  atr: 'ATR at entry',
  'trailing-atr': 'ATR at entry, from the running extreme',
  chandelier: 'ATR of the last completed bar, from the running extreme',
  percent: '1 % of the entry price',
  adaptive: 'adaptive distance at entry',
};

type Quantiles = BacktestStopsResult['excursion']['maeAtr'];

/** R-7 quantiles of the excursions, in units of the stop. */
export function excursionQuantiles({ trades }: Judgement, type: StopType): BacktestStopsResult['excursion'] {
  const winners = trades.filter(({ unstopped }) => unstopped > 0);
  return {
    unit: units[type],
    maeAtr: quantilesOf(trades.map(({ fate }) => fate.excursion)),
    mfeAtr: quantilesOf(trades.flatMap(({ favourable }) => (favourable === null ? [] : [favourable]))),
    maeAtrOfWinners: quantilesOf(winners.map(({ fate }) => fate.excursion)),
  };
}

function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = Float64Array.from(values).sort();
  const at = (p: number) => (sorted.length === 0 ? null : quantileSorted(sorted, p));
  return { p50: at(0.5), p75: at(0.75), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}

/** One row a used trade; the counts of hit levels are over the levels that were asked for. */
export function tradeRows(
  { trades }: Judgement,
  grid: readonly number[],
  asked: readonly number[],
): TradeResult[] {
  // hitsBefore[k] is how many asked levels are among the first k of the grid.
  const hitsBefore = [0];
  for (const multiplier of grid)
    hitsBefore.push((hitsBefore.at(-1) ?? 0) + (asked.includes(multiplier) ? 1 : 0));
  return trades.map((row) => tradeRow(row, hitsBefore));
}

function tradeRow(
  { trade, signed, fate, favourable, unstopped, regime }: JudgedTrade,
  hitsBefore: readonly number[],
): TradeResult {
  return {
    id: trade.id,
    symbol: trade.symbol,
    direction: trade.direction,
    entryTime: trade.entryTime ?? null,
    entryPrice: trade.entryPrice,
    exitTime: 'exitTime' in trade ? trade.exitTime : null,
    exitPrice: trade.exitPrice,
    unit: signed.unit,
    maeAtr: fate.excursion,
    mfeAtr: favourable,
    censored: signed.censored,
    levelsHit: hitsBefore[fate.reached] ?? 0,
    levelsHitOptimistic: hitsBefore[fate.reachedOptimistic] ?? 0,
    returnUnstopped: unstopped,
    regime,
  };
}
