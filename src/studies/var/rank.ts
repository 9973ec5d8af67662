/** Which method forecast VaR and ES best, and whether that is more than chance. */
import { dieboldMariano } from '../../math/diebold-mariano.ts';
import { neweyWestLags } from '../../math/newey-west.ts';
import { mean } from '../../math/sum.ts';
import { fzScores } from '../../risk/var-backtest/fz-score.ts';
import { hitsOf } from '../../risk/var-backtest/hits.ts';
import { kupiecPower } from '../../risk/var-backtest/kupiec.ts';
import { ENOUGH_POWER } from '../../risk/var-backtest/verdict.ts';
import type { RankingRow } from './backtest-result.ts';
import { daysWhere, MOST_REFUSED, SIGNIFICANCE } from './backtest-row.ts';
import { varMethods } from './methods.ts';
import type { Forecasts } from './rolling-forecasts.ts';

/** Days beyond the VaR of the one or the other below which a mean of scores, which they make, is not near normal. */
const LEAST_BEYOND = 5;

/**
 * The methods of one confidence by their mean FZ0 over the days that all of them forecast, the best first; each against the best by
 * Diebold and Mariano. A method without VaR and ES on more than 5 % of the days is not compared: it would take the days on which
 * it refused, mostly those after a crash, from all others; nor is one whose forecasts are not valid on more than 5 % of them.
 * Where days are too few to tell a good VaR from a bad one, or hardly any was beyond it, there is an order and no test.
 *
 * @param forecasts  of one confidence, as many days as returns
 */
export function rankMethods(
  forecasts: readonly Forecasts[],
  time: Float64Array,
  returns: Float64Array,
): RankingRow[] {
  const days = returns.length;
  const missing = forecasts.map(({ shortfalls }) => days - shortfalls.filter((one) => one > 0).length);
  const lacks = forecasts.map((one, i) => lackOf(one, missing[i]!, days));
  const compared = forecasts.filter((_, i) => lacks[i] === null);
  const isCommon = (_: number, day: number) => compared.every(({ shortfalls }) => shortfalls[day]! > 0);
  const scored = compared
    .map((one) => {
      const common = daysWhere(one, time, returns, isCommon);
      const scores = fzScores(common.returns, common.vars, common.shortfalls, one.tail);
      return { one, scores, hits: hitsOf(common.returns, common.vars), score: mean(scores) };
    })
    .filter(({ scores }) => scores.length > 0)
    .sort((a, b) => a.score - b.score);
  const best = scored[0];
  const ranked = scored.map(({ one, scores, hits, score }, i): RankingRow => {
    const row = { confidence: one.confidence, method: one.method, rank: i + 1, n: scores.length, score };
    if (best === undefined || i === 0)
      return { ...row, difference: 0, statistic: null, pValue: null, reason: null };
    const differences = scores.map((value, day) => value - best.scores[day]!);
    const beyond = hits.filter((hit, day) => hit === 1 || best.hits[day] === 1).length;
    const few = fewReason(scores.length, beyond, one.tail);
    if (few !== null)
      return { ...row, difference: mean(differences), statistic: null, pValue: null, reason: few };
    const test = dieboldMariano(differences, neweyWestLags(differences.length));
    const { mean: difference, statistic, pValue } = test;
    const reason = statistic === null ? 'the scores differ by the same on every day' : null;
    return { ...row, difference, statistic, pValue, reason };
  });
  const rest = forecasts.flatMap((one, i): RankingRow[] => {
    if (scored.some((other) => other.one === one)) return [];
    const { confidence, method } = one;
    const reason = lacks[i] ?? 'no day that all forecast';
    const none = { rank: null, n: 0, score: null, difference: null, statistic: null, pValue: null };
    return [{ confidence, method, ...none, reason }];
  });
  // In the order of the list, whatever the order in which they were asked for.
  rest.sort((a, b) => varMethods.indexOf(a.method) - varMethods.indexOf(b.method));
  return [...ranked, ...rest];
}

/** Why a method is not compared; null where it is. */
function lackOf({ vars, doubtful }: Forecasts, missing: number, days: number): string | null {
  if (missing > MOST_REFUSED * days)
    return `no VaR with an ES above 0 on ${missing} of ${days} days: not compared`;
  const made = vars.filter((one) => !Number.isNaN(one)).length;
  return days - made + doubtful > MOST_REFUSED * days
    ? `${doubtful} of ${made} forecasts are not valid: not compared`
    : null;
}

/** Why the days tell nothing of two methods; null where they do. */
function fewReason(days: number, beyond: number, tail: number): string | null {
  const power = kupiecPower(days, tail, 2 * tail, SIGNIFICANCE);
  if (power < ENOUGH_POWER)
    return `too few days to tell: the power is ${power.toFixed(2)}, ${ENOUGH_POWER} is needed`;
  return beyond < LEAST_BEYOND
    ? `too few days beyond VaR to tell: ${beyond}, ${LEAST_BEYOND} are needed`
    : null;
}
