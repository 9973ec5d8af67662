/**
 * What a perpetual that is held all the time pays and earns, settlement by settlement, as fractions of its notional: the ground on
 * which a breaker is judged over a whole history.
 *
 *   constant-size      the quantity that is worth 1 at the first mark; by mark m: linear worth m / m0, inverse m0 / m
 *   constant-leverage  worth 1 at every settlement, traded back after it; gains are not put in again, so that sums mean
 *                      something: multiplied by a leverage they are fractions of equity
 *
 * Inverse contracts in coin.
 */
import type { Contract } from '../../model/book.ts';

export type HistoryTerms = {
  readonly contract: Contract;
  readonly side: 1 | -1;
  readonly sizing: 'constant-size' | 'constant-leverage';
};

export type HeldHistory = {
  /** Notional at each settlement, > 0. */
  readonly notional: Float64Array;
  /** What the settlement brings, + or -. */
  readonly funding: Float64Array;
  /** What the mark brings from it to the next settlement; the last is 0. */
  readonly move: Float64Array;
};

/** @throws RangeError where columns have different lengths, or a mark or rate is none */
export function heldHistory(
  { contract, side, sizing }: HistoryTerms,
  rate: Float64Array,
  mark: Float64Array,
): HeldHistory {
  const rows = rate.length;
  if (mark.length !== rows) throw new RangeError(`${rows} rates need ${rows} marks, was ${mark.length}`);
  const notional = new Float64Array(rows);
  const funding = new Float64Array(rows);
  const move = new Float64Array(rows);
  const linear = contract === 'linear';
  for (let i = 0; i < rows; i += 1) {
    const now = mark[i]!;
    const paid = rate[i]!;
    if (!(now > 0 && Number.isFinite(now)))
      throw new RangeError(`a mark must be finite and above 0, was ${now} at ${i}`);
    if (!Number.isFinite(paid)) throw new RangeError(`a rate must be finite, was ${paid} at ${i}`);
    const next = i + 1 < rows ? mark[i + 1]! : now;
    const worth = sizing === 'constant-leverage' ? 1 : linear ? now / mark[0]! : mark[0]! / now;
    notional[i] = worth;
    funding[i] = -side * worth * paid + 0;
    move[i] = side * worth * (linear ? next / now - 1 : 1 - now / next) + 0;
  }
  return { notional, funding, move };
}
