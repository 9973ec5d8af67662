/**
 * The fast path: bytes of a well-formed numeric file straight into columns of doubles.
 *
 * A number is an integer divided by a power of ten. Where the integer is below 2^53 and the power at most 10^22 both are
 * exact doubles, so the one rounding of the division gives the nearest double, the same bits as `Number(text)`. Longer
 * ones and exponents go through `Number` itself. Whatever is not expected (a quote, a letter in a column that is needed,
 * a row with another number of fields) ends the fast path; the caller then reads the file anew through csv-parse.
 */

import { CHUNK_BYTES } from '../file-chunks.ts';
import type { Source } from '../source.ts';
import { decimalOf, flagOf } from './cell-text.ts';
import { createGrowing, type Growing, grown, makeRoom } from './growing.ts';
import { epochOf } from './time-text.ts';

/** What a field is to the fast path: left out, an epoch, a number, or a true/false flag read as 1 or 0. */
export type FieldKind = 'skip' | 'time' | 'number' | 'flag';

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
const NINE = 57;
/** Every integer below it is a double. */
const INTEGER_END = 9_007_199_254_740_992;
/** 10^22 is the last power of ten that is a double. */
const DECIMALS_MAX = 22;
/** Longer fields are no numbers that a venue writes; the slow path judges them. */
const NUMBER_LENGTH_MAX = 64;
/** A longer line is no row; without a bound a file without line ends would be held whole. */
const LINE_BYTES_MAX = 1 << 20;
const powersOfTen = Float64Array.from({ length: DECIMALS_MAX + 1 }, (_, i) => Number(`1e${i}`));

const SKIP = 0;
const NUMBER = 1;
const FLAG = 2;
const TIME = 3;
const kindCodes: Readonly<Record<FieldKind, number>> = { skip: SKIP, number: NUMBER, flag: FLAG, time: TIME };

/** Where the parser stands; one object a file, so that nothing is allocated a row. */
type Cursor = {
  at: number;
  /** Lines that are still to be left out before the first row. */
  toSkip: number;
  /** A blank line was passed: only blank lines may follow. */
  isOver: boolean;
  readonly kinds: Uint8Array;
  readonly delimiter: number;
  readonly out: Growing;
};

/** @returns null where the file is not what the fast path reads */
export async function readNumeric(source: Source, shape: NumericShape): Promise<NumericColumns | null> {
  const kinds = Uint8Array.from(shape.kinds, (kind) => kindCodes[kind]);
  const out = createGrowing(kinds.filter((kind) => kind !== SKIP).length, guessRows(source, kinds.length));
  const delimiter = shape.delimiter.charCodeAt(0);
  const cursor: Cursor = { at: 0, toSkip: shape.skip, isOver: false, kinds, delimiter, out };
  let rest: Uint8Array = new Uint8Array(0);
  // One buffer for the whole file: a new one a chunk would pile up until they are collected.
  for await (const chunk of source.chunks(new Uint8Array(CHUNK_BYTES))) {
    // Only the line that lies across two chunks is copied.
    const first = chunk.indexOf(NEWLINE) + 1;
    const line = joined(rest, first === 0 ? chunk : chunk.subarray(0, first));
    if (line.length > LINE_BYTES_MAX) return null;
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (first > 0 && !(readLines(cursor, line, 0) && readLines(cursor, chunk.subarray(0, end), first)))
      return null;
    rest = first === 0 ? line : chunk.slice(end);
  }
  const isRead = rest.length === 0 || readLines(cursor, joined(rest, Uint8Array.of(NEWLINE)), 0);
  return isRead && cursor.toSkip === 0 ? { columns: grown(out), length: out.length } : null;
}

/** From the size of the file and the lines of its head; a compressed file grows as it comes. */
function guessRows({ head, size }: Source, fields: number): number {
  let lines = 1;
  for (const byte of head) if (byte === NEWLINE) lines += 1;
  // No row is shorter than a byte and a delimiter a field, whatever the head is made of.
  return Math.min((size / Math.max(1, head.length)) * lines * 1.03, size / (2 * fields));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Reads the whole lines that `bytes` ends with, from a byte on; false where one of them is not as expected. */
function readLines(cursor: Cursor, bytes: Uint8Array, from: number): boolean {
  const end = bytes.length;
  cursor.at = from;
  for (; cursor.toSkip > 0 && cursor.at < end; cursor.toSkip -= 1) {
    cursor.at = bytes.indexOf(NEWLINE, cursor.at) + 1;
  }
  while (cursor.at < end) {
    const first = bytes[cursor.at]!;
    if (first === NEWLINE || first === RETURN) cursor.isOver = true;
    if (cursor.isOver) return isBlank(bytes, cursor.at);
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
      const from = at;
      const isNegative = bytes[at]! === MINUS;
      if (isNegative) at += 1;
      const start = at;
      let integer = 0;
      let byte = bytes[at]!;
      while (byte >= ZERO && byte <= NINE) {
        integer = integer * 10 + (byte - ZERO);
        at += 1;
        byte = bytes[at]!;
      }
      let digits = at - start;
      let decimals = 0;
      if (byte === DOT) {
        // The position of the point is counted, not multiplied in.
        at += 1;
        const point = at;
        byte = bytes[at]!;
        while (byte >= ZERO && byte <= NINE) {
          integer = integer * 10 + (byte - ZERO);
          at += 1;
          byte = bytes[at]!;
        }
        decimals = at - point;
        digits += decimals;
      }
      const isClosed = byte === delimiter || byte === NEWLINE || byte === RETURN;
      const isExact = digits > 0 && integer < INTEGER_END && decimals <= DECIMALS_MAX;
      const isPlain = kind === NUMBER || (kind === TIME && isPlainEpoch(bytes, from, at));
      if (isClosed && isExact && isPlain) {
        const value = decimals > 0 ? integer / powersOfTen[decimals]! : integer;
        columns[column]![length] = isNegative ? -value : value;
      } else {
        at = endOfField(bytes, from, delimiter);
        const value = valueIn(bytes, { from, to: at }, kind);
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

/** Digits or digits.digits, and no such count of digits as a date without signs has (20210131). */
function isPlainEpoch(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  return bytes[from]! >= ZERO && bytes[to - 1]! !== DOT && length !== 8 && length !== 12 && length !== 14;
}

function endOfField(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  while (bytes[at]! !== delimiter && bytes[at]! !== NEWLINE && bytes[at]! !== RETURN) at += 1;
  return at;
}

function isBlank(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < bytes.length; at += 1)
    if (bytes[at]! !== NEWLINE && bytes[at]! !== RETURN) return false;
  return true;
}

/** By the rules that the slow path has too; NaN where the text is not of its kind. */
function valueIn(
  bytes: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
  kind: number,
): number {
  if (to - from > NUMBER_LENGTH_MAX) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(from, to));
  if (kind === TIME) return epochOf(text);
  return kind === FLAG ? flagOf(text) : decimalOf(text);
}
