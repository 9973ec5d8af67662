/**
 * What an order pays that walks a book of even depth, fractions of the price, >= 0:
 *
 *   worst = halfSpread + 1 % x notional / depth        of its last unit
 *   mean  = halfSpread + 1 % x notional / depth / 2    of the whole order
 *
 * Source  QUANT 11, book walk
 */
export type WalkedBook = {
  /** Quote notional of the order, >= 0. */
  readonly notional: number;
  /** A fraction of the price, >= 0. */
  readonly halfSpread: number;
  /** Quote notional that stands within 1 % of the price on the side that is walked, > 0. */
  readonly depth: number;
};

export type Slippage = { readonly mean: number; readonly worst: number };

export function bookWalk({ notional, halfSpread, depth }: WalkedBook): Slippage {
  const reach = (notional / depth) * 0.01;
  return { mean: halfSpread + reach / 2, worst: halfSpread + reach };
}
