/**
 * The joint score of VaR and expected shortfall, FZ0: lower is better, and its expectation is lowest for the right pair. There is no
 * such score of expected shortfall alone. In losses,
 *
 *   L = max(0, loss - VaR) / (p ES) + VaR / ES + log ES - 1
 *
 * Differences between two forecasts do not depend on the unit of the returns.
 *
 * Source  Patton, Ziegel and Chen 2019, Dynamic semiparametric models for expected shortfall (and value-at-risk), Journal of
 *         Econometrics 211, equation 6; Fissler and Ziegel 2016
 */

/**
 * @param returns  fractions, one a day
 * @param vars     VaR of the same day, as a loss, at most ES
 * @param shortfalls   expected shortfall of the same day, a loss > 0
 * @param p        the probability of a hit that the VaR claims, strictly between 0 and 1
 * @returns        one score a day
 * @throws RangeError where columns differ in length or an argument is out of its range
 */
export function fzScores(
  returns: Float64Array,
  vars: Float64Array,
  shortfalls: Float64Array,
  p: number,
): Float64Array {
  if (!(returns.length === vars.length && returns.length === shortfalls.length))
    throw new RangeError(
      `returns and forecasts must be equally many, were ${returns.length}, ${vars.length} and ${shortfalls.length}`,
    );
  if (!(p > 0 && p < 1)) throw new RangeError(`the probability of a hit must be in (0, 1), was ${p}`);
  return returns.map((r, day) => {
    const forecast = vars[day]!;
    const shortfall = shortfalls[day]!;
    const areFinite = Number.isFinite(r) && Number.isFinite(forecast) && Number.isFinite(shortfall);
    // Both may be one observation, and differ by rounding.
    if (!(areFinite && shortfall > 0 && forecast <= shortfall * (1 + 1e-9)))
      throw new RangeError(
        `day ${day} must have a finite return and 0 < ES >= VaR, were ${r}, ES ${shortfall}, VaR ${forecast}`,
      );
    return Math.max(0, -r - forecast) / (p * shortfall) + forecast / shortfall + Math.log(shortfall) - 1;
  });
}
