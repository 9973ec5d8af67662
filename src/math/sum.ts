/**
 * Sums that do not lose small terms beside large ones: Neumaier's compensation.
 *
 * Source  Neumaier 1974, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54
 */

/** The sum of finite numbers, 0 for none. The error does not grow with the count. */
export function sum(xs: Float64Array): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < xs.length; i += 1) {
    const x = xs[i]!;
    const next = total + x;
    // What rounding cut off the smaller of the two is exact, and is added at the end.
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
    total = next;
  }
  return total + lost;
}

/** The arithmetic mean; NaN for no numbers. */
export function mean(xs: Float64Array): number {
  return sum(xs) / xs.length;
}
