/**
 * The bounds that guards watch, as columns that the hot loop of a replay compares with: where no bound is reached the
 * engine need not be told of a price.
 *
 * A bound is met twice. At a point of the path the comparison is generous by 1e-9, so that the guard itself decides what is
 * closer than rounding, in decimals. Along a leg the crossing is sought 1e-9 beyond the bound, where doubles decide.
 */

/** What guards write into; every bound is optional, the tightest wins. */
export type Bounds = {
  /** Tells the guard where marginRemaining of a scope falls to a value, or rises to it. */
  remainingBelow(scope: number, value: number): void;
  remainingAbove(scope: number, value: number): void;
  /** The same of marginLevel. */
  levelBelow(scope: number, value: number): void;
  levelAbove(scope: number, value: number): void;
  /** Where the loss of the day over equity at its start rises to a fraction, or falls to it. */
  dayLossAbove(fraction: number): void;
  dayLossBelow(fraction: number): void;
  /** Where the drawdown from the peak rises to a fraction, or falls to it. */
  drawdownAbove(fraction: number): void;
  drawdownBelow(fraction: number): void;
  weekDrawdownAbove(fraction: number): void;
  weekDrawdownBelow(fraction: number): void;
  markBelow(symbol: number, price: number): void;
  markAbove(symbol: number, price: number): void;
  lastBelow(symbol: number, price: number): void;
  lastAbove(symbol: number, price: number): void;
  /**
   * Where a point of the path has its last price beyond a price: what follows an extreme. A leg that goes on in that
   * direction needs no stop on its way, its end is the extreme.
   */
  newHigh(symbol: number, price: number): void;
  newLow(symbol: number, price: number): void;
  /** Where the last price moves by more than so many bar volatilities from one point of the path to the next. */
  moveAbove(symbol: number, sigmas: number): void;
  /** Where mark and last part by more than a fraction of last. */
  gapAbove(symbol: number, fraction: number): void;
  /** Where volatility24h of a completed bar rises to a value, or falls to it. */
  volatilityAbove(symbol: number, value: number): void;
  volatilityBelow(symbol: number, value: number): void;
  /** Every completed bar of a symbol. */
  everyBar(symbol: number): void;
  /** A moment at which a `clock` event is wanted. */
  wake(time: number): void;
};
