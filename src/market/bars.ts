/**
 * One symbol's bars as columns. Row i covers [time[i], time[i] + interval); `time` is the bar's open.
 *
 * What the data gate let through: time strictly ascending, prices finite and > 0, low <= open, close <= high,
 * volume finite and >= 0 (0 where the source has none).
 */
export type Bars = {
  readonly symbol: string;
  /** Milliseconds. */
  readonly interval: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

/** The first row whose time is at or after `time`; the length where there is none. O(log n). */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
