/** What the text after a flag may be. A parser says what must hold; the schema of the key holds the rest. */
import { InvalidArgumentError } from 'commander';
import { rangePattern } from '../model/range.ts';
import { parseUtc } from '../model/time.ts';

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A decimal number such as 2, 0.15 or 1e-3. */
export function numberValue(text: string): number {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number such as 2 or 0.15.');
}

/** A whole number of at least `least`, 0 unless told. */
export function wholeValue(least = 0): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}

/** One number as a list of one. */
export function numberAsList(text: string): readonly number[] {
  return [numberValue(text)];
}

/** Numbers with commas between them as a list. */
export function numberList(text: string): readonly number[] {
  return textList(text).map((part) => numberValue(part));
}

/** Numbers with commas between them as a list; a range from:to:step stays the text that it is. */
export function numbersOrRange(text: string): readonly number[] | string {
  if (rangePattern.test(text)) return text;
  return numberList(text);
}

/** Words with commas between them, none of them empty. */
export function textList(text: string): readonly string[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => part !== '')) return parts;
  throw new InvalidArgumentError('It must be a list with commas between its entries.');
}

/** A moment of the calendar as UTC milliseconds. */
export function momentValue(text: string): number {
  const time = parseUtc(text);
  if (!Number.isNaN(time)) return time;
  throw new InvalidArgumentError('It must be a moment such as 2022-05-04 or 2022-05-04T12:00:00Z.');
}
