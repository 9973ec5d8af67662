/** Stamps that are the ends of bars, moved back to their opens. */
import { civilDate, MS_PER_DAY, MS_PER_MINUTE, MS_PER_SECOND } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';
import { isMonthEnd, type Spacing } from './interval.ts';

export type StampsOption = 'auto' | 'open' | 'close';

/** Why the stamps count as ends, in words; null where they are opens. */
export function reasonForEnds(
  time: Float64Array,
  spacing: Spacing,
  { stamps, stampIsEnd }: { readonly stamps: StampsOption; readonly stampIsEnd: boolean | null },
): string | null {
  if (stamps !== 'auto') return stamps === 'close' ? '--stamps close' : null;
  if (stampIsEnd !== null) return stampIsEnd ? 'the dialect stamps a bar by its end' : null;
  const half = time.length / 2;
  if (spacing.isMonthly) {
    return countWhere(time, isMonthEnd) > half ? 'the stamps are the last days of months' : null;
  }
  if (spacing.interval < MS_PER_MINUTE) return null;
  return countWhere(time, isJustBeforeMinute) > half
    ? 'the stamps are the last second or millisecond of a bar'
    : null;
}

/**
 * The opens of bars whose ends are given: the end, or the minute that it stands just before, less the interval; of a
 * month its first day.
 */
export function opensFromEnds(time: Float64Array, { interval, isMonthly }: Spacing): Float64Array {
  if (isMonthly) return time.map(monthOf);
  return time.map((end) => (interval < MS_PER_MINUTE ? end : wholeMinute(end)) - interval);
}

/** The finding `bar-end-stamps`. */
export function barEndStamps(
  ends: Float64Array,
  opens: Float64Array,
  reason: string,
  line: number | null,
): Finding {
  return {
    code: 'bar-end-stamps',
    count: ends.length,
    line,
    example: `${utcText(ends[0]!)} is the bar that opens at ${utcText(opens[0]!)} (${reason})`,
    consequence: 'every stamp was moved back to the open of its bar',
  };
}

/** The first day of the month that a bar's end belongs to: an end at 00:00 of the first day closes the month before. */
function monthOf(end: number): number {
  const inside = end - 1;
  const day = Math.floor(inside / MS_PER_DAY);
  return (day - civilDate(inside).day + 1) * MS_PER_DAY;
}

function isJustBeforeMinute(time: number): boolean {
  const after = time % MS_PER_MINUTE;
  return after === MS_PER_MINUTE - MS_PER_SECOND || after === MS_PER_MINUTE - 1;
}

function wholeMinute(time: number): number {
  return isJustBeforeMinute(time) ? Math.ceil(time / MS_PER_MINUTE) * MS_PER_MINUTE : time;
}

function countWhere(time: Float64Array, test: (time: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < time.length; i += 1) if (test(time[i]!)) count += 1;
  return count;
}
