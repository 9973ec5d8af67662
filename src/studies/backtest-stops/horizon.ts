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
  if (row === -1) return knownEnd(trade, rows, { first, last, target });
  const open = openInside(rows, row) ? side * rows.open[row]! : Number.NEGATIVE_INFINITY;
  const end = Math.max(target, open);
  // A bar that opens at or beyond the take-profit fills it at once; nothing after the open counts.
  if (open >= target) {
    return { first, last: Math.min(last, row), end, endsAtTarget: true, contested: -1, targetFirst: false };
  }
  const targetFirst = favourableFirst(intrabar, side, rows, row);
  return { first, last: Math.min(last, row + 1), end, endsAtTarget: true, contested: row, targetFirst };
}

/**
 * The end of a trade whose whole bars never reached its take-profit: known prices count all the same. The open of the
 * exit bar lies inside the trade and fills at once; an exit price at or beyond the take-profit means that it was passed
 * on the way, or jumped over where no bar leads to the exit, which then is the better fill.
 */
function knownEnd(
  { side, exit, exitFill }: SignedTrade,
  rows: PriceRows,
  { first, last, target }: { readonly first: number; readonly last: number; readonly target: number },
): Horizon {
  const tail = rows.partialFrom;
  const hasTail = tail < rows.to;
  const open = hasTail && openInside(rows, tail) ? side * rows.open[tail]! : Number.NEGATIVE_INFINITY;
  const known = { first, contested: -1, targetFirst: false };
  if (open >= target) return { ...known, last: Math.min(last, tail), end: open, endsAtTarget: true };
  if (exit >= target) return { ...known, last, end: hasTail ? target : exit, endsAtTarget: true };
  return { ...known, last, end: exitFill, endsAtTarget: false };
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
