/**
 * Forced sales that push the price to the next ones: a toy of a liquidation cascade.
 *
 *   P0 = price x (1 - shock)
 *   P  <- P exp(-k x notional of the levels newly reached), round by round, until none is newly reached
 *
 * A level is reached where the price is at or below it, and sells once.
 *
 * Source  QUANT 11, cascade toy; k is about 0.01 / (quote notional within 1 % of the price)
 */
export type Feedback = {
  /** Before the shock, > 0. */
  readonly price: number;
  /** The first fall, a fraction of that price, in [0, 1). */
  readonly shock: number;
  /** Log fall for one unit of notional that is sold, >= 0. */
  readonly k: number;
  /** Where who is liquidated, in any order: price in the units of `price`, notional >= 0. */
  readonly levels: readonly { readonly price: number; readonly notional: number }[];
};

export type CascadePath = {
  /** After the shock, then after each round. */
  readonly prices: readonly number[];
  /** Which levels were reached, as places in `levels`, round by round. */
  readonly hit: readonly number[];
  /** The notional of those. */
  readonly liquidated: number;
};

/** At most one round for each level. O(levels ^ 2). */
export function cascadePath({ price, shock, k, levels }: Feedback): CascadePath {
  const hit: number[] = [];
  const isHit = new Set<number>();
  let now = price * (1 - shock);
  const prices = [now];
  let liquidated = 0;
  for (;;) {
    let sold = 0;
    const before = hit.length;
    for (const [i, level] of levels.entries()) {
      if (now > level.price || isHit.has(i)) continue;
      isHit.add(i);
      hit.push(i);
      sold += level.notional;
    }
    if (hit.length === before) return { prices, hit, liquidated };
    liquidated += sold;
    now *= Math.exp(-k * sold);
    prices.push(now);
  }
}
