/** CSV bars with a header: the layout from its names, for every dialect that has them. */

import { DataError } from '../../model/errors.ts';
import { delimiterOf, fieldsOf } from '../csv/layout.ts';
import type { Head } from '../head.ts';
import { headOf } from '../head.ts';
import type { Source } from '../source.ts';
import { haveBars, ohlcvColumns, placesOf } from './columns.ts';
import type { BarLayout } from './csv-bars.ts';
import { checkNamedOnce } from './named-once.ts';

const VOLUME = /^volume\b/i;
const IN_QUOTE = /^volume\W*(?:usd|usdt|usdc|busd|tusd|fdusd|dai|eur|gbp|jpy|krw|quote)\b/i;

/**
 * The first line with the names of bars, among the first three; -1 without one. What stands before it may be an address
 * or a title, but no row: a row would be lost.
 */
export function headerLine(head: Head): number {
  const at = head.lines.slice(0, 3).findIndex((line) => haveBars(headerNames(line)));
  const delimiter = delimiterOf(head.lines[at] ?? '');
  const isClear = head.lines.slice(0, Math.max(0, at)).every((line) => line.split(delimiter).length <= 2);
  return isClear ? at : -1;
}

/** The names of a header. An unnamed first column is what pandas writes for its index, and takes the time. */
export function headerNames(line: string): string[] {
  const names = fieldsOf(line);
  const unnamed = names[0] === '' && placesOf(names, ohlcvColumns).time === -1;
  return unnamed ? ['time', ...names.slice(1)] : names;
}

/** @throws DataError FILE_FORMAT where no header names bars */
export function headeredLayout(source: Source, stampIsEnd: boolean | null = null): BarLayout {
  const head = headOf(source);
  const at = headerLine(head);
  if (at === -1) {
    throw new DataError({
      code: 'FILE_FORMAT',
      message:
        'a CSV file of bars must name its columns time, open, high, low and close, was without such a header',
      place: { file: source.path, line: 1 },
      remedy: 'Add the header timestamp,open,high,low,close,volume',
    });
  }
  const line = head.lines[at] ?? '';
  const names = headerNames(line);
  const { symbol, ...places } = placesOf(names, ohlcvColumns);
  checkNamedOnce(names, [symbol, ...Object.values(places)], { file: source.path, line: at + 1 });
  return {
    delimiter: delimiterOf(line),
    skip: at + 1,
    fields: names.length,
    places: places.volume === -1 ? { ...places, volume: volumeByAsset(names) } : places,
    symbolPlace: symbol,
    stampIsEnd,
  };
}

/**
 * `Volume BTC` and `Volume USDT`: the first column whose name begins with volume and that is not in a currency which
 * others are quoted in (some files have the two the other way round); -1 without one.
 */
function volumeByAsset(names: readonly string[]): number {
  const base = names.findIndex((name) => VOLUME.test(name) && !IN_QUOTE.test(name));
  return base === -1 ? names.findIndex((name) => VOLUME.test(name)) : base;
}
