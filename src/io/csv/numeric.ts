/**
 * The fast path: bytes of a well-formed numeric file straight into columns of doubles.
 *
 * A number of at most 15 digits is an integer below 2^53 divided by a power of ten up to 10^15: both are exact doubles,
 * so the one rounding of the division gives the nearest double, the same bits as `Number(text)`. Longer ones and
 * exponents go through `Number` itself. Whatever is not expected (a quote, a letter in a column that is needed, a row
 * with another number of fields) ends the fast path; the caller then reads the file anew through csv-parse.
 */
import type { Source } from '../source.ts';
import { createGrowing, type Growing, grown, makeRoom } from './growing.ts';

/** What a field is to the fast path: left out, a number, or a true/false flag read as 1 or 0. */
export type FieldKind = 'skip' | 'number' | 'flag';

export type NumericShape = {
  /** One byte. */
  readonly delimiter: string;
  /** Lines before the first row. */
  readonly skip: number;
  /** One entry a field of a row. */
  readonly kinds: readonly FieldKind[];
};

/** One column for each field that is not skipped, in the order of the fields. */
export type NumericColumns = { readonly columns: readonly Float64Array[]; readonly length: number };

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const DIGITS_EXACT = 15;
/** Longer fields are no numbers that a venue writes; the slow path judges them. */
const NUMBER_LENGTH_MAX = 64;
const powersOfTen = Float64Array.from({ length: DIGITS_EXACT + 1 }, (_, i) => Number(`1e${i}`));
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const SKIP = 0;
const NUMBER = 1;
const FLAG = 2;
const kindCodes: Readonly<Record<FieldKind, number>> = { skip: SKIP, number: NUMBER, flag: FLAG };

/** Where the parser stands; one object a file, so that nothing is allocated a row. */
type Cursor = { at: number; readonly kinds: Uint8Array; readonly delimiter: number; readonly out: Growing };

/** @returns null where the file is not what the fast path reads */
export async function readNumeric(source: Source, shape: NumericShape): Promise<NumericColumns | null> {
  const kinds = Uint8Array.from(shape.kinds, (kind) => kindCodes[kind]);
  const out = createGrowing(kinds.filter((kind) => kind !== SKIP).length, guessRows(source));
  const cursor: Cursor = { at: 0, kinds, delimiter: shape.delimiter.charCodeAt(0), out };
  let rest: Uint8Array = new Uint8Array(0);
  let toSkip = shape.skip;
  for await (const chunk of source.chunks()) {
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    cursor.at = 0;
    while (toSkip > 0 && cursor.at < end) {
      cursor.at = bytes.indexOf(NEWLINE, cursor.at) + 1;
      toSkip -= 1;
    }
    if (!readRows(cursor, bytes, end)) return null;
    rest = bytes.slice(end);
  }
  if (rest.length > 0) {
    const last = joined(rest, Uint8Array.of(NEWLINE));
    cursor.at = 0;
    if (toSkip > 0 || !readRows(cursor, last, last.length)) return null;
  }
  return { columns: grown(out), length: out.length };
}

/** From the size of the file and the lines of its head; a compressed file grows as it comes. */
function guessRows(source: Source): number {
  let lines = 1;
  for (const byte of source.head) if (byte === NEWLINE) lines += 1;
  return (source.size / Math.max(1, source.head.length)) * lines * 1.03;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Reads whole lines up to `end`; false where one of them is not as expected. */
function readRows(cursor: Cursor, bytes: Uint8Array, end: number): boolean {
  while (cursor.at < end) {
    makeRoom(cursor.out);
    if (!readRow(cursor, bytes)) return false;
    cursor.out.length += 1;
  }
  return true;
}

function readRow(cursor: Cursor, bytes: Uint8Array): boolean {
  const { kinds, delimiter } = cursor;
  const { columns, length } = cursor.out;
  const last = kinds.length - 1;
  let at = cursor.at;
  let column = 0;
  for (let field = 0; field <= last; field += 1) {
    const kind = kinds[field]!;
    if (kind === SKIP) {
      let byte = bytes[at]!;
      while (byte !== delimiter && byte !== NEWLINE) {
        if (byte === QUOTE) return false;
        at += 1;
        byte = bytes[at]!;
      }
    } else {
      // The mantissa as an integer; the position of the point is counted, not multiplied in.
      const from = at;
      const negative = bytes[at]! === MINUS;
      if (negative) at += 1;
      let mantissa = 0;
      let digits = 0;
      let decimals = -1;
      for (; ; at += 1) {
        const byte = bytes[at]!;
        const digit = byte - ZERO;
        if (digit >= 0 && digit <= 9) {
          mantissa = mantissa * 10 + digit;
          digits += 1;
          if (decimals >= 0) decimals += 1;
        } else if (byte === DOT && decimals < 0) decimals = 0;
        else break;
      }
      const byte = bytes[at]!;
      const closed = byte === delimiter || byte === NEWLINE || byte === RETURN;
      if (kind === NUMBER && closed && digits > 0 && digits <= DIGITS_EXACT) {
        const value = decimals > 0 ? mantissa / powersOfTen[decimals]! : mantissa;
        columns[column]![length] = negative ? -value : value;
      } else {
        at = endOfField(bytes, from, delimiter);
        const value = kind === NUMBER ? numberIn(bytes, from, at) : flagIn(bytes, from, at);
        if (Number.isNaN(value)) return false;
        columns[column]![length] = value;
      }
      column += 1;
    }
    if (field === last) {
      if (bytes[at]! === RETURN) at += 1;
      if (bytes[at]! !== NEWLINE) return false;
    } else if (bytes[at]! !== delimiter) return false;
    at += 1;
  }
  cursor.at = at;
  return true;
}

function endOfField(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  while (bytes[at]! !== delimiter && bytes[at]! !== NEWLINE && bytes[at]! !== RETURN) at += 1;
  return at;
}

/** NaN where the bytes are no plain decimal number, or one beyond the doubles. */
function numberIn(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > NUMBER_LENGTH_MAX) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(from, to));
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

function flagIn(bytes: Uint8Array, from: number, to: number): number {
  const text = String.fromCharCode(...bytes.subarray(from, to)).toLowerCase();
  if (text === 'true' || text === '1') return 1;
  return text === 'false' || text === '0' ? 0 : Number.NaN;
}
