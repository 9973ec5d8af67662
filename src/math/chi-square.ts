/** The chi-square distribution, which likelihood ratios follow. */
import { gammaLower, gammaUpper } from './gamma.ts';

/**
 * The probability of a value of at most x: P(degrees / 2, x / 2).
 *
 * @param x        >= 0
 * @param degrees  degrees of freedom, > 0
 * @throws RangeError where an argument is out of its range
 */
export function chiSquareCdf(x: number, degrees: number): number {
  return gammaLower(degrees / 2, x / 2);
}

/**
 * The probability of a value above x, which is the p-value of a likelihood ratio of x: Q(degrees / 2, x / 2), to about 1e-13
 * of itself in the far tail too.
 *
 * @param x        >= 0
 * @param degrees  degrees of freedom, > 0
 * @throws RangeError where an argument is out of its range
 */
export function chiSquareTail(x: number, degrees: number): number {
  return gammaUpper(degrees / 2, x / 2);
}
