/** Time is UTC milliseconds since 1970, a number; days begin at 00:00 UTC. */

export const MS_PER_SECOND = 1000;
export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: MS_PER_SECOND,
  m: MS_PER_MINUTE,
  h: MS_PER_HOUR,
  d: MS_PER_DAY,
  w: 7 * MS_PER_DAY,
};

/**
 * Reads `90s`, `15m`, `1h`, `24h`, `1d`, `1w` (a whole or decimal number and a unit) as milliseconds.
 *
 * @returns milliseconds, > 0, or null where the text is no duration
 */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(text.trim());
  if (match === null) return null;
  const ms = Number(match[1]) * (units[match[2] ?? ''] ?? Number.NaN);
  return ms > 0 && Number.isFinite(ms) ? ms : null;
}

/** The UTC day that a time lies in, as a count of days since 1970-01-01. */
export function utcDay(time: number): number {
  return Math.floor(time / MS_PER_DAY);
}

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/**
 * The calendar date of a time in UTC, by the proleptic Gregorian calendar.
 *
 * Source  Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days
 */
export function civilDate(time: number): CivilDate {
  const shifted = utcDay(time) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/**
 * The count of days from 1970-01-01 to a date of the proleptic Gregorian calendar; the inverse of `civilDate`.
 *
 * Source  Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, days_from_civil
 *
 * @returns NaN where the calendar has no such date
 */
export function civilDay({ year, month, day }: CivilDate): number {
  if (!(month >= 1 && month <= 12)) return Number.NaN;
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  // A day that its month does not have would come out as one of the month after it.
  const back = civilDate(days * MS_PER_DAY);
  return back.day === day && back.month === month ? days : Number.NaN;
}

/**
 * The moment of `2022-05-04` or `2022-05-04T12:00:00Z`, as configuration and portfolio files write it.
 *
 * @returns UTC milliseconds, NaN where the text or the calendar has no such moment
 */
export function parseUtc(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z)?$/.exec(text);
  if (match === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const ms = Number((match[7] ?? '0').padEnd(3, '0'));
  const time = (hour || 0) * MS_PER_HOUR + (minute || 0) * MS_PER_MINUTE + (second || 0) * MS_PER_SECOND + ms;
  return civilDay({ year, month, day }) * MS_PER_DAY + time;
}
