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

/** The largest of a bar's range and its distances from the close before it; the range alone where there is none. */
export function trueRange(high: number, low: number, previousClose: number): number {
  // The largest of the three differences is the one between these two, to the bit; comparisons with NaN are false, so
  // that without a previous close the range stays.
  const top = previousClose > high ? previousClose : high;
  const bottom = previousClose < low ? previousClose : low;
  return top - bottom;
}

/** Takes one bar and returns the ATR at its close, NaN while warming up. */
export function stepAtr(state: AtrState, high: number, low: number, close: number): number {
  const range = trueRange(high, low, state.previousClose);
  const index = state.count;
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
      state.value = index === 0 ? range : emaStep(state.value, range, state.period);
      return state.value;
  }
}

/** Wilder's smoothing, in the order of operations of TA-Lib. */
function wilderStep(value: number, range: number, period: number): number {
  return (value * (period - 1) + range) / period;
}

function emaStep(value: number, range: number, period: number): number {
  return value + (range - value) * (2 / (period + 1));
}

/** `seen` true ranges came before this one. */
function stepWilder(state: AtrState, range: number, seen: number): number {
  const { period } = state;
  if (seen >= period) {
    state.value = wilderStep(state.value, range, period);
    return state.value;
  }
  state.value += range;
  if (seen < period - 1) return Number.NaN;
  state.value /= period;
  return state.value;
}

function stepMean(state: AtrState, range: number, index: number): number {
  const { period, ring } = state;
  ring[index % period] = range;
  return index < period - 1 ? Number.NaN : meanOf(ring);
}

/** Summed anew for each bar: adding one range and removing another would drift over a long series. */
function meanOf(ranges: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < ranges.length; i += 1) sum += ranges[i]!;
  return sum / ranges.length;
}

/**
 * The ATR at every close.
 *
 * @returns  same length as the columns; NaN before the first value
 * Cost      O(n), O(n * period) for `sma`; allocates the result only
 */
export function atr(bars: HighLowClose, period: number, method: AtrMethod): Float64Array {
  if (method === 'wilder') return wilderColumn(bars, period, 1);
  if (method === 'wilder-tv') return wilderColumn(bars, period, 0);
  const { high, low, close } = bars;
  assert(high.length === close.length && low.length === close.length, 'high, low and close are equally long');
  const result = new Float64Array(close.length);
  const state = createAtr(period, method);
  for (let i = 0; i < close.length; i += 1) result[i] = stepAtr(state, high[i]!, low[i]!, close[i]!);
  return result;
}

/** The steps of `stepWilder` with their state in locals, where an object would cost more than the arithmetic. */
function wilderColumn({ high, low, close }: HighLowClose, period: number, from: number): Float64Array {
  const length = close.length;
  const result = new Float64Array(length);
  const seeded = Math.min(length, from + period);
  let previousClose = from === 1 && length > 0 ? close[0]! : Number.NaN;
  let value = 0;
  for (let i = from; i < seeded; i += 1) {
    value += trueRange(high[i]!, low[i]!, previousClose);
    previousClose = close[i]!;
  }
  result.fill(Number.NaN, 0, seeded);
  if (seeded < from + period) return result;
  value /= period;
  result[seeded - 1] = value;
  for (let i = seeded; i < length; i += 1) {
    value = wilderStep(value, trueRange(high[i]!, low[i]!, previousClose), period);
    previousClose = close[i]!;
    result[i] = value;
  }
  return result;
}
