/** A CSV file as columns of doubles: by the fast path where the file is plain, through csv-parse where it is not. */
import type { RowFault } from '../../market/raw.ts';
import { DataError } from '../../model/errors.ts';
import type { Source } from '../source.ts';
import { decimalOf, flagOf } from './cell-text.ts';
import { createGrowing, type Growing, grown, makeRoom } from './growing.ts';
import { type CsvLayout, fieldsOf } from './layout.ts';
import { type FieldKind, readNumeric } from './numeric.ts';
import { eachRecord } from './text.ts';
import { type DateOrder, isRuinedStamp, type OrderEvidence, readTime, weighOrder } from './time-text.ts';

/** How a column is read. A `flag` is true/false as 1/0; a `word` is a text that `wordValue` turns into a number. */
export type ColumnKind = 'time' | 'number' | 'flag' | 'word';

export type ColumnRequest<C extends string> = {
  readonly kinds: Readonly<Record<C, ColumnKind>>;
  /** The number that a text of a `word` column stands for; null where it stands for none. */
  readonly wordValue: (text: string) => number | null;
  /** The field of the symbol, -1 where the file has none. */
  readonly symbolPlace: number;
};

export type CsvColumns<C extends string> = {
  readonly length: number;
  readonly columns: Readonly<Record<C, Float64Array>>;
  readonly line: (row: number) => number;
  /** The symbol of each row; null where the file has no such column. */
  readonly symbols: readonly string[] | null;
  readonly faults: readonly RowFault[];
};

/** Columns that the file does not have come out as zeros. */
export async function readCsv<C extends string>(
  source: Source,
  layout: CsvLayout<C>,
  request: ColumnRequest<C>,
): Promise<CsvColumns<C>> {
  return (await readPlain(source, layout, request)) ?? (await readAny(source, layout, request));
}

/** The fast path; null where the file is not plain enough for it. */
export async function readPlain<C extends string>(
  source: Source,
  { delimiter, skip, fields, places }: CsvLayout<C>,
  { kinds, symbolPlace }: ColumnRequest<C>,
): Promise<CsvColumns<C> | null> {
  const names = (Object.keys(places) as C[]).filter((name) => places[name] >= 0);
  if (symbolPlace >= 0) return null;
  const shape = new Array<FieldKind>(fields).fill('skip');
  for (const name of names) {
    const kind: ColumnKind = kinds[name];
    if (kind === 'word') return null;
    shape[places[name]] = kind;
  }
  const read = await readNumeric(source, { delimiter, skip, kinds: shape });
  if (read === null) return null;
  const inOrder = [...names].sort((a, b) => places[a] - places[b]);
  const columns = zeros(places, read.length);
  for (const [i, name] of inOrder.entries()) columns[name] = read.columns[i] ?? columns[name];
  return { length: read.length, columns, line: (row) => row + skip + 1, symbols: null, faults: [] };
}

function zeros<C extends string>(
  places: Readonly<Record<C, number>>,
  length: number,
): Record<C, Float64Array> {
  const empty = {} as Record<C, Float64Array>;
  // One array serves all columns that the file does not have.
  const zero = new Float64Array(Object.values(places).includes(-1) ? length : 0);
  for (const name of Object.keys(places) as C[]) empty[name] = zero;
  return empty;
}

type Reading<C extends string> = {
  readonly layout: CsvLayout<C>;
  readonly request: ColumnRequest<C>;
  readonly names: readonly C[];
  readonly order: DateOrder | null;
  /** One column for each name, and the lines behind them. */
  readonly rows: Growing;
  readonly symbols: string[];
  readonly faults: RowFault[];
  /** Values of the row in hand. */
  readonly row: Float64Array;
};

/** The slow path. */
export async function readAny<C extends string>(
  source: Source,
  layout: CsvLayout<C>,
  request: ColumnRequest<C>,
): Promise<CsvColumns<C>> {
  const names = (Object.keys(layout.places) as C[]).filter((name) => layout.places[name] >= 0);
  const reading: Reading<C> = {
    layout,
    request,
    names,
    order: await dateOrder(source, layout, request),
    rows: createGrowing(names.length + 1, 1024),
    symbols: [],
    faults: [],
    row: new Float64Array(names.length),
  };
  let last = { line: layout.skip, fields: 0 };
  const { closed } = await eachRecord(source, layout, ({ line, fields }) => {
    if (line > last.line + 1) checkOneLine(fields, { file: source.path, line: last.line + 1 });
    last = { line, fields: fields.length };
    addRecord(reading, line, fields);
  });
  if (!closed && last.fields < layout.fields) markCut(reading.faults, last.line, layout.fields);
  const all = grown(reading.rows);
  const lines = all.at(-1) ?? new Float64Array(0);
  const columns = zeros(layout.places, reading.rows.length);
  for (const [i, name] of names.entries()) columns[name] = all[i] ?? columns[name];
  return {
    length: reading.rows.length,
    columns,
    line: (row) => lines[row] ?? 0,
    symbols: request.symbolPlace < 0 ? null : reading.symbols,
    faults: reading.faults,
  };
}

