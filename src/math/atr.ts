/**
 * Average true range, in the four conventions that are in use.
 *
 *   TR_i = max(high_i - low_i, |high_i - close_{i-1}|, |low_i - close_{i-1}|)
 *
 * wilder     TA-Lib: no TR for bar 0; seed = mean of TR_1..TR_n; first value at bar n; then (p * (n - 1) + TR) / n
 * wilder-tv  TradingView, Tulip: TR_0 = high - low; seed = mean of TR_0..TR_{n-1}; first value at bar n - 1
 * sma        mean of the last n TR, TR_0 = high - low; first value at bar n - 1
 * ema        alpha = 2 / (n + 1), seeded with TR_0 = high - low; a value from bar 0 on
 *
 * Values before the first are NaN.
 *
 * Source  TA-Lib `ta_ATR.c`; TradingView reference `ta.atr`; Tulip Indicators `atr`
 */

import { assert } from '../model/errors.ts';

export type AtrMethod = 'wilder' | 'wilder-tv' | 'sma' | 'ema';

/** The state of a running ATR; plain data, changed in place by `stepAtr`. */
export type AtrState = {
  readonly method: AtrMethod;
  readonly period: number;
  /** Bars seen. */
  count: number;
  previousClose: number;
  /** The last value; while a seed is gathered, the sum of true ranges. */
  value: number;
  /** The last `period` true ranges in a ring; empty for methods that need none. */
  readonly ring: Float64Array;
};

export type HighLowClose = {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
};

/** @param period  bars, a whole number >= 1 */
export function createAtr(period: number, method: AtrMethod): AtrState {
  assert(Number.isSafeInteger(period) && period >= 1, 'the period of an ATR is a whole number of at least 1');
  const ring = new Float64Array(method === 'sma' ? period : 0);
  return { method, period, count: 0, previousClose: Number.NaN, value: 0, ring };
}

/** The largest of a bar's range and its distances from the close before it. */
export function trueRange(high: number, low: number, previousClose: number): number {
  // The largest of the three differences is the one between these two, to the bit, as rounding keeps order.
  return Math.max(high, previousClose) - Math.min(low, previousClose);
}

/** Takes one bar and returns the ATR at its close, NaN while warming up. */
export function stepAtr(state: AtrState, high: number, low: number, close: number): number {
  const index = state.count;
  const range = index === 0 ? high - low : trueRange(high, low, state.previousClose);
  state.count = index + 1;
  state.previousClose = close;
  switch (state.method) {
    case 'wilder':
      return index === 0 ? Number.NaN : stepWilder(state, range, index - 1);
    case 'wilder-tv':
      return stepWilder(state, range, index);
    case 'sma':
      return stepMean(state, range, index);
    case 'ema':
      state.value = index === 0 ? range : state.value + (range - state.value) * (2 / (state.period + 1));
      return state.value;
  }
}

/** `seen` true ranges came before this one. */
function stepWilder(state: AtrState, range: number, seen: number): number {
  const { period } = state;
  if (seen >= period) {
    state.value = smoothed(state.value, range, period);
    return state.value;
  }
  state.value += range;
  if (seen < period - 1) return Number.NaN;
  state.value /= period;
  return state.value;
}

/** Wilder's smoothing, in the order of operations of TA-Lib. */
function smoothed(value: number, range: number, period: number): number {
  return (value * (period - 1) + range) / period;
}

function stepMean(state: AtrState, range: number, index: number): number {
  const { period, ring } = state;
  ring[index % period] = range;
  if (index < period - 1) return Number.NaN;
  // Summed anew, oldest first: adding and removing would drift, and the bits would depend on where a series begins.
  const oldest = (index + 1) % period;
  let sum = 0;
  for (let i = oldest; i < period; i += 1) sum += ring[i]!;
  for (let i = 0; i < oldest; i += 1) sum += ring[i]!;
  return sum / period;
}

/**
 * The ATR at every close: the steps of `stepAtr`, to the same bits.
 *
 * @returns  same length as the columns; NaN before the first value
 * Cost      O(n), O(n * period) for `sma`; allocates the result only
 */
export function atr(bars: HighLowClose, period: number, method: AtrMethod): Float64Array {
  const { high, low, close } = bars;
  const length = close.length;
  assert(high.length === length && low.length === length, 'high, low and close are equally long');
  const result = new Float64Array(length);
  const state = createAtr(period, method);
  const smooths = method === 'wilder' || method === 'wilder-tv';
  const stepped = smooths ? Math.min(period + 1, length) : length;
  for (let i = 0; i < stepped; i += 1) result[i] = stepAtr(state, high[i]!, low[i]!, close[i]!);
  if (stepped < length) smoothRest(bars, result, period, stepped);
  return result;
}

/** Below this many periods in each quarter of the rows they are smoothed one after the other. */
const PERIODS_MIN = 64;

/**
 * Goes on with Wilder's smoothing from result[from - 1].
 *
 * Each value waits for the division of the one before it, so four quarters of the rows are smoothed side by side. The
 * last three begin from a guess, which is forgotten within some forty periods; then, at each seam, rows are smoothed again
 * from the true value until one comes out as it stands: from there on all of them would.
 */
function smoothRest(bars: HighLowClose, result: Float64Array, period: number, from: number): void {
  const quarter = Math.floor((result.length - from) / 4);
  if (quarter < PERIODS_MIN * period) {
    smoothRows(bars, result, period, from);
    return;
  }
  smoothQuarters(bars, result, { period, from, quarter });
  for (let seam = 1; seam < 4; seam += 1) mendSeam(bars, result, period, from + seam * quarter);
  smoothRows(bars, result, period, from + 4 * quarter);
}

function smoothRows({ high, low, close }: HighLowClose, result: Float64Array, period: number, from: number) {
  let value = result[from - 1]!;
  for (let i = from; i < result.length; i += 1) {
    value = smoothed(value, trueRange(high[i]!, low[i]!, close[i - 1]!), period);
    result[i] = value;
  }
}

/** Smooths again from a row on, as far as values differ from those that stand. */
function mendSeam({ high, low, close }: HighLowClose, result: Float64Array, period: number, from: number) {
  let value = result[from - 1]!;
  for (let i = from; i < result.length; i += 1) {
    value = smoothed(value, trueRange(high[i]!, low[i]!, close[i - 1]!), period);
    if (value === result[i]) return;
    result[i] = value;
  }
}

type Quarters = { readonly period: number; readonly from: number; readonly quarter: number };

function smoothQuarters(
  { high, low, close }: HighLowClose,
  result: Float64Array,
  { period, from, quarter }: Quarters,
): void {
  let a = result[from - 1]!;
  let b = a;
  let c = a;
  let d = a;
  for (let i = from; i < from + quarter; i += 1) {
    const j = i + quarter;
    const k = j + quarter;
    const l = k + quarter;
    a = smoothed(a, trueRange(high[i]!, low[i]!, close[i - 1]!), period);
    b = smoothed(b, trueRange(high[j]!, low[j]!, close[j - 1]!), period);
    c = smoothed(c, trueRange(high[k]!, low[k]!, close[k - 1]!), period);
    d = smoothed(d, trueRange(high[l]!, low[l]!, close[l - 1]!), period);
    result[i] = a;
    result[j] = b;
    result[k] = c;
    result[l] = d;
  }
}
