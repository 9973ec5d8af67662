/** Trades from any CSV layout: the one way from a file to `RawTicks` for all dialects. */
import type { RawTicks } from '../../market/raw.ts';
import { type ColumnKind, type CsvColumns, readCsv } from '../csv/columns.ts';
import type { CsvLayout } from '../csv/layout.ts';
import type { ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import { sideOf } from './side.ts';
import { splitBySymbol } from './split-symbols.ts';
import { withoutOffset } from './time-offset.ts';

/** `side` is a word (buy, sell), `buyerMaker` a flag; a file has at most one of them. */
export type TickColumn = 'time' | 'price' | 'qty' | 'side' | 'buyerMaker';

export type TickLayout = CsvLayout<TickColumn> & { readonly symbolPlace: number };

const kinds: Readonly<Record<TickColumn, ColumnKind>> = {
  time: 'time',
  price: 'number',
  qty: 'number',
  side: 'word',
  buyerMaker: 'flag',
};

export async function readCsvTicks(
  source: Source,
  layout: TickLayout,
  options: ReadOptions,
): Promise<RawTicks[]> {
  const request = { kinds, wordValue: sideWord, symbolPlace: layout.symbolPlace };
  const read = await readCsv(source, layout, request);
  return splitBySymbol(read).map(({ symbol, part }) => rawTicks(part, symbol, layout, options));
}

/** `ANY` and an empty field say that the source does not know. */
function sideWord(text: string): number | null {
  return text === '' || /^(any|unknown|none|null)$/i.test(text) ? 0 : sideOf(text);
}

function rawTicks(
  { length, columns, line, faults }: CsvColumns<TickColumn>,
  symbol: string | null,
  { places }: TickLayout,
  { timeOffset }: ReadOptions,
): RawTicks {
  return {
    symbol,
    length,
    time: withoutOffset(columns.time, timeOffset),
    price: columns.price,
    qty: columns.qty,
    side: sidesOf(columns, places, length),
    line,
    faults,
    findings: [],
  };
}

/** The taker's side: a buyer that was the maker means that the seller took. */
function sidesOf(
  { side, buyerMaker }: CsvColumns<TickColumn>['columns'],
  places: TickLayout['places'],
  length: number,
): Int8Array {
  if (places.side >= 0) return Int8Array.from(side);
  return places.buyerMaker >= 0
    ? Int8Array.from(buyerMaker, (maker) => (maker === 1 ? -1 : 1))
    : new Int8Array(length);
}
