/** What each method would have said before each day, from the window of returns before it and nothing else. */
import type { Innovations } from '../../math/garch-likelihood.ts';
import { createSortedWindow, slideWindow } from '../../math/sorted-window.ts';
import { tailOf } from '../../risk/var/estimate.ts';
import { type HistoricalQuantile, historicalOfSorted } from '../../risk/var/historical.ts';
import { studentVarEs } from '../../risk/var/student-t.ts';
import type { Volatility } from '../../risk/var/volatility.ts';
import { estimateMethod, fitVolatility, isModelMethod, type Method } from './methods.ts';

/** Days of one window at least: what every method can be asked for. */
export const LEAST_WINDOW = 5;
/** A fit of every so many windows begins anew, so that none follows a maximum that is no longer the largest. */
const ANEW_EVERY = 20;
/** Relative gradient that ends a fit: it leaves less than 1e-4 of a deviation. */
const TOLERANCE = 1e-6;
/** With fewer returns no volatility model is fitted. */
const LEAST_FOR_MODEL = 20;

export type RollingOptions = {
  readonly methods: readonly Method[];
  /** Strictly between 0.5 and 1: 0.99. */
  readonly confidences: readonly number[];
  /** How many returns a forecast is made from. */
  readonly window: number;
  /** Of historical and fhs. */
  readonly quantile: HistoricalQuantile;
  /** Decay of ewma. */
  readonly lambda: number;
  /** Of garch, fhs and evt. */
  readonly innovations: Innovations;
};

/** The forecasts of one method at one confidence, one a day from the first day that has a whole window before it. */
export type Forecasts = {
  readonly method: Method;
  readonly confidence: number;
  /** The probability beyond the VaR. */
  readonly tail: number;
  /** As a loss, a fraction; NaN on a day for which the method refused. */
  readonly vars: Float64Array;
  /** Expected shortfall; NaN also where it does not exist. */
  readonly shortfalls: Float64Array;
  /** Forecasts that the method itself calls not valid. */
  doubtful: number;
  /** What was said of the last forecast that was refused or not valid; null where none was. */
  reason: string | null;
};

type Say = (row: Forecasts, figures: Figures) => void;

type Figures = {
  readonly varRaw: number | null;
  readonly esRaw: number | null;
  readonly valid: boolean;
  readonly reason: string | null;
};

/**
 * All forecasts. One pass over the days serves all methods: garch, fhs and evt share one fit of the volatility, which goes on from
 * the fit of the day before; a Student t is fitted once for all confidences; the historical window stays sorted while it moves.
 *
 * @param returns  fractions in order of time, more than the window
 * @param step     called after each day with its number from 1 on
 */
export function rollingForecasts(
  returns: Float64Array,
  options: RollingOptions,
  step: (day: number) => void,
): Forecasts[] {
  const { methods, confidences, window } = options;
  const days = returns.length - window;
  const groups = methods.map((method) => ({
    method,
    rows: confidences.map((confidence) => emptyForecasts(method, confidence, days)),
  }));
  const models = groups.filter(({ method }) => isModelMethod(method)).flatMap(({ rows }) => rows);
  const say = groups.map(({ method }) => forecaster(method, returns, options));
  let volatility: Volatility | undefined;
  for (let day = 0; day < days; day += 1) {
    const sample = returns.subarray(day, day + window);
    if (models.length > 0)
      volatility = refit(sample, options, day % ANEW_EVERY === 0 ? undefined : volatility);
    groups.forEach(({ rows }, i) => {
      say[i]!({ day, sample, volatility }, rows, (row, figures) => {
        tell(row, day, figures);
      });
    });
    step(day + 1);
  }
  return groups.flatMap(({ rows }) => rows);
}

function emptyForecasts(method: Method, confidence: number, days: number): Forecasts {
  return {
    method,
    confidence,
    tail: tailOf(confidence),
    vars: new Float64Array(days).fill(Number.NaN),
    shortfalls: new Float64Array(days).fill(Number.NaN),
    doubtful: 0,
    reason: null,
  };
}

function tell(row: Forecasts, day: number, { varRaw, esRaw, valid, reason }: Figures): void {
  if (varRaw !== null) row.vars[day] = varRaw;
  if (varRaw !== null && esRaw !== null) row.shortfalls[day] = esRaw;
  if (varRaw !== null && !valid) row.doubtful += 1;
  if (varRaw === null || !valid) row.reason = reason;
}

/** No model where there are too few returns, or they never change: the methods say so themselves. */
function refit(
  sample: Float64Array,
  { innovations }: RollingOptions,
  before: Volatility | undefined,
): Volatility | undefined {
  if (sample.length < LEAST_FOR_MODEL || sample.every((one) => one === sample[0])) return undefined;
  const start = before?.start;
  return fitVolatility(sample, {
    innovations,
    errors: false,
    tolerance: TOLERANCE,
    ...(start === undefined ? {} : { start }),
  });
}

type Day = {
  readonly day: number;
  readonly sample: Float64Array;
  readonly volatility: Volatility | undefined;
};
type Forecaster = (today: Day, rows: readonly Forecasts[], say: Say) => void;

function forecaster(method: Method, returns: Float64Array, options: RollingOptions): Forecaster {
  switch (method) {
    case 'historical':
      return historicalForecaster(returns, options);
    case 'student-t':
      return studentForecaster(options);
    default:
      return ({ sample, volatility }, rows, say) => {
        const model = volatility === undefined ? {} : { volatility };
        for (const row of rows)
          say(row, estimateMethod(method, sample, { ...options, ...model, tail: row.tail }));
      };
  }
}

/** Whether the window is long enough for its tail is the same on every day. */
function historicalForecaster(returns: Float64Array, options: RollingOptions): Forecaster {
  const { window, quantile } = options;
  const sorted = createSortedWindow(returns.subarray(0, window));
  let said: readonly Figures[] = [];
  return ({ day, sample }, rows, say) => {
    if (day > 0) slideWindow(sorted, returns[day - 1]!, sample[window - 1]!);
    else said = rows.map(({ tail }) => estimateMethod('historical', sample, { ...options, tail }));
    rows.forEach((row, i) => {
      const { varRaw, esRaw } = historicalOfSorted(sorted, row.tail, quantile);
      // As every estimate of the house: an ES is at least its VaR.
      say(row, { ...said[i]!, varRaw, esRaw: Math.max(esRaw, varRaw) });
    });
  };
}

function studentForecaster(options: RollingOptions): Forecaster {
  return ({ sample }, rows, say) => {
    const fit = estimateMethod('student-t', sample, { ...options, tail: rows[0]!.tail });
    const [loc, scale, nu] = fit.parameters.map(({ value }) => value);
    const isFitted = loc !== undefined && scale !== undefined && nu !== undefined;
    for (const row of rows)
      say(row, isFitted ? { ...fit, ...studentVarEs({ loc, scale, nu }, row.tail) } : fit);
  };
}
