/** Which rows of a trade may hit its stop, and what ends it where they do not. */
import type { Intrabar } from '../backtest-stops-config.ts';
import {
  favourableFirst,
  type Horizon,
  openInside,
  type PriceRows,
  type SignedTrade,
} from './signed-trade.ts';

/**
 * The horizon of a trade under an order policy.
 *
 * What a partial bar shows may lie outside the trade. Against the trade it counts on every side but the optimistic one,
 * for the trade (a take-profit) on the optimistic side only.
 */
export function horizonOf(trade: SignedTrade, rows: PriceRows, intrabar: Intrabar): Horizon {
  const { side, target, exitFill: exit } = trade;
  const firstWhole = rows.entryPartial ? rows.from + 1 : rows.from;
  const best = intrabar === 'optimistic';
  const first = best ? firstWhole : rows.from;
  const last = best ? rows.partialFrom : rows.to;
  if (target === null)
    return { first, last, end: exit, endsAtTarget: false, contested: -1, targetFirst: false };

  const range = best ? { first: rows.from, last: rows.to } : { first: firstWhole, last: rows.partialFrom };
  const row = firstAtTarget(side, target, rows, range);
  if (row === -1) return { first, last, end: exit, endsAtTarget: false, contested: -1, targetFirst: false };
  const open = openInside(rows, row) ? side * rows.open[row]! : Number.NEGATIVE_INFINITY;
  const end = Math.max(target, open);
  // A bar that opens at or beyond the take-profit fills it at once; nothing after the open counts.
  if (open >= target) {
    return { first, last: Math.min(last, row), end, endsAtTarget: true, contested: -1, targetFirst: false };
  }
  const targetFirst = favourableFirst(intrabar, side, rows, row);
  return { first, last: Math.min(last, row + 1), end, endsAtTarget: true, contested: row, targetFirst };
}

/** Whether no policy can matter: every bar is whole and there is no take-profit. */
export function isCertain(trade: SignedTrade, rows: PriceRows): boolean {
  return trade.target === null && !rows.entryPartial && rows.partialFrom === rows.to;
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
