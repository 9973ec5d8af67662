/**
 * The one place that makes characters from values: everywhere else a value stays a number in the house unit.
 *
 * No locale and no clock takes part, so the same value gives the same text on every machine.
 */
import type { Cell, Unit } from '../model/page.ts';
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../model/time.ts';
import { utcText } from '../model/utc-text.ts';

/** What stands where there is no value. */
export const NOTHING = '-';

/**
 * A value as a reader sees it.
 *
 * fraction  percent with two digits: 0.1534 is `15.34 %`     rate   percent with four: 0.0001 is `0.0100 %`
 * price     all digits that count, grouped from 10,000 on    money  two decimals, grouped
 * r         two decimals                                     time   `2022-05-12 04:00`, UTC
 */
export function formatCell(unit: Unit, value: Cell): string {
  if (value === null) return NOTHING;
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'time':
      return utcText(value);
    case 'fraction':
      return `${fixed(100 * value, 2)} %`;
    case 'rate':
      return `${fixed(100 * value, 4)} %`;
    case 'price':
    case 'qty':
      return grouped(significant(value, 10));
    case 'money':
      return grouped(fixed(value, 2));
    case 'count':
      return grouped(fixed(value, 0));
    case 'bps':
      return `${fixed(value, 1)} bps`;
    case 'duration':
      return duration(value);
    case 'r':
      return fixed(value, 2);
    case 'ratio':
      return significant(value, 6);
    case 'text':
      return significant(value, 15);
  }
}

/**
 * A number with so many decimals, rounded half away from zero on its shortest decimal text: 0.145 is 0.15 although the
 * double lies below it, as a reader of the printed number expects. Never `-0.00`.
 */
export function fixed(value: number, decimals: number): string {
  const text = plain(Math.abs(value));
  const [whole = '0', fraction = ''] = text.split('.');
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const up = (fraction.charCodeAt(decimals) || 0) >= 0x35;
  const digits = up ? increment(whole + kept) : whole + kept;
  const cut = digits.length - decimals;
  const body = decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return value < 0 && /[1-9]/.test(body) ? `-${body}` : body;
}

/** A number with at most so many significant digits, without an exponent and without trailing zeros. */
export function significant(value: number, digits: number): string {
  const text = plain(Number(value.toPrecision(digits)));
  return value === 0 ? '0' : text;
}

/** The shortest decimal text of a double, without an exponent. */
function plain(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent);
  const digits = whole + fraction;
  const body =
    shift < 0 ? `0.${'0'.repeat(-shift - whole.length)}${digits}` : digits.padEnd(whole.length + shift, '0');
  return negative ? `-${body}` : body;
}

/** One added to a text of digits. */
function increment(digits: string): string {
  const nines = /9*$/.exec(digits)?.[0].length ?? 0;
  const head = digits.slice(0, digits.length - nines);
  const last = head === '' ? '1' : head.slice(0, -1) + String(Number(head.at(-1)) + 1);
  return last + '0'.repeat(nines);
}

/** Commas between thousands, from five digits before the point on. */
function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace('-', '');
  const body = digits.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? body : `${body}.${fraction}`;
}

const steps = [
  ['d', MS_PER_DAY],
  ['h', MS_PER_HOUR],
  ['m', MS_PER_MINUTE],
  ['s', MS_PER_SECOND],
  ['ms', 1],
] as const;

/** `2d 4h`, `15m`, `350ms`: the two largest units that are not zero. */
function duration(ms: number): string {
  let rest = Math.abs(Math.round(ms));
  const parts: string[] = [];
  for (const [name, step] of steps) {
    const count = Math.floor(rest / step);
    rest -= count * step;
    if (count > 0) parts.push(`${count}${name}`);
  }
  const text = parts.slice(0, 2).join(' ') || '0s';
  return ms < 0 ? `-${text}` : text;
}
