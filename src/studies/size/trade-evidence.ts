/** What the trades of a journal say: their returns after costs in the order of their entries, and how they lie in time. */
import type { BareTrade, Journal, Trade } from '../../market/journal.ts';
import { sum } from '../../math/sum.ts';
import { DataError } from '../../model/errors.ts';
import { utcDay } from '../../model/time.ts';
import { kellyFromTrades, type TradeKelly } from '../../risk/sizing/trade-kelly.ts';
import type { SizeConfig } from '../size-config.ts';

export type TradeEvidence = {
  /** Of notional at entry, costs included, by entry time. */
  readonly returns: Float64Array;
  /** The UTC day of each entry; null where a trade has no time. */
  readonly day: Int32Array | null;
  readonly days: number | null;
  /** Trades of the journal on both sides. */
  readonly of: number;
  readonly mean: number;
  /** Mean fees of both sides, in the same unit, and the trades on which they are assumed. */
  readonly meanCost: number;
  readonly feesAssumed: number;
  /** The side of all that count; null where there are both. */
  readonly side: 1 | -1 | null;
  readonly kelly: TradeKelly;
  readonly recentWinRate: number | null;
  readonly mostAtOnce: number | null;
  /** Of one symbol at the same time. */
  readonly overlapping: boolean;
  /** Mean model confidence of the trades that state one; null where none does. */
  readonly confidence: number | null;
};

type Options = {
  readonly config: SizeConfig;
  /** What a lost trade costs where none was lost; null: not known. */
  readonly statedLoss: number | null;
  /** How many of the last closes the recent win rate is of. */
  readonly closes: number;
};

/** @throws DataError NO_TRADES where none is of the side that is asked for */
export function evidenceOf(journal: Journal, { config, statedLoss, closes }: Options): TradeEvidence {
  const { direction, feeBps } = config;
  const all = [...journal.trades, ...journal.bare];
  const wanted = all.filter((trade) => direction === 'both' || trade.direction === direction);
  if (wanted.length === 0) throw noTrades(all.length, direction);
  const timed = wanted.every((trade) => trade.entryTime !== undefined);
  const ordered = timed ? wanted.toSorted((a, b) => (a.entryTime ?? 0) - (b.entryTime ?? 0)) : wanted;
  const fee = feeBps / 10_000;
  const costs = Float64Array.from(ordered, (trade) => costOf(trade, fee));
  const returns = Float64Array.from(ordered, (trade, i) => movedBy(trade) - costs[i]!);
  const day = timed ? Int32Array.from(ordered, ({ entryTime }) => utcDay(entryTime ?? 0)) : null;
  const held = ordered.filter((trade): trade is Trade => 'exitTime' in trade);
  const spans = held.length === ordered.length ? held : null;
  const stated = held.flatMap(({ confidence }) => (confidence === undefined ? [] : [confidence]));
  return {
    returns,
    day,
    days: day === null ? null : new Set(day).size,
    of: all.length,
    mean: sum(returns) / returns.length,
    meanCost: sum(costs) / costs.length,
    feesAssumed: ordered.filter((trade) => !hasFees(trade)).length,
    side: sideOf(ordered),
    kelly: kellyFromTrades(returns, { share: config.share, statedLoss }),
    recentWinRate: spans === null ? null : recentWinRate(spans, returns, closes),
    mostAtOnce: spans === null ? null : mostAtOnce(spans),
    overlapping: spans !== null && overlapping(spans),
    confidence: stated.length === 0 ? null : sum(Float64Array.from(stated)) / stated.length,
  };
}

/** Before costs, a fraction of what was paid at entry. */
function movedBy({ entryPrice, exitPrice, direction }: Trade | BareTrade): number {
  return (direction === 'long' ? 1 : -1) * (exitPrice / entryPrice - 1);
}

/** Fees of both sides, each on its own value, in the same unit. */
function costOf(trade: Trade | BareTrade, fee: number): number {
  const feeEntry = 'feeEntry' in trade ? (trade.feeEntry ?? fee) : fee;
  const feeExit = 'feeExit' in trade ? (trade.feeExit ?? fee) : fee;
  return feeEntry + (feeExit * trade.exitPrice) / trade.entryPrice;
}

function hasFees(trade: Trade | BareTrade): boolean {
  return 'feeEntry' in trade && trade.feeEntry !== undefined && trade.feeExit !== undefined;
}

function sideOf(trades: readonly (Trade | BareTrade)[]): 1 | -1 | null {
  const longs = trades.filter(({ direction }) => direction === 'long').length;
  if (longs === trades.length) return 1;
  return longs === 0 ? -1 : null;
}

/** Of as many last closes as the guard looks at; null while there are fewer, as it does nothing then. */
function recentWinRate(trades: readonly Trade[], returns: Float64Array, closes: number): number | null {
  if (trades.length < closes) return null;
  const last = [...trades.keys()]
    .toSorted((a, b) => (trades[a]?.exitTime ?? 0) - (trades[b]?.exitTime ?? 0) || a - b)
    .slice(-closes);
  return last.filter((i) => returns[i]! > 0).length / closes;
}

/** A trade that ends when another begins is not open with it. */
function mostAtOnce(trades: readonly Trade[]): number {
  const entries = Float64Array.from(trades, ({ entryTime }) => entryTime).sort();
  const exits = Float64Array.from(trades, ({ exitTime }) => exitTime).sort();
  let gone = 0;
  let most = 0;
  for (let i = 0; i < entries.length; i += 1) {
    while (gone < i && exits[gone]! <= entries[i]!) gone += 1;
    most = Math.max(most, i + 1 - gone);
  }
  return most;
}

/** @param trades  by entry time */
function overlapping(trades: readonly Trade[]): boolean {
  const until = new Map<string, number>();
  return trades.some(({ symbol, entryTime, exitTime }) => {
    const before = until.get(symbol) ?? Number.NEGATIVE_INFINITY;
    until.set(symbol, Math.max(before, exitTime));
    return before > entryTime;
  });
}

function noTrades(all: number, direction: string): DataError {
  const side = direction === 'both' ? '' : `${direction} and `;
  return new DataError({
    code: 'NO_TRADES',
    message: `at least one trade of the journal must be ${side}closed, was 0 of ${all}`,
    remedy: direction === 'both' ? 'Name a journal with closed trades' : 'Ask for --direction both',
  });
}
