/** What the name of a file says about its content, against the content. */
import { civilDate, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';
import { intervalText } from './interval.ts';
import type { GateSeries } from './series.ts';

const YEAR = /(?<!\d)(20\d\d)(?!\d)/g;
const INTERVAL = /(?<![A-Za-z0-9]|\d\.)(\d{1,3})(s|m|min|h|H|d|D|w|W)(?![A-Za-z0-9])/g;

const unitMs: Readonly<Record<string, number>> = {
  s: MS_PER_SECOND,
  m: MS_PER_MINUTE,
  min: MS_PER_MINUTE,
  h: MS_PER_HOUR,
  d: MS_PER_DAY,
  w: 7 * MS_PER_DAY,
};

/**
 * The finding `name-mismatch`: no year of the name (2000 to 2099) has a bar, or no interval of the name (`15m`, `1h`,
 * `1d`) is that of the stamps. `1M` is a month in some names and a minute in others, and says nothing.
 */
export function nameMismatch({ bars, spacing, line }: GateSeries, file: string): Finding | null {
  const name = file.replace(/^.*[/\\]/, '');
  const doubts = [
    yearDoubt(name, bars.time),
    spacing.isMonthly ? null : intervalDoubt(name, spacing.interval),
  ];
  const said = doubts.filter((doubt) => doubt !== null);
  if (said.length === 0) return null;
  return {
    code: 'name-mismatch',
    count: said.length,
    line: line(0),
    example: said.join('; '),
    consequence: 'the content counts, not the name; check that this is the file you mean',
  };
}

function yearDoubt(name: string, time: Float64Array): string | null {
  const years = [...name.matchAll(YEAR)].map((match) => Number(match[1]));
  if (years.length === 0) return null;
  const from = time[0]!;
  const to = time[time.length - 1]!;
  // A name may give both ends of its span, or the day of the download beside the years of the data.
  const isInside = (year: number): boolean => civilDate(from).year <= year && year <= civilDate(to).year;
  if (years.some(isInside)) return null;
  return `the name says ${years.join(', ')}, the bars run from ${utcText(from)} to ${utcText(to)}`;
}

function intervalDoubt(name: string, interval: number): string | null {
  const stated = [...name.matchAll(INTERVAL)].map(([, count, unit = '']) => {
    return Number(count) * (unitMs[unit.toLowerCase()] ?? Number.NaN);
  });
  if (stated.length === 0 || stated.includes(interval)) return null;
  return `the name says ${stated.map((ms) => intervalText(ms)).join(', ')}, the stamps are ${intervalText(interval)} apart`;
}
