/**
 * The fields of a journal row as values. A field that is not what its name says stops its row with a `RowError`, which
 * the reader turns into a fault of that line.
 */
import type { Direction } from '../../market/journal.ts';
import type { RowFault } from '../../market/raw.ts';
import type { ErrorCode } from '../../model/errors.ts';
import type { StampReader } from './stamp-column.ts';

/** Why a row cannot be read; never leaves the reader. */
export class RowError extends Error {
  override readonly name = 'RowError';
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Runs the reading of one row: its value, or the fault of its line. */
export function rowOrFault<T>(line: number | null, read: () => T): T | RowFault {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return { line, code: error.code, message: error.message };
  }
}

/** The texts of a record by column; '' where the file has no such column. */
export function fieldsOf<C extends string>(
  values: readonly string[],
  places: Readonly<Record<C, number>>,
): Readonly<Record<C, string>> {
  const fields = {} as Record<C, string>;
  for (const column of Object.keys(places) as C[]) fields[column] = values[places[column]] ?? '';
  return fields;
}

/** What journals write where they have no value. */
export function isBlank(text: string): boolean {
  return /^(-+|nan|nat|null|none|n\/a|undefined)?$/i.test(text);
}

const LONG = new Set(['long', 'buy', 'b', 'l', '1', '+1', '1.0', 'bull']);
const SHORT = new Set(['short', 'sell', 's', '-1', '-1.0', 'bear']);

export function directionOf(direction: string, isShort: string): Direction {
  const word = direction.toLowerCase();
  if (LONG.has(word)) return 'long';
  if (SHORT.has(word)) return 'short';
  const flag = isShort.toLowerCase();
  if (isBlank(direction) && /^(true|1)$/.test(flag)) return 'short';
  if (isBlank(direction) && /^(false|0)$/.test(flag)) return 'long';
  throw new RowError(
    'ROW_VALUE',
    `direction must be long, short, buy, sell, 1 or -1, was "${direction || isShort}"`,
  );
}

/** How the stamps of a journal are read, and how many milliseconds they are ahead of UTC. */
export type Clock = { readonly read: StampReader; readonly offset: number };

export function timeOf(name: string, text: string, { read, offset }: Clock): number {
  const time = read(text);
  if (!Number.isNaN(time)) return time - offset;
  throw new RowError('ROW_TIME', `${name} must be an epoch or a date and time, was "${text}"`);
}

export function numberOf(name: string, text: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value))
    throw new RowError('ROW_NUMBER', `${name} must be a finite number, was "${text}"`);
  return value;
}

export function priceOf(name: string, text: string): number {
  const price = numberOf(name, text);
  if (!(price > 0)) throw new RowError('ROW_PRICE', `${name} must be above 0, was ${text}`);
  return price;
}

export type Range = { readonly above?: number; readonly from?: number; readonly to?: number };

/** A number that a journal may have or not; undefined where the field is blank. */
export function optional(name: string, text: string, range: Range): number | undefined {
  if (isBlank(text)) return undefined;
  const value = numberOf(name, text);
  const {
    above = Number.NEGATIVE_INFINITY,
    from = Number.NEGATIVE_INFINITY,
    to = Number.POSITIVE_INFINITY,
  } = range;
  if (value > above && value >= from && value <= to) return value;
  throw new RowError('ROW_VALUE', `${name} must be ${rangeText(range)}, was ${text}`);
}

function rangeText({ above, from, to }: Range): string {
  if (above !== undefined) return `above ${above}`;
  return `between ${from} and ${to}`;
}

/** A fee as a fraction of the value that it is charged on, which no venue sets above 1 %; an amount of money is refused rather than believed. */
export const FEE_RANGE: Range = { from: -0.01, to: 0.01 };
