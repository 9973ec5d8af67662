/**
 * What has happened to a symbol in the last 24 hours, by completed bars alone: the volatility that breakers and fills look
 * at, and the volume.
 *
 *   volatility24h = sqrt( sum of log(close[i] / close[i - 1])^2 over the bars completed in the 24 h up to now )
 *
 * Not annualised (RULES 1.12). Bars longer than a day are scaled to one: volatility by the root of the share, volume by it.
 */
import { MS_PER_DAY } from '../model/time.ts';
import { type Bars, firstAtOrAfter } from './bars.ts';

export type Day = {
  /** sigma[i]: known when bar i closes. A fraction; 0 until a first return is there. */
  readonly sigma: Float64Array;
  /** volume[i]: of the same bars, in the unit of the file. */
  readonly volume: Float64Array;
};

/** Both measures for every bar. O(n): a window of completed bars moves along. */
export function last24h({ time, close, volume, interval }: Bars): Day {
  const rows = time.length;
  const sigma = new Float64Array(rows);
  const traded = new Float64Array(rows);
  const share = Math.min(1, MS_PER_DAY / interval);
  const root = Math.sqrt(share);
  // Prefix sums of squares would lose what is small beside what is old; the window is added up and taken off bar by bar.
  let squares = 0;
  let sum = 0;
  let first = 0;
  for (let i = 0; i < rows; i += 1) {
    squares += squareAt(close, i);
    sum += volume[i]!;
    // A bar counts while its end lies within the 24 h before the end of bar i; the newest one always does.
    while (first < i && time[first]! <= time[i]! - MS_PER_DAY) {
      squares -= squareAt(close, first);
      sum -= volume[first]!;
      first += 1;
    }
    if (first === i) {
      squares = squareAt(close, i);
      sum = volume[i]!;
    }
    sigma[i] = Math.sqrt(Math.max(0, squares)) * root;
    traded[i] = Math.max(0, sum) * share;
  }
  return { sigma, volume: traded };
}

function squareAt(close: Float64Array, row: number): number {
  if (row === 0) return 0;
  const move = Math.log(close[row]! / close[row - 1]!);
  return move * move;
}

/** The last bar that is completed at a moment; -1 where there is none. */
export function lastCompleted({ time, interval }: Bars, moment: number): number {
  const after = firstAtOrAfter(time, moment - interval);
  return after < time.length && time[after]! === moment - interval ? after : after - 1;
}
