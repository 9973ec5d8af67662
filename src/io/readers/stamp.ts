/** Time stamps of journals and funding files as milliseconds UTC. */
import { toMilliseconds } from '../../market/epoch.ts';
import { MS_PER_MINUTE } from '../../model/time.ts';

const EPOCH = /^\d+(\.\d+)?$/;
const ISO =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/**
 * An epoch (its unit by magnitude, as in `market/epoch.ts`) or an ISO date with or without a time and
 * a zone; UTC where there is none. Fractions of a millisecond are cut off. `1.67867E+12` is what a spreadsheet leaves
 * of an epoch, and no stamp.
 *
 * @returns milliseconds UTC, NaN where the text is neither
 */
export function stampOf(text: string): number {
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
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
    return Number.NaN;
  const time = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return new Date(time).getUTCDate() === day ? time : Number.NaN;
}

function zoneMs(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * MS_PER_MINUTE;
}
