/**
 * The one place that makes characters from a value and its unit: everywhere else a value stays a number in the house unit.
 *
 * time      `2022-05-12 04:00`, UTC              price, qty  up to 8 digits that count, whole digits never cut: 62,000.5
 * fraction  percent, two places: 15.34 %         money       two decimals: -1,234.50
 * rate      percent, four places: 0.0100 %       ratio       up to 6 digits that count: 0.125
 * bps       one decimal: 12.5 bps                r           two decimals: 1.95
 * count     whole: 2,080                         duration    the two largest units: 2d 4h
 * whole     money without cents: -1,234
 *
 * Thousands have commas, from 1,000 on, in every unit. Rounding is half away from zero on the decimal text. A value that
 * is not zero never prints as zero, but for money, whole or not: it gets the first two digits that count. Nothing is `–`; zero has no
 * sign. No locale and no clock takes part.
 */
import { assert } from '../model/errors.ts';
import type { Cell, Unit } from '../model/page.ts';
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../model/time.ts';
import { utcText } from '../model/utc-text.ts';
import { type DecimalText, decimalsOf, decimalText, plainText, rounded, shifted } from './decimal-text.ts';

/** What stands where there is no value. */
export const NOTHING = '–';

/**
 * A value as a reader sees it. Money may be a decimal string, as reports carry it; other texts stand as they are.
 *
 * @throws InvariantError for NaN and Infinity
 */
export function formatCell(unit: Unit, value: Cell): string {
  if (value === null) return NOTHING;
  if (typeof value === 'string')
    return unit === 'text' || !isDecimal(value) ? value : numberText(unit, value);
  assert(Number.isFinite(value), `a value on a page is a finite number, was ${value}`);
  switch (unit) {
    case 'time':
      return utcText(value);
    case 'duration':
      return durationText(value);
    case 'text':
      return String(value === 0 ? 0 : value);
    default:
      return numberText(unit, value);
  }
}

/**
 * The cells of one column. Prices, quantities and ratios get as many decimals as the longest of them has, so that points
 * stand below each other; where that would be more than four, each keeps its own (a column may hold BTC and PEPE).
 */
export function formatColumn(unit: Unit, values: readonly Cell[]): string[] {
  const texts = values.map((value) => formatCell(unit, value));
  if (unit !== 'price' && unit !== 'qty' && unit !== 'ratio') return texts;
  const numbers = values.map((value) => typeof value === 'number' || isDecimal(value ?? ''));
  const decimals = texts.map((text, i) => (numbers[i] ? decimalsIn(text) : 0));
  const most = Math.max(0, ...decimals);
  if (most > ALIGNED_MAX) return texts;
  return texts.map((text, i) => {
    if (!numbers[i]) return text;
    return text + (decimals[i] === 0 && most > 0 ? '.' : '') + '0'.repeat(most - (decimals[i] ?? 0));
  });
}

/** The label of a tick on an axis whose ticks lie `step` apart: as many decimals as the step has, dates without hours. */
export function formatTick(unit: Unit, value: number, step: number): string {
  if (unit === 'time') return tickTime(value, step);
  if (unit === 'duration') return durationText(value);
  const percent = unit === 'fraction' || unit === 'rate';
  const places = percent ? 2 : 0;
  const decimals = decimalsOf(shifted(decimalText(step), places));
  const text = plainText(rounded(shifted(decimalText(value), places), decimals), decimals);
  return percent ? `${text} %` : unit === 'bps' ? `${text} bps` : text;
}

const ALIGNED_MAX = 4;

function isDecimal(value: Cell): boolean {
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value);
}

function numberText(unit: Unit, value: number | string): string {
  const decimal = decimalText(value);
  switch (unit) {
    case 'fraction':
      return `${visible(shifted(decimal, 2), 2)} %`;
    case 'rate':
      return `${visible(shifted(decimal, 2), 4)} %`;
    case 'bps':
      return `${visible(decimal, 1)} bps`;
    case 'money':
      return plainText(rounded(decimal, 2), 2);
    case 'whole':
      return plainText(rounded(decimal, 0));
    case 'r':
      return visible(decimal, 2);
    case 'count':
      return decimalsOf(decimal) === 0 ? plainText(decimal) : visible(decimal, 2);
    case 'ratio':
      return significant(decimal, 6);
    default:
      return significant(decimal, 8);
  }
}

/** So many decimals; more where a value that is not zero would look like zero. */
function visible(decimal: DecimalText, decimals: number): string {
  const text = rounded(decimal, decimals);
  return text.digits === '' && decimal.digits !== '' ? significant(decimal, 2) : plainText(text, decimals);
}

/** At most so many digits that count; digits before the point are never cut. */
function significant(decimal: DecimalText, digits: number): string {
  return plainText(rounded(decimal, Math.max(0, digits - decimal.point)));
}

function decimalsIn(text: string): number {
  const point = text.indexOf('.');
  return point === -1 ? 0 : text.length - point - 1;
}

/** `2022-05` where months are counted, `2022-05-12` where days are, else `05-12 04:00`. */
function tickTime(value: number, step: number): string {
  const text = utcText(value);
  if (step >= 28 * MS_PER_DAY) return text.slice(0, 7);
  return step >= MS_PER_DAY ? text.slice(0, 10) : text.slice(5);
}

const durationUnits = [
  ['d', MS_PER_DAY],
  ['h', MS_PER_HOUR],
  ['m', MS_PER_MINUTE],
  ['s', MS_PER_SECOND],
  ['ms', 1],
] as const;

/**
 * `2d 4h`, `24h`, `15m`, `350ms`: the largest unit and the one below it. Whole hours
 * below two days stay hours, as people say it. What lies below the second unit is rounded, so that 59m 59s 999ms is 1h.
 */
function durationText(ms: number): string {
  const size = Math.round(Math.abs(ms));
  const text = size === 0 ? '0s' : durationParts(size);
  return ms < 0 && size > 0 ? `-${text}` : text;
}

function durationParts(size: number): string {
  if (size < 2 * MS_PER_DAY && size % MS_PER_HOUR === 0) return `${size / MS_PER_HOUR}h`;
  const first = Math.max(
    0,
    durationUnits.findIndex(([, length]) => size >= length),
  );
  const [name, length] = durationUnits[first] ?? durationUnits[0];
  const second = durationUnits[first + 1];
  if (second === undefined) return `${size}${name}`;
  const whole = Math.round(size / second[1]) * second[1];
  // Rounding may fill the next larger unit.
  const larger = durationUnits[first - 1];
  if (larger !== undefined && whole >= larger[1]) return durationParts(whole);
  const rest = Math.round((whole % length) / second[1]);
  const head = `${plainText(decimalText(Math.floor(whole / length)))}${name}`;
  return rest === 0 ? head : `${head} ${rest}${second[0]}`;
}
