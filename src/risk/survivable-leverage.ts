/**
 * The largest leverage at which a position of its own, isolated, opened at the price of now, lives through a move against
 * it. It lives where its margin is above loss and maintenance at the worst price, so with N the notional at the start:
 *
 *   L = N / (loss + maintenance(notional at the worst price))
 *
 * With one rate m that is 1 / (1 - (1 - d)(1 - m)) for a linear long that falls by d, 1 / ((1 + u)(1 + m) - 1) for a linear
 * short against which the price rises by u. Brackets are those of the notional at the worst price; equity less maintenance
 * falls all along the way there, so that what lives at the worst price has lived before.
 *
 * Source  QUANT 6 (isolated margin); PEERS 6, sanity vector
 */
import type { Contract } from '../model/book.ts';
import { type BracketTable, bracketOf, maintenanceMargin } from './brackets.ts';

export type AloneIsolated = {
  readonly contract: Contract;
  readonly side: 1 | -1;
  /** > 0; base for linear, quote notional for inverse. */
  readonly qty: number;
  /** Quote per base at the start, > 0. */
  readonly price: number;
  readonly table: BracketTable;
  /** The largest leverage that the venue allows besides its table; null where it sets none. */
  readonly cap: number | null;
};

export type SurvivableLeverage = {
  /** Liquidated at it and above; null where it would be below 1, so that not even 1x survives. */
  readonly largest: number | null;
  /** The same, or what the venue lets open at this notional where that is less. */
  readonly allowed: number | null;
};

/**
 * @param move  the worst move against the position, a fraction >= 0 of the price: the fall of a long, below 1; the rise of a
 *              short
 * @throws RangeError where a long would have to live through a price of 0 or below
 */
export function survivableLeverage(position: AloneIsolated, move: number): SurvivableLeverage {
  const { contract, side, qty, price, table, cap } = position;
  if (!(move >= 0 && (side < 0 || move < 1)))
    throw new RangeError(`a move against a position must leave a price above 0, was ${move}`);
  const worst = price * (1 - side * move);
  const before = contract === 'linear' ? qty * price : qty / price;
  const after = contract === 'linear' ? qty * worst : qty / worst;
  const loss = (contract === 'linear' ? before - after : after - before) * side;
  const needed = loss + maintenanceMargin(table, after);
  const listed = table.maxLeverage[bracketOf(table, before)]!;
  const opened = cap === null ? listed : Math.min(listed, cap);
  // Without a move and without maintenance nothing liquidates: what the venue lets open is all that there is.
  const largest = needed > 0 ? before / needed : opened;
  if (largest < 1) return { largest: null, allowed: null };
  return { largest, allowed: Math.min(largest, opened) };
}
