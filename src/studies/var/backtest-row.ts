/** The tests of one method at one confidence: what its forecasts were worth. */
import { quantileInPlace } from '../../math/quantile.ts';
import { mean } from '../../math/sum.ts';
import { acerbiSzekely, acerbiSzekelyPValues } from '../../risk/var-backtest/acerbi-szekely.ts';
import { conditionalCoverage, independence } from '../../risk/var-backtest/christoffersen.ts';
import { durationPValue, durationTest } from '../../risk/var-backtest/duration.ts';
import { fzScores } from '../../risk/var-backtest/fz-score.ts';
import { exceptionsOf, hitsOf, transitionsOf } from '../../risk/var-backtest/hits.ts';
import { kupiec, kupiecPower, timeUntilFirstFailure } from '../../risk/var-backtest/kupiec.ts';
import type { LikelihoodRatio } from '../../risk/var-backtest/likelihood-ratio.ts';
import { tailOfRatio } from '../../risk/var-backtest/tail-model.ts';
import { trafficLight } from '../../risk/var-backtest/traffic-light.ts';
import { varVerdict } from '../../risk/var-backtest/verdict.ts';
import type { BacktestRow } from './backtest-result.ts';
import type { Forecasts } from './rolling-forecasts.ts';

/** Simulations behind a p-value: 0.05 is then known to 0.007. */
export const REPLICATES = 1000;
/** Share of the days without a valid forecast from which on the others are no fair sample: methods refuse after a crash, not at random. */
export const MOST_REFUSED = 0.05;
/** Of the test of coverage, for its power. */
export const SIGNIFICANCE = 0.05;
/** Stretches of days that the series of a report is thinned to. */
const STRETCHES = 200;

/** The days that have a forecast, in order of time. */
export type Tested = {
  readonly time: Float64Array;
  readonly returns: Float64Array;
  readonly vars: Float64Array;
  readonly shortfalls: Float64Array;
};

/**
 * @param time     UTC ms, one a day of the forecasts
 * @param returns  fractions of the same days
 */
export function backtestRowOf(
  forecasts: Forecasts,
  time: Float64Array,
  returns: Float64Array,
  seed: number,
): BacktestRow {
  const { method, confidence, tail, doubtful } = forecasts;
  const tested = daysWhere(forecasts, time, returns, (_, day) => !Number.isNaN(forecasts.vars[day]!));
  const hits = hitsOf(tested.returns, tested.vars);
  const n = hits.length;
  const refusedDays = returns.length - n;
  const exceptions = exceptionsOf(hits);
  const coverage = n === 0 ? null : kupiec(exceptions, n, tail);
  const conditional = n < 2 ? null : conditionalCoverage(hits, tail);
  const power = n === 0 ? null : kupiecPower(n, tail, 2 * tail, SIGNIFICANCE);
  const shortfall = shortfallTests(tested, tail, seed);
  return {
    method,
    confidence,
    n,
    refused: refusedDays,
    doubtful,
    exceptions,
    expected: n * tail,
    kupiec: lrOf(coverage),
    christoffersen: n < 2 ? null : lrOf(independence(transitionsOf(hits))),
    conditional: lrOf(conditional),
    duration: durationOf(hits, seed),
    tuff: tuffOf(hits, tail),
    trafficLight: n === 0 ? null : trafficLight(exceptions, n, tail),
    acerbiSzekely: shortfall.test,
    power,
    verdict:
      coverage === null || conditional === null || power === null
        ? 'inconclusive'
        : verdictOf(
            varVerdict(coverage.pValue, conditional.pValue, power),
            (refusedDays + doubtful) / returns.length,
          ),
    score: shortfall.score,
    reason: reasonOf(forecasts, { refusedDays, n, exceptions, shortfallDays: shortfall.test?.n ?? 0 }),
    exceptionDays: exceptionDaysOf(tested, hits),
    series: thinned(tested),
  };
}

/** Columns of the days that are kept. */
export function daysWhere(
  { vars, shortfalls }: Pick<Forecasts, 'vars' | 'shortfalls'>,
  time: Float64Array,
  returns: Float64Array,
  keeps: (value: number, day: number) => boolean,
): Tested {
  return {
    time: time.filter(keeps),
    returns: returns.filter(keeps),
    vars: vars.filter(keeps),
    shortfalls: shortfalls.filter(keeps),
  };
}

