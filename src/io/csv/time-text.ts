/** Times as CSV files write them: epochs, ISO, CryptoDataDownload's hours, and dates with the year at the end. */
import { MS_PER_HOUR } from '../../model/time.ts';
import { stampOf, utcOf } from '../readers/stamp.ts';

const EPOCH = /^\d+(\.\d+)?$/;
const HOUR_WORDS = /^(\d{4})-(\d{2})-(\d{2}) (\d{1,2})-(AM|PM)$/i;
const YEAR_LAST =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(AM|PM)?)?$/i;

/** What a spreadsheet leaves of an epoch: `1.67867E+12`. */
export const ruinedStamp = /^\d(?:\.\d+)?E\+?\d+$/i;

/** Which of day and month stands first in dates such as 1/2/2021. */
export type DateOrder = 'month-first' | 'day-first';

/**
 * A time as a number: an epoch as it is written (seconds to nanoseconds, told apart by magnitude later), a text as
 * milliseconds UTC.
 *
 * @param order  how dates with the year at the end are read; null where the file has none
 * @returns      NaN where the text is no time
 */
export function readTime(text: string, order: DateOrder | null): number {
  if (EPOCH.test(text)) return Number(text);
  const words = HOUR_WORDS.exec(text);
  if (words !== null) {
    const [, year, month, day, hour, half] = words;
    return utcOf([year, month, day].map(Number)) + hourOf(Number(hour), half) * MS_PER_HOUR;
  }
  const parts = order === null ? null : YEAR_LAST.exec(text);
  return parts === null ? stampOf(text) : yearLast(parts, order === 'day-first');
}

function yearLast(parts: RegExpExecArray, dayFirst: boolean): number {
  const [, first, second, year = '', hour = '0', minute = '0', seconds = '0', half] = parts;
  const [month, day] = dayFirst ? [second, first] : [first, second];
  const century = year.length === 2 ? 2000 : 0;
  const hours = half === undefined ? Number(hour) : hourOf(Number(hour), half);
  return utcOf([century + Number(year), Number(month), Number(day), hours, Number(minute), Number(seconds)]);
}

/** 12-AM is midnight, 12-PM is noon; NaN beyond twelve. */
function hourOf(hour: number, half: string | undefined): number {
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half?.toUpperCase() === 'PM' ? 12 : 0);
}

/** What a column of dates tells of its order. */
export type OrderEvidence = { seen: boolean; monthFirst: boolean; dayFirst: boolean };

/** Takes one more text of the column in: a first part above 12 is a day, and so is a second one. */
export function weighOrder(evidence: OrderEvidence, text: string): void {
  const parts = YEAR_LAST.exec(text);
  if (parts === null) return;
  evidence.seen = true;
  if (Number(parts[1]) > 12) evidence.dayFirst = true;
  if (Number(parts[2]) > 12) evidence.monthFirst = true;
}
