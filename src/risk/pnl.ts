/** Unrealised profit and loss of a position at a price. */
import type { Contract } from '../model/book.ts';

/**
 * Unrealised PnL, + is good: qty * (price - entry) in quote; for inverse qty * (1 / entry - 1 / price) in coin.
 *
 * @param position  qty signed; base for linear, quote notional for inverse
 */
export function unrealisedPnl(
  { contract, qty, entry }: { readonly contract: Contract; readonly qty: number; readonly entry: number },
  price: number,
): number {
  return contract === 'linear' ? qty * (price - entry) : qty / entry - qty / price;
}
