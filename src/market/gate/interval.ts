/** The interval of a series, told from its stamps: the most frequent distance, or a calendar month. */
import { DataError } from '../../model/errors.ts';
import { civilDate, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../../model/time.ts';

/**
 * A calendar month as an interval. It is the longest, so that the bar of a month is never taken for complete before
 * the month is over; in shorter months a bar reaches up to three days into the next one.
 */
export const MONTH = 31 * MS_PER_DAY;

export type Spacing = {
  /** Milliseconds. */
  readonly interval: number;
  readonly isMonthly: boolean;
};

/** Lengths of bars that a single distance is believed to be. */
const USUAL = [
  ...[1, 5, 10, 15, 30].map((count) => count * MS_PER_SECOND),
  ...[1, 3, 5, 10, 15, 30].map((count) => count * MS_PER_MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => count * MS_PER_HOUR),
  ...[1, 3, 7].map((count) => count * MS_PER_DAY),
];

/**
 * The most frequent distance between neighbours, the shorter of equals. It must occur twice, or be a usual length
 * where there are only two rows.
 *
 * @param time      strictly ascending
 * @param declared  the interval where the caller knows it
 * @throws DataError INTERVAL where no distance tells it
 */
export function spacingOf(time: Float64Array, file: string, declared?: number): Spacing {
  if (declared !== undefined) return { interval: declared, isMonthly: false };
  if (isMonthly(time)) return { interval: MONTH, isMonthly: true };
  const counts = new Map<number, number>();
  for (let i = 1; i < time.length; i += 1) {
    const distance = time[i]! - time[i - 1]!;
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  let interval = 0;
  let most = 0;
  for (const [distance, count] of counts) {
    if (count < most || (count === most && distance > interval)) continue;
    interval = distance;
    most = count;
  }
  if (most >= 2 || (most === 1 && time.length === 2 && USUAL.includes(interval))) {
    return { interval, isMonthly: false };
  }
  const rows = time.length === 1 ? 'one row' : `${time.length} rows with ${counts.size} different distances`;
  throw new DataError({
    code: 'INTERVAL',
    message: `bars must repeat one interval, was ${rows}`,
    place: { file },
    remedy: 'Give a file with more rows of one interval',
  });
}

/** Calendar months from one stamp to a later one on the same day of the month, or on the last; null otherwise. */
export function monthsBetween(from: number, to: number): number | null {
  const a = civilDate(from);
  const b = civilDate(to);
  if (a.day !== b.day && !(isMonthEnd(from) && isMonthEnd(to))) return null;
  return (b.year - a.year) * 12 + b.month - a.month;
}

/** Whether a stamp lies on the last day of its month. */
export function isMonthEnd(time: number): boolean {
  return civilDate(time + MS_PER_DAY).day === 1;
}

/** Bars between two neighbours that are not there. */
export function missingBetween(from: number, to: number, { interval, isMonthly }: Spacing): number {
  const months = isMonthly ? (monthsBetween(from, to) ?? Math.round((to - from) / (MS_PER_DAY * 30.44))) : 0;
  const steps = isMonthly ? months : Math.round((to - from) / interval);
  return Math.max(0, steps - 1);
}

function isMonthly(time: Float64Array): boolean {
  let months = 0;
  for (let i = 1; i < time.length; i += 1) {
    const distance = time[i]! - time[i - 1]!;
    if (distance < 28 * MS_PER_DAY || distance > MONTH) continue;
    if (monthsBetween(time[i - 1]!, time[i]!) === 1) months += 1;
  }
  return time.length > 2 && months * 2 > time.length - 1;
}

/** `15m`, `1h`, `1d`, `1 month`: an interval in the longest unit that it is a whole number of. */
export function intervalText(interval: number, isMonthly = false): string {
  if (isMonthly) return '1 month';
  const units = [
    ['d', MS_PER_DAY],
    ['h', MS_PER_HOUR],
    ['m', MS_PER_MINUTE],
    ['s', MS_PER_SECOND],
  ] as const;
  const unit = units.find(([, ms]) => interval % ms === 0);
  return unit === undefined ? `${interval}ms` : `${interval / unit[1]}${unit[0]}`;
}