/**
 * No cell of market data has a line break. A quote too many makes one cell of all lines up to the next quote, and they
 * would be lost as a single row.
 *
 * @throws DataError FILE_FORMAT
 */
function checkOneLine(
  fields: readonly string[],
  place: { readonly file: string; readonly line: number },
): void {
  const breaks = fields.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
  if (breaks === 0) return;
  throw new DataError({
    code: 'FILE_FORMAT',
    message: `a row must stand on one line, was one of ${breaks + 1} lines inside quotes`,
    place,
    remedy: 'Remove the quote that is too many, or the line breaks',
  });
}

/** The last row was ragged because the file ends in the middle of it. */
function markCut(faults: RowFault[], line: number, fields: number): void {
  const at = faults.findIndex((fault) => fault.line === line);
  if (at === -1) return;
  const message = `the last line must have ${fields} fields, was cut off before its end`;
  faults[at] = { line, code: 'ROW_CUT', message };
}

function addRecord<C extends string>(reading: Reading<C>, line: number, fields: readonly string[]): void {
  const { layout, request, names, order, rows, faults, row } = reading;
  if (fields.length !== layout.fields) {
    const message = `a row must have ${layout.fields} fields, was ${fields.length}`;
    faults.push({ line, code: 'ROW_RAGGED', message });
    return;
  }
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i]!;
    const text = fields[layout.places[name]] ?? '';
    const value = cellValue(text, request.kinds[name], order, request.wordValue);
    if (Number.isNaN(value)) {
      faults.push(faultOf(line, { name, kind: request.kinds[name] }, text));
      return;
    }
    row[i] = value;
  }
  if (request.symbolPlace >= 0) {
    const symbol = fields[request.symbolPlace] ?? '';
    if (!/[\p{L}\p{N}]/u.test(symbol)) {
      faults.push({ line, code: 'SYMBOL_UNKNOWN', message: `a symbol must have letters, was "${symbol}"` });
      return;
    }
    // The text of the row before is kept for the same symbol, not one more copy of it.
    const before = reading.symbols.at(-1);
    reading.symbols.push(symbol === before ? before : symbol);
  }
  makeRoom(rows);
  for (let i = 0; i < names.length; i += 1) rows.columns[i]![rows.length] = row[i]!;
  rows.columns[names.length]![rows.length] = line;
  rows.length += 1;
}

function cellValue(
  text: string,
  kind: ColumnKind,
  order: DateOrder | null,
  wordValue: (text: string) => number | null,
): number {
  switch (kind) {
    case 'time':
      return readTime(text, order);
    case 'number':
      return decimalOf(text);
    case 'flag':
      return flagOf(text);
    case 'word':
      return wordValue(text) ?? Number.NaN;
  }
}

function faultOf(
  line: number,
  column: { readonly name: string; readonly kind: ColumnKind },
  text: string,
): RowFault {
  const was = `was "${text.slice(0, 40)}"`;
  if (column.kind !== 'time') {
    const rule = { number: 'a finite number', flag: 'true or false', word: 'buy or sell' }[column.kind];
    const code = column.kind === 'number' ? 'ROW_NUMBER' : 'ROW_VALUE';
    return { line, code, message: `${column.name} must be ${rule}, ${was}` };
  }
  const message = isRuinedStamp(text)
    ? `a time stamp must have all of its digits, ${was}: a spreadsheet has cut them off`
    : `a time must be an epoch, or a date since March 1973 with an optional time, ${was}`;
  return { line, code: 'ROW_TIME', message };
}

/**
 * The order of day and month in dates with the year at the end, from the whole column.
 *
 * @throws DataError ROW_TIME where nothing in the column decides it, or it decides both
 */
async function dateOrder<C extends string>(
  source: Source,
  layout: CsvLayout<C>,
  { kinds }: ColumnRequest<C>,
): Promise<DateOrder | null> {
  const name = (Object.keys(layout.places) as C[]).find((column) => kinds[column] === 'time');
  const place = name === undefined ? -1 : layout.places[name];
  const evidence: OrderEvidence = { seen: false, monthFirst: false, dayFirst: false };
  for (const line of new TextDecoder().decode(source.head).split('\n')) {
    weighOrder(evidence, fieldsOf(line, layout.delimiter)[place] ?? '');
  }
  if (!evidence.seen) return null;
  await eachRecord(source, layout, ({ fields }) => weighOrder(evidence, fields[place] ?? ''));
  if (evidence.monthFirst !== evidence.dayFirst) return evidence.dayFirst ? 'day-first' : 'month-first';
  const why = evidence.dayFirst ? 'parts above 12 in both places' : 'no part above 12 in either place';
  throw new DataError({
    code: 'ROW_TIME',
    message: `the order of day and month must show in a column of dates such as 1/2/2021, was undecided: ${why}`,
    place: { file: source.path },
    remedy: 'Write the dates as YYYY-MM-DD',
  });
}
