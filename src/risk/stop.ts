/**
 * The rule of a stop: where it lies, when it is reached, and at what price it fills. It stands here and nowhere else;
 * the venue, the guards and the studies all call these functions.
 *
 * Prices are in trade space: multiplied by +1 for a long and by -1 for a short. There a stop always lies below the
 * entry and is reached from above. Negation is exact, so a short is decided by the same bits as `high >= entry + m * atr`.
 */

/** `touch`: a price at the stop reaches it (`low <= stop`). `through`: only a price beyond it does (`low < stop`). */
export type Trigger = 'touch' | 'through';

/**
 * The stop of a trade, `anchor - multiplier * unit`, in trade space.
 *
 * @param anchor      entry price of a fixed stop, running extreme of a trailing one; signed
 * @param unit        price distance of one multiple, > 0 (the ATR of a fixed ATR stop)
 * @param multiplier  > 0
 */
export function stopPrice(anchor: number, unit: number, multiplier: number): number {
  return anchor - multiplier * unit;
}

/**
 * Whether a price reaches a stop, compared as written in doubles (DESIGN 4: what rests on a measured range is compared
 * as computed). All prices signed.
 */
export function stopReached(price: number, stop: number, trigger: Trigger): boolean {
  return trigger === 'touch' ? price <= stop : price < stop;
}

/**
 * The fill of a stop: the worse of the stop and the bar's open, where the open lies inside the trade (RULES 1.2).
 * All prices signed; slippage comes after.
 *
 * Source  backtesting.py `_process_orders`: a sell stop fills at min(open, stop)
 */
export function stopFill(open: number, stop: number): number {
  return Math.min(open, stop);
}

/** Market regimes of RULES 1.11. */
export type Regime = 'trending' | 'choppy' | 'volatile' | 'stable';

/** The numbers of the adaptive stop: fractions of the entry price, and a factor for each regime. */
export type AdaptiveStop = {
  /** At full confidence. */
  readonly base: number;
  /** What is added to it at no confidence. */
  readonly range: number;
} & { readonly [R in Regime]: number };

/** Source  S0 `calculate_adaptive_stop`: 2-5 % by confidence, regime multipliers */
export const adaptiveStop: AdaptiveStop = {
  base: 0.02,
  range: 0.03,
  trending: 1.2,
  choppy: 0.8,
  volatile: 1.5,
  stable: 0.7,
};

/**
 * The distance of the adaptive stop as a fraction of the entry price:
 *
 *   (base + range * (1 - confidence)) * factor of the regime
 *
 * An unknown regime (too little history) counts 1, as in the source.
 *
 * @param confidence  of the model at entry, in [0, 1]
 * Source  S0 `calculate_adaptive_stop`; RULES 1.9
 */
export function adaptiveStopFraction(
  confidence: number,
  regime: Regime | null,
  numbers: AdaptiveStop = adaptiveStop,
): number {
  const factor = regime === null ? 1 : numbers[regime];
  return (numbers.base + numbers.range * (1 - confidence)) * factor;
}
