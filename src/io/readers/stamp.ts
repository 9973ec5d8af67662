/** Time stamps of journals and funding files as milliseconds UTC. */
import { toMilliseconds } from '../../market/epoch.ts';
import { civilDay, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../../model/time.ts';

const EPOCH = /^\d+(\.\d+)?$/;
const ISO =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** `20210131`, `202101311530`, `20210131153000`: digits that would otherwise be epochs of 1970, 1976 and 2610. */
export const compactDate =
  /^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?: ?([01]\d|2[0-3]):?([0-5]\d)(?::?([0-5]\d))?)?$/;

/**
 * An epoch (its unit by magnitude, as in `market/epoch.ts`), an ISO date with or without a time and a zone, or a date in
 * digits alone; UTC where there is no zone. Fractions of a millisecond are cut off. `1.67867E+12` is what a spreadsheet
 * leaves of an epoch, and no stamp.
 *
 * @returns milliseconds UTC, NaN where the text is neither
 */
export function stampOf(text: string): number {
  const compact = compactDate.exec(text);
  if (compact !== null) return utcOf(compact.slice(1).map((part) => Number(part ?? 0)));
  if (EPOCH.test(text)) return toMilliseconds(Float64Array.of(Number(text))).time[0] ?? Number.NaN;
  const match = ISO.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = ''] = match;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return utcOf([year, month, day, hour, minute, second].map(Number), ms) - zoneMs(zone);
}

/** Milliseconds of a date and time of day; NaN where the calendar has no such moment. */
export function utcOf(parts: readonly number[], ms = 0): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const days = civilDay({ year, month, day });
  return days * MS_PER_DAY + hour * MS_PER_HOUR + minute * MS_PER_MINUTE + second * MS_PER_SECOND + ms;
}

function zoneMs(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * MS_PER_MINUTE;
}
