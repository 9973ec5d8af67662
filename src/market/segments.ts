/** Where a series is cut: bars on the two sides of a long hole say nothing about each other. */
import type { Bars } from './bars.ts';

/**
 * The first rows of the segments of a series. A distance of more than `maxGap` intervals between two opens begins a
 * new one; up to it the hole is bridged (RULES 1.3). A symbol that comes back as another asset does so after such a
 * hole, so that it is cut there as well.
 *
 * @param maxGap  intervals, >= 1; 3 bridges two missing bars and splits at three
 * @returns ascending, begins with 0; empty for a series without bars
 */
export function segmentStarts({ time, interval }: Bars, maxGap: number): Int32Array {
  if (time.length === 0) return new Int32Array(0);
  const starts = [0];
  const longest = maxGap * interval;
  for (let i = 1; i < time.length; i += 1) {
    if (time[i]! - time[i - 1]! > longest) starts.push(i);
  }
  return Int32Array.from(starts);
}
