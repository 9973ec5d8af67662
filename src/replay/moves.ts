/** How far the last price of each symbol moved from one point of a path to the next, in the bar volatility known before it. */
import type { Market } from '../engine/view.ts';
import type { ViewSource } from './account-view.ts';
import type { Scaled } from './faults.ts';
import type { Path } from './path.ts';
import type { Run } from './run-state.ts';

/**
 *   |price / price before - 1| / barVolatility
 *
 * @returns by row and symbol; NaN at the first row, and where no volatility is known or it is 0
 */
export function movesOf({ time, symbols, last }: Path, market: Market): Float64Array {
  const width = symbols.length;
  const moves = new Float64Array(last.length).fill(Number.NaN);
  for (let s = 0; s < width; s += 1) {
    let { end, barVolatility, interval } = market.at(s, time[0] ?? 0);
    for (let row = 1; row < time.length; row += 1) {
      if (time[row]! >= end + interval || end === Number.NEGATIVE_INFINITY) {
        ({ end, barVolatility, interval } = market.at(s, time[row]!));
      }
      const at = row * width + s;
      const before = last[at - width]!;
      // A market that has not moved for a day is no measure of what is far.
      if (barVolatility > 0) moves[at] = Math.abs(last[at]! / before - 1) / barVolatility;
    }
  }
  return moves;
}

/** Shows the engine how far prices moved to an instant, once they stand there. */
export function showMoves({ protection, path }: Run, instant: number): void {
  if (protection === null) return;
  const { length } = path.symbols;
  for (let s = 0; s < length; s += 1) {
    protection.source.moves[s] = protection.moves[instant * length + s] ?? Number.NaN;
  }
  for (const jump of protection.state.faults.jumps) {
    const at = instant * length + jump.symbol;
    const moved = path.last[at]! / (path.last[at - length] ?? Number.NaN);
    protection.source.moves[jump.symbol] = jumpMove(protection.source, jump, moved);
  }
}

/** Shows the engine how far a feed has jumped that goes wrong, or right again, while the price stands. */
export function showJumps({ protection }: Run): void {
  if (protection === null) return;
  const { source, state } = protection;
  for (const jump of state.faults.jumps) source.moves[jump.symbol] = jumpMove(source, jump, 1);
}

/** The move of a shown price: the true one went to `moved` times what it was. */
function jumpMove({ venue, market }: ViewSource, { symbol, factor }: Scaled, moved: number): number {
  const { barVolatility } = market.at(symbol, venue.state.time);
  return barVolatility > 0 ? Math.abs(moved * factor - 1) / barVolatility : Number.NaN;
}

/** On the way to an instant nobody knows how far the way is. */
export function hideMoves({ protection }: Run): void {
  protection?.source.moves.fill(Number.NaN);
}