function lrOf(test: LikelihoodRatio | null): { lr: number; pValue: number } | null {
  return test === null ? null : { lr: test.ratio, pValue: test.pValue };
}

/** What a few days tell is not what all would have told, and what a method calls not valid is no forecast to be trusted. */
function verdictOf(verdict: BacktestRow['verdict'], lackingShare: number): BacktestRow['verdict'] {
  return verdict === 'pass' && lackingShare > MOST_REFUSED ? 'inconclusive' : verdict;
}

function durationOf(hits: Uint8Array, seed: number): BacktestRow['duration'] {
  const test = durationTest(hits);
  if (test === null) return null;
  const pValue = durationPValue(hits, test.ratio, { replicates: REPLICATES, seed });
  return { lr: test.ratio, shape: test.shape, pValue };
}

function tuffOf(hits: Uint8Array, tail: number): BacktestRow['tuff'] {
  const day = hits.indexOf(1) + 1;
  if (day === 0) return null;
  const { ratio, pValue } = timeUntilFirstFailure(day, tail);
  return { lr: ratio, pValue, day };
}

function shortfallTests(
  tested: Tested,
  tail: number,
  seed: number,
): { test: BacktestRow['acerbiSzekely']; score: number | null } {
  const { time, returns } = tested;
  const known = daysWhere(tested, time, returns, (_, day) => tested.shortfalls[day]! > 0);
  const n = known.returns.length;
  if (n === 0) return { test: null, score: null };
  const observed = acerbiSzekely(known.returns, known.vars, known.shortfalls, tail);
  const model = tailOfRatio(tail, typicalRatio(known));
  const { z1, z2 } = acerbiSzekelyPValues(observed, model, { days: n, replicates: REPLICATES, seed });
  return {
    test: { n, z1: observed.z1, z1PValue: z1, z2: observed.z2, pValue: z2 },
    score: mean(fzScores(known.returns, known.vars, known.shortfalls, tail)),
  };
}

/** The median of ES over VaR: how heavy a tail the forecasts say. 0, which no tail has, where VaR is never above 0. */
function typicalRatio({ vars, shortfalls }: Tested): number {
  const ratios = shortfalls.map((one, day) => one / vars[day]!).filter((_, day) => vars[day]! > 0);
  return ratios.length === 0 ? 0 : quantileInPlace(ratios, 0.5);
}

type Counts = {
  readonly refusedDays: number;
  readonly n: number;
  readonly exceptions: number;
  readonly shortfallDays: number;
};

function reasonOf({ doubtful, reason }: Forecasts, counts: Counts): string | null {
  const { refusedDays, n, exceptions, shortfallDays } = counts;
  const days = refusedDays + n;
  const said = [
    ...(refusedDays > 0
      ? [`no forecast on ${refusedDays} of ${days} days, which the tests leap over${lastly(reason)}`]
      : []),
    ...(doubtful > 0
      ? [`${doubtful} of ${n} forecasts are not valid${refusedDays > 0 ? '' : lastly(reason)}`]
      : []),
    ...(shortfallDays < n ? [`no ES above 0 on ${n - shortfallDays} of ${n} days`] : []),
    ...(n > 0 && exceptions === 0 ? ['no exception: what comes between exceptions cannot be tested'] : []),
  ];
  return said.length === 0 ? null : said.join('; ');
}

function lastly(reason: string | null): string {
  return reason === null ? '' : ` (the last: ${reason})`;
}

function exceptionDaysOf({ time, returns, vars }: Tested, hits: Uint8Array): [number, number, number][] {
  return Array.from(hits.keys())
    .filter((day) => hits[day] === 1)
    .map((day) => [time[day]!, returns[day]!, vars[day]!]);
}

/** Of each stretch the day with the least of return + VaR, so that every stretch with an exception shows one. */
function thinned({ time, returns, vars, shortfalls }: Tested): BacktestRow['series'] {
  const stretch = Math.max(1, Math.ceil(time.length / STRETCHES));
  const kept: [number, number, number, number | null][] = [];
  for (let from = 0; from < time.length; from += stretch) {
    let worst = from;
    for (let day = from + 1; day < Math.min(time.length, from + stretch); day += 1)
      if (returns[day]! + vars[day]! < returns[worst]! + vars[worst]!) worst = day;
    const es = shortfalls[worst]!;
    kept.push([time[worst]!, returns[worst]!, vars[worst]!, Number.isNaN(es) ? null : es]);
  }
  return kept;
}
