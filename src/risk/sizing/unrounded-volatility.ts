/** Prices are doubles: 1 + return carries an error of some 1e-16, and a spread below this is of that and not of a market. */
const RETURN_MIN = 1e-12;
/** The same beside a mean, for returns that are large. */
const MEAN_SHARE = 1e-9;

/**
 * A volatility, or 0 where it is the rounding of returns that are all the same: divided by, it would allow any size.
 *
 * @param volatility  standard deviation of returns, a fraction
 * @param mean        mean return of the same period, signed
 */
export function unroundedVolatility(volatility: number, mean: number): number {
  const least = Math.max(RETURN_MIN, MEAN_SHARE * Math.abs(mean));
  return volatility > 0 && volatility <= least ? 0 : volatility;
}
