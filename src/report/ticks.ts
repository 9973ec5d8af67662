/** Round places on an axis: 1, 2 or 5 times a power of ten, and for times and durations what a clock and a calendar count. */
import { assert } from '../model/errors.ts';
import type { Unit } from '../model/page.ts';
import { civilDate, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../model/time.ts';
import { decimalText } from './decimal-text.ts';

export type Ticks = { readonly step: number; readonly values: readonly number[] };

/** The multiples of a round step that lie in [low, high]: `about` of them at most, and one more. */
export function ticksOf(
  unit: Unit,
  range: { readonly low: number; readonly high: number },
  about: number,
): Ticks {
  const { low, high } = range;
  assert(low < high, `an axis ends above its start, was ${low} to ${high}`);
  if (unit === 'time' && (high - low) / about > 14 * MS_PER_DAY) return monthTicks(low, high, about);
  const step = stepOf(unit, (high - low) / about);
  // A tick at the very end must not be lost to the last bit of a quotient.
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => tick(first + i, step));
  return { step, values };
}

/** Beginnings of months, or of every so many months or years, in UTC. */
function monthTicks(low: number, high: number, about: number): Ticks {
  const rough = (high - low) / about / MONTH;
  const months = [1, 2, 3, 6, 12].find((count) => count >= rough) ?? 12 * decimalStep('count', rough / 12);
  const values: number[] = [];
  for (let time = monthStart(low); time <= high; time = monthStart(time + 32 * MS_PER_DAY)) {
    const { year, month } = civilDate(time);
    if (time >= low && (12 * year + month - 1) % months === 0) values.push(time);
  }
  return { step: months * MONTH, values };
}

/** The mean month of the Gregorian calendar. */
const MONTH = 30.436875 * MS_PER_DAY;

function monthStart(time: number): number {
  return (Math.floor(time / MS_PER_DAY) - civilDate(time).day + 1) * MS_PER_DAY;
}

/** The smallest round step that is at least `rough`. */
export function stepOf(unit: Unit, rough: number): number {
  const clock = unit === 'time' || unit === 'duration' ? clockSteps : [];
  return clock.find((step) => step >= rough) ?? decimalStep(unit, rough);
}

function decimalStep(unit: Unit, rough: number): number {
  // Beyond the longest step of the clock days are counted.
  if ((unit === 'time' || unit === 'duration') && rough > MS_PER_DAY)
    return MS_PER_DAY * decimalStep('count', rough / MS_PER_DAY);
  const power = Number(`1e${decimalText(rough).point - 1}`);
  const lead = [1, 2, 5].find((one) => one * power >= rough) ?? 10;
  return tick(lead, power);
}

/** Half days and whole weeks, as one reads them off; below a second decimals do. */
const clockSteps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MS_PER_SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MS_PER_MINUTE),
  ...[1, 2, 3, 4, 6, 12].map((count) => count * MS_PER_HOUR),
  ...[1, 2, 5, 7, 14].map((count) => count * MS_PER_DAY),
];

/** A multiple of the step without the dust of binary fractions. */
function tick(count: number, step: number): number {
  return Number((count * step).toPrecision(12));
}
