/**
 * What an order moves the market by: the square-root law, its exponent an input.
 *
 *   I = coefficient * sigma * (qty / volume) ^ exponent      at the end of the order, a fraction of the price
 *
 * Source  Toth et al. 2011, Anomalous price impact; the exponent 1/2 is theirs, others are measured on aggregate flow
 */
import { bookWalk } from './book-walk.ts';

export type ImpactLaw = {
  /** Y, about 0.5 to 1. */
  readonly coefficient: number;
  /** > 0; 0.5 is the square root. */
  readonly exponent: number;
  /** Standard deviation of a day's return, a fraction. */
  readonly sigmaDaily: number;
  /** > 0, in the unit of the volume. */
  readonly qty: number;
  /** Volume of a day, > 0. */
  readonly volumeDaily: number;
};

/** The impact at the end of an order, a fraction of the price, >= 0. */
export function peakImpact({ coefficient, exponent, sigmaDaily, qty, volumeDaily }: ImpactLaw): number {
  return coefficient * sigmaDaily * power(qty / volumeDaily, exponent);
}

/** The mean impact over an order that is worked evenly, peak / (1 + exponent): two thirds of the peak at 1/2. */
export function meanImpact(law: ImpactLaw): number {
  return peakImpact(law) / (1 + law.exponent);
}

/** The square root is exact to the last bit everywhere; other exponents go by logarithms, equal to some 15 digits. */
function power(base: number, exponent: number): number {
  if (base === 0) return 0;
  return exponent === 0.5 ? Math.sqrt(base) : Math.exp(exponent * Math.log(base));
}

export type Book = {
  /** Half the spread in normal times, a fraction of the price. */
  readonly halfSpread: number;
  /** Notional that stands within 1 % of the price on one side, in normal times. */
  readonly depthPerPercent: number;
  /** What spread and depth are multiplied by. */
  readonly spreadMultiplier: number;
  readonly depthMultiplier: number;
};

/**
 * The mean slippage of an order that walks a book of even depth, a fraction of the price:
 *
 *   halfSpread * spreadMultiplier + notional / (2 * depthPerPercent * depthMultiplier) * 1 %
 *
 * Source  QUANT 11, book walk
 */
export function bookWalkSlippage(notional: number, book: Book): number {
  const halfSpread = book.halfSpread * book.spreadMultiplier;
  const depth = book.depthPerPercent * book.depthMultiplier;
  return bookWalk({ notional, halfSpread, depth }).mean;
}
