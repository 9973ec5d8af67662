/** Which rows of a trade may hit its stop, and what ends it where they do not. */
import type { Intrabar } from '../backtest-stops-config.ts';
import { favourableFirst, openInside, type PriceRows, type SignedTrade } from './signed-trade.ts';

export type Horizon = {
  /** Rows [first, last) may hit the stop. */
  readonly first: number;
  readonly last: number;
  /** The signed price at which the trade ends without a stop: the take-profit's fill or the journal's exit. */
  readonly end: number;
  readonly endsAtTarget: boolean;
  /** The row that holds the take-profit, where its order against the stop is unknown; -1 without one. */
  readonly contested: number;
  /** In the contested row the take-profit comes first: only its open can still hit the stop. */
  readonly targetFirst: boolean;
};

/**
 * The horizon of a trade under an order policy.
 *
 * What a partial bar shows may lie outside the trade. Against the trade it counts on every side but the optimistic one,
 * for the trade (a take-profit) on the optimistic side only.
 */
export function horizonOf(trade: SignedTrade, rows: PriceRows, intrabar: Intrabar): Horizon {
  const { side, target } = trade;
  const whole = { first: rows.from + (rows.entryPartial ? 1 : 0), last: rows.partialFrom };
  const touched = { first: rows.from, last: rows.to };
  const [stop, profit] = intrabar === 'optimistic' ? [whole, touched] : [touched, whole];
  const atExit = { ...stop, end: trade.exit, endsAtTarget: false, contested: -1, targetFirst: false };
  if (target === null) return atExit;

  const row = firstAtTarget(side, target, rows, profit);
  if (row === -1) return atExit;
  const open = openInside(rows, row) ? side * rows.open[row]! : Number.NEGATIVE_INFINITY;
  const atTarget = { ...atExit, end: Math.max(target, open), endsAtTarget: true };
  // A bar that opens at or beyond the take-profit fills it at once; nothing after the open counts.
  if (open >= target) return { ...atTarget, last: Math.min(stop.last, row) };
  const targetFirst = favourableFirst(intrabar, side, rows, row);
  return { ...atTarget, last: Math.min(stop.last, row + 1), contested: row, targetFirst };
}

function firstAtTarget(
  side: 1 | -1,
  target: number,
  rows: PriceRows,
  range: { readonly first: number; readonly last: number },
): number {
  const favourable = side === 1 ? rows.high : rows.low;
  for (let row = range.first; row < range.last; ) {
    if (side * favourable[row]! >= target) return row;
    row = rows.nextBetter === null ? row + 1 : rows.nextBetter[row]!;
  }
  return -1;
}

/**
 * The best signed price that certainly belongs to the trade: whole bars, the entry, and what ended it.
 */
export function bestPrice(trade: SignedTrade, rows: PriceRows, horizon: Horizon): number {
  const { side } = trade;
  const favourable = side === 1 ? rows.high : rows.low;
  if (horizon.endsAtTarget) return Math.max(trade.entry, horizon.end);
  let best = Math.max(trade.entry, trade.exit);
  for (let row = rows.from + (rows.entryPartial ? 1 : 0); row < rows.partialFrom; ) {
    if (side * favourable[row]! > best) best = side * favourable[row]!;
    row = rows.nextBetter === null ? row + 1 : rows.nextBetter[row]!;
  }
  return best;
}
