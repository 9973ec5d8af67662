/** The backtest of value at risk: forecasts out of sample, what they were worth, and which method was best. */
import { DataError } from '../../model/errors.ts';
import type { StudyContext } from '../../model/study.ts';
import type { BacktestRow, RankingRow } from './backtest-result.ts';
import { backtestRowOf } from './backtest-row.ts';
import { rankMethods } from './rank.ts';
import { LEAST_WINDOW, type RollingOptions, rollingForecasts } from './rolling-forecasts.ts';

/** Days that a test needs: one and the next. */
const LEAST_DAYS = 2;
/** Of 200 marks of progress, those of the forecasts; the rest is the tests, whose p-values are simulated. */
const MARKS = 200;
const FORECAST_MARKS = 150;

export type BacktestInput = RollingOptions &
  StudyContext & {
    /** P&L of the book a period as a fraction of its value, gains > 0, in order of time. */
    readonly returns: Float64Array;
    /** UTC ms of each return, ascending. */
    readonly time: Float64Array;
  };

export type VarBacktest = {
  /** By method, then confidence, in the order in which they were asked for. */
  readonly backtests: BacktestRow[];
  /** By confidence, the best method first; those that could not be compared last. */
  readonly ranking: RankingRow[];
};

/**
 * Rolling one-period forecasts of VaR and ES, tested. The forecast of a day uses the window of returns before it and nothing
 * else.
 *
 * @throws DataError where the returns are fewer than the window and two days
 * @throws RangeError where columns differ in length, a return is not finite, or an option is outside its range
 */
export function backtestVar(input: BacktestInput): VarBacktest {
  requireInput(input);
  const { returns, time, window, confidences, methods, seed, progress } = input;
  const days = returns.length - window;
  let mark = 0;
  const tell = (share: number) => {
    const next = Math.floor(share);
    if (next > mark) progress(next, MARKS);
    mark = Math.max(mark, next);
  };
  const forecasts = rollingForecasts(returns, input, (day) => {
    tell((FORECAST_MARKS * day) / days);
  });
  const tested = { time: time.subarray(window), returns: returns.subarray(window) };
  const backtests = forecasts.map((one, i) => {
    const row = backtestRowOf(one, tested.time, tested.returns, seed);
    tell(FORECAST_MARKS + ((MARKS - FORECAST_MARKS) * (i + 1)) / (methods.length * confidences.length));
    return row;
  });
  const ranking = confidences.flatMap((confidence) =>
    rankMethods(
      forecasts.filter((one) => one.confidence === confidence),
      tested.time,
      tested.returns,
    ),
  );
  return { backtests, ranking };
}

function requireInput({ returns, time, window, confidences, methods }: BacktestInput): void {
  requireOnce('method', methods);
  requireOnce('confidence', confidences);
  if (!(Number.isSafeInteger(window) && window >= LEAST_WINDOW))
    throw new RangeError(`a window must be a whole number of at least ${LEAST_WINDOW}, was ${window}`);
  if (time.length !== returns.length)
    throw new RangeError(`times must be as many as returns, were ${time.length} and ${returns.length}`);
  const bad = confidences.find((one) => !(one > 0.5 && one < 1));
  if (bad !== undefined) throw new RangeError(`a confidence must lie strictly between 0.5 and 1, was ${bad}`);
  const at = returns.findIndex((one) => !Number.isFinite(one));
  if (at >= 0) throw new RangeError(`returns must be finite numbers, was ${returns[at]} in row ${at}`);
  if (returns.length < window + LEAST_DAYS)
    throw new DataError({
      code: 'SERIES_SHORT',
      message: `a backtest needs at least ${window + LEAST_DAYS} returns, a window of ${window} and ${LEAST_DAYS} days after it, was ${returns.length}`,
      remedy: 'Give a longer history, or a shorter --window',
    });
}

function requireOnce(what: string, names: readonly (string | number)[]): void {
  if (names.length === 0) throw new RangeError(`there must be at least one ${what}, was none`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`each ${what} must be named once, was ${twice} twice`);
}
