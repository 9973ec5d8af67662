/** Rows of a file with a symbol column, one part a symbol in the order in which the symbols first come. */
import { canonicalSymbol } from '../../market/symbol.ts';
import type { CsvColumns } from '../csv/columns.ts';

export type SymbolPart<C extends string> = {
  /** By its canonical name, so that `BTC/USDT` and `BTCUSDT` are one; null where the file has no such column. */
  readonly symbol: string | null;
  readonly part: CsvColumns<C>;
};

/** Faults stand with the first part: a row that could not be read belongs to no symbol for certain. */
export function splitBySymbol<C extends string>(read: CsvColumns<C>): SymbolPart<C>[] {
  const { symbols } = read;
  if (symbols === null) return [{ symbol: null, part: read }];
  const names = new Map([...new Set(symbols)].map((text) => [text, canonicalSymbol(text)] as const));
  const rowsOf = new Map<string, number[]>();
  for (const [row, text] of symbols.entries()) {
    const symbol = names.get(text) ?? text;
    const rows = rowsOf.get(symbol);
    if (rows === undefined) rowsOf.set(symbol, [row]);
    else rows.push(row);
  }
  if (rowsOf.size <= 1) return [{ symbol: [...rowsOf.keys()][0] ?? null, part: read }];
  return [...rowsOf].map(([symbol, rows], i) => ({
    symbol,
    part: takeRows(read, Uint32Array.from(rows), i === 0),
  }));
}

function takeRows<C extends string>(read: CsvColumns<C>, rows: Uint32Array, isFirst: boolean): CsvColumns<C> {
  const columns = {} as Record<C, Float64Array>;
  for (const name of Object.keys(read.columns) as C[]) {
    const from = read.columns[name];
    const to = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) to[i] = from[rows[i]!]!;
    columns[name] = to;
  }
  return {
    length: rows.length,
    columns,
    line: (row) => read.line(rows[row] ?? 0),
    symbols: null,
    faults: isFirst ? read.faults : [],
  };
}
