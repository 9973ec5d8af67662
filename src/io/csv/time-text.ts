/** Times as CSV files write them: epochs, ISO, compact dates, CryptoDataDownload's hours, dates with the year last. */
import { MS_PER_HOUR } from '../../model/time.ts';
import { compactDate, stampOf, utcOf } from '../readers/stamp.ts';

const EPOCH = /^\d+(\.\d+)?$/;
const SCIENTIFIC = /^\d(?:\.(\d+))?E\+?(\d+)$/i;
const HOUR_WORDS = /^(\d{4})-(\d{2})-(\d{2}) (\d{1,2})-(AM|PM)$/i;
const YEAR_LAST =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(AM|PM)?)?$/i;
/** Milliseconds of dates before 3 March 1973 would be taken for seconds of a later day. */
const TEXT_TIME_MIN = 1e11;
/** No market of ours is older than 2009; smaller years of two digits are days of dates that begin with the year. */
const SHORT_YEAR_MIN = 9;
const SHORT_YEAR_MAX = 68;

/** Whether a text is what a spreadsheet leaves of an epoch: `1.67867E+12`, with fewer digits than the number has. */
export function isRuinedStamp(text: string): boolean {
  const match = SCIENTIFIC.exec(text);
  return match !== null && (match[1] ?? '').length < Number(match[2]);
}

/** An epoch as it is written, in seconds to nanoseconds; NaN for any other text, and where digits are cut off. */
export function epochOf(text: string): number {
  if (EPOCH.test(text)) return compactDate.test(text) ? Number.NaN : Number(text);
  return SCIENTIFIC.test(text) && !isRuinedStamp(text) ? Number(text) : Number.NaN;
}

/** Which of day and month stands first in dates such as 1/2/2021. */
export type DateOrder = 'month-first' | 'day-first';

/**
 * A time as a number: an epoch as it is written (its unit is told by magnitude later), a text as milliseconds UTC.
 *
 * @param order  how dates with the year at the end are read; null where the file has none
 * @returns      NaN where the text is no time, or one before 1973-03-03
 */
export function readTime(text: string, order: DateOrder | null): number {
  const epoch = epochOf(text);
  if (!Number.isNaN(epoch)) return epoch;
  const time = textTime(text, order);
  return time >= TEXT_TIME_MIN ? time : Number.NaN;
}

function textTime(text: string, order: DateOrder | null): number {
  const words = HOUR_WORDS.exec(text);
  if (words !== null) {
    const [, year, month, day, hour, half] = words;
    return utcOf([year, month, day].map(Number)) + hourOf(Number(hour), half) * MS_PER_HOUR;
  }
  const parts = order === null ? null : YEAR_LAST.exec(text);
  return parts === null ? stampOf(text) : yearLast(parts, order === 'day-first');
}

function yearLast(parts: RegExpExecArray, isDayFirst: boolean): number {
  const [, first, sign = '', second, yearText = '', hour = '0', minute = '0', seconds = '0'] = parts;
  const [fraction = '', half] = parts.slice(8);
  const [month, day] = isDayFirst ? [second, first] : [first, second];
  const hours = half === undefined ? Number(hour) : hourOf(Number(hour), half);
  const year = yearText.length === 2 ? shortYear(Number(yearText), sign) : Number(yearText);
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return utcOf([year, Number(month), Number(day), hours, Number(minute), Number(seconds)], ms);
}

/** With hyphens, two digits may as well be a day behind a year of two digits: 21-02-13 is no date. */
function shortYear(year: number, sign: string): number {
  return sign === '-' || year < SHORT_YEAR_MIN || year > SHORT_YEAR_MAX ? Number.NaN : 2000 + year;
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
  if (Number(parts[3]) > 12) evidence.monthFirst = true;
}
