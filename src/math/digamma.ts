/** The logarithmic derivative of the gamma function. */

/** From here the asymptotic series is exact to the last digits. */
const FAR = 10;

/** B_2k / 2k for k = 7 down to 1, with the signs of the series. */
const SERIES = [1 / 12, -691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12];

/**
 * psi(x) = d ln gamma(x) / dx, to about 15 digits.
 *
 * @param x  > 0
 * @throws RangeError where x is not above 0
 * Source  Bernardo 1976, Algorithm AS 103, Applied Statistics 25: psi(x) = psi(x + 1) - 1 / x up to where
 *         ln x - 1 / 2x - sum of B_2k / (2k x^2k) holds; DLMF 5.11.2
 */
export function digamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`digamma is taken above 0, was ${x}`);
  let shift = 0;
  let far = x;
  for (; far < FAR; far += 1) shift += 1 / far;
  const inverse = 1 / (far * far);
  let series = 0;
  for (const term of SERIES) series = series * inverse + term;
  return Math.log(far) - 0.5 / far - series * inverse - shift;
}
