/** The incomplete integral of the beta function, behind binomial probabilities and Student's t. */
import { deviance, stirlingError } from './gamma.ts';

const ROOT_2_PI = 2.5066282746310007;
/** A factor of the continued fraction that is 1 but for rounding. */
const SETTLED = 4e-16;

/**
 * The regularised incomplete beta function I_x(a, b): the share of the integral of t^(a-1) (1-t)^(b-1) over [0, 1] that lies
 * below x. The share above x is the same function with a and b, x and 1 - x exchanged, without loss of digits.
 *
 * @param a  > 0, finite
 * @param b  > 0, finite
 * @param x  in [0, 1]
 * @param y  1 - x, for a caller who has it with more digits than the difference would leave
 * @returns  in [0, 1]; below the mean a / (a + b) to about 1e-13 of itself, down to 1e-300
 * @throws RangeError where an argument is out of its range
 * Cost      O(sqrt(a + b)) near the mean
 * Source    DiDonato and Morris 1992, Algorithm 708, ACM TOMS 18 (BFRAC); Abramowitz and Stegun 26.5.8; Loader 2000
 */
export function betaLower(a: number, b: number, x: number, y = 1 - x): number {
  const areFinite = a < Number.POSITIVE_INFINITY && b < Number.POSITIVE_INFINITY;
  if (!(areFinite && a > 0 && b > 0 && x >= 0 && x <= 1 && Math.abs(x + y - 1) <= 1e-12))
    throw new RangeError(
      `an incomplete beta function must have a, b > 0 and x in [0, 1], was a = ${a}, b = ${b}, x = ${x}, 1 - x = ${y}`,
    );
  if (x === 0) return 0;
  if (y === 0) return 1;
  return x * (b + 1) <= y * (a + 1) ? byFraction(a, b, x, y) : 1 - byFraction(b, a, y, x);
}

/**
 * The continued fraction of DiDonato and Morris by the modified algorithm of Lentz; converges fast below
 * (a + 1) / (a + b + 2). It is written in x and y both, so that nothing cancels where one of them is near 1.
 */
function byFraction(a: number, b: number, x: number, y: number): number {
  const aboveMean = a * y - b * x + 1;
  let h = (a * aboveMean) / (a + 1);
  let c = h;
  let d = 0;
  for (let m = 1; ; m += 1) {
    const share = x / (a + 2 * m - 1);
    const over = (a + m - 1) * share * (a + b + m - 1) * (m * (b - m) * share);
    const under = m + m * (b - m) * share + ((a + m) / (a + 2 * m + 1)) * (aboveMean + m * (2 - x));
    d = 1 / (under + over * d);
    c = under + over / c;
    const change = c * d;
    h *= change;
    if (Math.abs(change - 1) <= SETTLED) return power(a, b, x, y) / h;
  }
}

/** x^a y^b / B(a, b), where the large logarithms cancel in pairs before they are taken. */
function power(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  return (Math.exp(exponent) * Math.sqrt((a / n) * b)) / ROOT_2_PI;
}
