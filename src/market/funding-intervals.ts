/** The intervals between funding settlements, read from their stamps. */
import { MS_PER_HOUR } from '../model/time.ts';

export type IntervalChange = { readonly at: number; readonly from: number; readonly to: number };
export type MissingSettlements = { readonly at: number; readonly count: number };

export type FundingIntervals = {
  /** interval[i] ends at time[i]; the first is taken to be as long as the second. Milliseconds. */
  readonly interval: Float64Array;
  /** By row: the first settlement that came after another wait than the one before. */
  readonly changes: readonly IntervalChange[];
  /** By row: the settlement before which `count` others are missing. */
  readonly gaps: readonly MissingSettlements[];
};

/** No venue waits longer between settlements; a longer wait is a hole, unless the file begins with it. */
const LONGEST = 8 * MS_PER_HOUR;

/**
 * A wait that differs from the one before is a change of the interval where it lasts or is shorter, and a hole where
 * it is a single multiple of it or longer than any venue waits; the interval inside a hole is the one before it.
 *
 * @param time strictly ascending, at least two
 */
export function fundingIntervals(time: Float64Array): FundingIntervals {
  const interval = new Float64Array(time.length);
  const changes: IntervalChange[] = [];
  const gaps: MissingSettlements[] = [];
  let current = firstInterval(time);
  interval[0] = current;
  for (let i = 1; i < time.length; i += 1) {
    const wait = time[i]! - time[i - 1]!;
    const next = i + 1 < time.length ? time[i + 1]! - time[i]! : Number.NaN;
    if (wait !== current && isHole(wait, current, next)) {
      gaps.push({ at: i, count: Math.max(1, Math.round(wait / current) - 1) });
    } else if (wait !== current) {
      changes.push({ at: i, from: current, to: wait });
      current = wait;
    }
    interval[i] = current;
  }
  return { interval, changes, gaps };
}

function firstInterval(time: Float64Array): number {
  const first = time[1]! - time[0]!;
  if (time.length < 3) return first;
  const second = time[2]! - time[1]!;
  return isHole(first, second, second) && first > LONGEST ? second : first;
}

function isHole(wait: number, current: number, next: number): boolean {
  if (wait < current) return false;
  if (wait > LONGEST && current <= LONGEST) return true;
  return wait % current === 0 && wait !== next;
}
