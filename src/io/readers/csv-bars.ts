/** Bars from any CSV layout: the one way from a file to `RawBars` for all dialects. */
import type { RawBars } from '../../market/raw.ts';
import { type CsvColumns, readCsv } from '../csv/columns.ts';
import type { CsvLayout } from '../csv/layout.ts';
import type { ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import { splitBySymbol } from './split-symbols.ts';
import { withoutOffset } from './time-offset.ts';

export type BarColumn = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume';

export type BarLayout = CsvLayout<BarColumn> & {
  readonly symbolPlace: number;
  /** The dialect is known to stamp bars by their end, or is known not to; null where it is not known. */
  readonly stampIsEnd: boolean | null;
};

const kinds = {
  time: 'time',
  open: 'number',
  high: 'number',
  low: 'number',
  close: 'number',
  volume: 'number',
} as const;

export async function readCsvBars(
  source: Source,
  layout: BarLayout,
  options: ReadOptions,
): Promise<RawBars[]> {
  const { symbolPlace, stampIsEnd } = layout;
  const request = { kinds, wordValue: () => null, symbolPlace };
  const read = await readCsv(source, layout, request);
  return splitBySymbol(read).map(({ symbol, part }) => rawBars(part, symbol, options, stampIsEnd));
}

function rawBars(
  { length, columns, line, faults }: CsvColumns<BarColumn>,
  symbol: string | null,
  { timeOffset }: ReadOptions,
  stampIsEnd: boolean | null,
): RawBars {
  return {
    ...columns,
    symbol,
    length,
    time: withoutOffset(columns.time, timeOffset),
    line,
    faults,
    findings: [],
    stampIsEnd,
  };
}
