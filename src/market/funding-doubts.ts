/** What is odd about a funding series as a whole: its digits, its scale, the hours of its settlements. */
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '../model/time.ts';
import type { Finding } from './finding.ts';
import type { Funding } from './funding.ts';

/** Venues publish 8 decimals, the most talkative of them 16; a computed double near 0.0001 carries some 20. */
const DECIMALS_SCALE = 1e16;
/** Half of the settlements at 0.2 % or more: 219 % a year at three a day, which no long file of a venue shows. */
const MEDIAN_RATE_MAX = 0.002;
const ROWS_MIN = 20;

/** The findings `too-precise`, `rate-scale` and `off-grid`, each where it applies to most rows. */
export function doubtsAboutFunding(funding: Funding, line: (row: number) => number | null): Finding[] {
  return [tooPrecise(funding, line), rateScale(funding, line), offGrid(funding, line)].filter(
    (finding) => finding !== null,
  );
}

function tooPrecise({ rate }: Funding, line: (row: number) => number | null): Finding | null {
  const rows: number[] = [];
  for (let i = 0; i < rate.length; i += 1) if (isComputed(rate[i]!)) rows.push(i);
  const [first] = rows;
  if (first === undefined || rows.length * 2 <= rate.length) return null;
  return {
    code: 'too-precise',
    count: rows.length,
    line: line(first),
    example: String(rate[first]),
    consequence: 'the rates are used as they stand; compare them with the venue before relying on them',
  };
}

/** Whether a rate is no decimal of up to 16 places, up to the error of a division by 100. */
function isComputed(rate: number): boolean {
  const nearest = Math.round(rate * DECIMALS_SCALE) / DECIMALS_SCALE;
  return Math.abs(rate - nearest) > Number.EPSILON * Math.abs(rate);
}

function rateScale({ rate }: Funding, line: (row: number) => number | null): Finding | null {
  if (rate.length < ROWS_MIN) return null;
  const sizes = rate.map(Math.abs).sort();
  const median = sizes[Math.floor(sizes.length / 2)]!;
  if (median < MEDIAN_RATE_MAX) return null;
  return {
    code: 'rate-scale',
    count: rate.length,
    line: line(0),
    example: `half of the rates are ${median} or more per settlement`,
    consequence:
      'the rates are read as fractions; where they are percent, funding comes out 100 times too large',
  };
}

/** Settlements lie on multiples of their interval, counted from 00:00 UTC. */
function offGrid({ time, interval }: Funding, line: (row: number) => number | null): Finding | null {
  const shifts = new Map<number, number>();
  for (let i = 0; i < time.length; i += 1) {
    if (MS_PER_DAY % interval[i]! !== 0) continue;
    const shift = time[i]! % interval[i]!;
    shifts.set(shift, (shifts.get(shift) ?? 0) + 1);
  }
  const [shift, count] = [...shifts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  if (shift === 0 || count * 2 <= time.length) return null;
  const offset = Math.round(shift / MS_PER_MINUTE) / (MS_PER_HOUR / MS_PER_MINUTE);
  return {
    code: 'off-grid',
    count,
    line: line(0),
    example: `settlements ${shift / MS_PER_HOUR} h after the multiples of their interval (00:00 UTC, ...)`,
    consequence: `read as UTC; where the file is in local time, --time-offset +${offset}h puts them on the grid`,
  };
}
