/** The two P&Ls of a perpetual beside each other: what the mark brought, and what funding did. */
import type { Contract } from '../../model/book.ts';

/**
 * How much of what moved an account was funding: |funding| / (|mark P&L| + |funding|), in [0, 1].
 *
 * By size, since a share of the sum of both means nothing where they have opposite signs.
 *
 * @returns null where neither moved it
 */
export function fundingShare(markPnl: number, funding: number): number | null {
  const moved = Math.abs(markPnl) + Math.abs(funding);
  return moved > 0 ? Math.abs(funding) / moved : null;
}

/**
 * The price at which the mark has brought what funding took:
 *
 *   linear   entry - funding / qty
 *   inverse  1 / (1 / entry + funding / qty)
 *
 * @param qty      signed; base for linear, quote notional for inverse; not 0
 * @param funding  what was received, + or -, in the settlement asset
 * @returns quote per base; null where no price does
 */
export function breakEvenPrice(
  { contract, qty, entry }: { readonly contract: Contract; readonly qty: number; readonly entry: number },
  funding: number,
): number | null {
  if (!(Number.isFinite(qty) && qty !== 0)) throw new RangeError(`a quantity must not be 0, was ${qty}`);
  const price = contract === 'linear' ? entry - funding / qty : 1 / (1 / entry + funding / qty);
  return price > 0 && Number.isFinite(price) ? price : null;
}
