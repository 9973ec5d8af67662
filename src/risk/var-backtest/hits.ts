/** The hit sequence, which every backtest of a VaR is made from: 1 on a day whose loss was beyond the forecast, else 0. */

/**
 * I_t = 1 where r_t < -VaR_t, strictly: a loss that equals its VaR is none.
 *
 * @param returns  fractions, one a day
 * @param vars     the forecast of the same day, as a loss: 0.05 for 5 %; below 0 where a gain was forecast
 * @throws RangeError where the columns differ in length or hold what is no finite number
 */
export function hitsOf(returns: Float64Array, vars: Float64Array): Uint8Array {
  if (returns.length !== vars.length)
    throw new RangeError(
      `returns and forecasts must be equally many, were ${returns.length} and ${vars.length}`,
    );
  const hits = new Uint8Array(returns.length);
  for (let day = 0; day < hits.length; day += 1) {
    const r = returns[day]!;
    const forecast = vars[day]!;
    if (!(Number.isFinite(r) && Number.isFinite(forecast)))
      throw new RangeError(`day ${day} must have a finite return and forecast, were ${r} and ${forecast}`);
    hits[day] = r < -forecast ? 1 : 0;
  }
  return hits;
}

/** How many hits there were. */
export function exceptionsOf(hits: Uint8Array): number {
  let count = 0;
  for (let day = 0; day < hits.length; day += 1) count += hits[day]!;
  return count;
}

/** Pairs of one day and the next: `n01` is how often a day without a hit was followed by one with. */
export type Transitions = {
  readonly n00: number;
  readonly n01: number;
  readonly n10: number;
  readonly n11: number;
};

/** The pairs of a hit sequence, one fewer than days. */
export function transitionsOf(hits: Uint8Array): Transitions {
  const counts = [0, 0, 0, 0];
  for (let day = 1; day < hits.length; day += 1) {
    const pair = 2 * hits[day - 1]! + hits[day]!;
    counts[pair] = counts[pair]! + 1;
  }
  const [n00 = 0, n01 = 0, n10 = 0, n11 = 0] = counts;
  return { n00, n01, n10, n11 };
}
