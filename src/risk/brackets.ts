/**
 * Maintenance brackets: the rate that a venue asks rises with the notional at mark, and an amount is deducted so that
 * the margin itself never jumps:
 *
 *   maintenance = notional * rate - amount,   floor < notional <= cap
 *   amount[n]   = floor[n] * (rate[n] - rate[n - 1]) + amount[n - 1],   amount[0] = 0
 *
 * Source  Binance, Leverage and margin of USD-M futures; QUANT 6
 */
export type BracketTable = {
  /** Ascending; floor[0] = 0, floor[n] = cap[n - 1]. */
  readonly floor: Float64Array;
  /** The last cap is the largest position that the venue allows; maintenance goes on by the last rate above it. */
  readonly cap: Float64Array;
  /** Fractions of notional, ascending. */
  readonly rate: Float64Array;
  /** In the currency of the notional. */
  readonly amount: Float64Array;
  /** The largest leverage at which a position of this notional may be opened. */
  readonly maxLeverage: Float64Array;
};

/**
 * The bracket that a notional falls in, floor < notional <= cap: the first for 0, the last above every cap.
 *
 * @param notional  >= 0
 */
export function bracketOf({ cap }: BracketTable, notional: number): number {
  const last = cap.length - 1;
  let index = 0;
  while (index < last && notional > cap[index]!) index += 1;
  return index;
}

/** Maintenance margin of a notional at mark, >= 0, in its currency. */
export function maintenanceMargin(table: BracketTable, notional: number): number {
  const index = bracketOf(table, notional);
  return notional * table.rate[index]! - table.amount[index]!;
}
