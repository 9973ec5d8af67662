/**
 * The market regime of RULES 1.11, from completed bars alone.
 *
 * Volatility of a bar is the root of the sum of the squared log returns of the 24 bars that end with it, the form of
 * `volatility24h`; efficiency is Kaufman's ratio, |close - close 24 bars before| over the sum of the 24 absolute moves.
 */
import { MS_PER_DAY } from '../model/time.ts';
import { type Bars, firstAtOrAfter } from './bars.ts';

export const regimes = ['trending', 'choppy', 'volatile', 'stable'] as const;

export type Regime = (typeof regimes)[number];

const BARS = 24;
const HISTORY = 90 * MS_PER_DAY;
const HIGH = 0.9;
const LOW = 0.2;
const EFFICIENT = 0.3;

/**
 * The squared volatility of every bar: the sum of the squared log returns of the 24 bars that end with it, NaN for the
 * first 24 bars of a segment, since a return over a long hole is no volatility.
 *
 * @param starts  the first rows of the segments, ascending (`segmentStarts`)
 *
 * Cost  O(24 n): summed anew for each bar, because a running sum would keep the rounding of a crash long after it has left
 */
export function volatilitySquares({ close }: Bars, starts: Int32Array): Float64Array {
  const squares = new Float64Array(close.length);
  for (let i = 1; i < close.length; i += 1) {
    const change = Math.log(close[i]! / close[i - 1]!);
    squares[i] = change * change;
  }
  const sums = new Float64Array(close.length).fill(Number.NaN);
  for (let segment = 0; segment < starts.length; segment += 1) {
    const end = segment + 1 < starts.length ? starts[segment + 1]! : close.length;
    for (let row = starts[segment]! + BARS; row < end; row += 1) {
      let sum = 0;
      for (let i = row - BARS + 1; i <= row; i += 1) sum += squares[i]!;
      sums[row] = sum;
    }
  }
  return sums;
}

/**
 * The regime as it is known when bar `row` closes.
 *
 *   volatile  volatility above its 90th percentile of the bars of the last 90 days, this bar included
 *   stable    below the 20th
 *   trending  else, where efficiency >= 0.3
 *   choppy    else
 *
 * @param volatility  of the same bars, by `volatilitySquares`: squares have the order of their roots
 * @returns null while the 90 days are not full
 *
 * Cost  O(bars in 90 days): 2,160 for 1h, 129,600 for 1m
 */
export function regimeAt(bars: Bars, volatility: Float64Array, row: number): Regime | null {
  const { time, close, interval } = bars;
  const oldest = firstAtOrAfter(time, time[row]! + interval - HISTORY);
  // Before the history is full the first bar of the series is the oldest, and it has no volatility.
  const now = volatility[row]!;
  let below = 0;
  let upTo = 0;
  for (let i = oldest; i <= row; i += 1) {
    const then = volatility[i]!;
    if (Number.isNaN(then)) return null;
    if (then < now) below += 1;
    if (then <= now) upTo += 1;
  }
  const count = row - oldest + 1;
  if (isAboveQuantile(below, count, HIGH)) return 'volatile';
  if (isBelowQuantile(upTo, count, LOW)) return 'stable';
  return efficiency(close, row) >= EFFICIENT ? 'trending' : 'choppy';
}

/**
 * Whether a value of a sample is above its R-7 quantile, from the number of smaller values. The quantile lies between
 * two neighbours of the sorted sample, so a value of the sample exceeds it where it exceeds the lower of them.
 */
function isAboveQuantile(below: number, count: number, p: number): boolean {
  return below > Math.floor((count - 1) * p);
}

/** The same for below, from the number of values that are not larger. */
function isBelowQuantile(upTo: number, count: number, p: number): boolean {
  const h = (count - 1) * p;
  return upTo <= Math.ceil(h);
}

function efficiency(close: Float64Array, row: number): number {
  let path = 0;
  for (let i = row - BARS + 1; i <= row; i += 1) path += Math.abs(close[i]! - close[i - 1]!);
  return path === 0 ? 0 : Math.abs(close[row]! - close[row - BARS]!) / path;
}
