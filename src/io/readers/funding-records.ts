/** From records with a time and a rate to the raw columns of the house, one entry a symbol. */
import type { Finding } from '../../market/finding.ts';
import type { RawFunding, RowFault } from '../../market/raw.ts';
import { canonicalSymbol } from '../../market/symbol.ts';
import { DataError } from '../../model/errors.ts';
import type { ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import { placesOf } from './columns.ts';
import type { Records } from './named-records.ts';
import { recordsOf } from './records.ts';
import { mixedStamps, type StampReader, stampReader } from './stamp-column.ts';

/** The names under which funding files keep their columns; what was charged stands before what was forecast. */
const columns = {
  time: [
    ...['fundingtime', 'calctime', 'fundingratetimestamp', 'settlementtime', 'settledat', 'timestampms'],
    ...[
      'timestamp',
      'time',
      'datetime',
      'date',
      'timestamputc',
      'timeutc',
      'ts',
      'unix',
      'epoch',
      'fundingtimestamp',
    ],
  ],
  rate: ['realizedrate', 'actualfundingrate', 'lastfundingrate', 'fundingrate', 'funding', 'rate'],
  symbol: ['symbol', 'pair', 'market', 'instid', 'instrument', 'coin', 'contract', 'contracts', 'ticker'],
} as const;

export type FundingRow = {
  readonly line: number | null;
  /** Milliseconds UTC. */
  readonly time: number;
  readonly rate: number;
  /** null where the file does not say. */
  readonly symbol: string | null;
};

/** Whether the names hold a time and a funding rate. */
export function haveFunding(names: readonly string[]): boolean {
  const places = placesOf(names, columns);
  return places.time >= 0 && places.rate >= 0;
}

export type RateOf = (text: string) => number;

/**
 * Reads a file whose columns go by name.
 *
 * @param rateOf the fraction that a rate's text stands for, NaN where it is no rate
 * @throws DataError FILE_FORMAT where the columns are missing
 */
export async function fundingByName(
  source: Source,
  options: ReadOptions,
  rateOf: RateOf = fractionOf,
): Promise<RawFunding[]> {
  const records = await recordsOf(source);
  if (!haveFunding(records.names)) {
    throw new DataError({
      code: 'FILE_FORMAT',
      message: 'a funding file must have columns for the time and the rate of each settlement, had others',
      place: { file: source.path, line: 1 },
      remedy: 'Name them timestamp,funding_rate',
    });
  }
  const place = placesOf(records.names, columns).time;
  const stamps = records.records.map(({ values }) => values[place] ?? '');
  const read = stampReader(stamps, source.path);
  const [rows, faults] = rowsOf(records, (text) => read(text) - options.timeOffset, rateOf);
  return rawFundingOf(
    rows,
    faults,
    mixedStamps(stamps, (row) => records.records[row]?.line ?? null),
  );
}

function rowsOf(
  { names, records, faults }: Records,
  read: StampReader,
  rateOf: RateOf,
): [FundingRow[], RowFault[]] {
  const places = placesOf(names, columns);
  const rows: FundingRow[] = [];
  const all: RowFault[] = [...faults];
  for (const { line, id, values } of records) {
    const text = { time: values[places.time] ?? '', rate: values[places.rate] ?? '' };
    const time = read(text.time);
    const rate = rateOf(text.rate);
    const symbol = places.symbol < 0 ? null : canonicalSymbol(values[places.symbol] ?? '');
    const where = line === null ? `row ${id}: ` : '';
    if (Number.isNaN(time)) {
      const message = `${where}a time must be an epoch or a date and time, was "${text.time}"`;
      all.push({ line, code: 'ROW_TIME', message });
    } else if (Number.isNaN(rate)) {
      all.push({
        line,
        code: 'ROW_NUMBER',
        message: `${where}a funding rate must be a number, was "${text.rate}"`,
      });
    } else if (symbol === '') {
      all.push({
        line,
        code: 'SYMBOL_UNKNOWN',
        message: `${where}a settlement must name its symbol, named none`,
      });
    } else rows.push({ line, time, rate, symbol });
  }
  return [rows, all];
}

/** `0.0001`, `1e-4`, or percent with its sign: `0.01%` is exactly 0.0001, by moving the point and not by division. */
export function fractionOf(text: string): number {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?\s*(%?)$/i.exec(text);
  if (match === null) return Number.NaN;
  const [, digits, exponent = '0', percent] = match;
  return Number(`${digits}e${Number(exponent) - (percent === '%' ? 2 : 0)}`);
}

/** One entry a symbol, in the order in which the symbols first come; faults and findings stand with the first. */
export function rawFundingOf(
  rows: readonly FundingRow[],
  faults: readonly RowFault[],
  findings: readonly Finding[] = [],
): RawFunding[] {
  const groups = new Map<string | null, FundingRow[]>();
  for (const row of rows) {
    const group = groups.get(row.symbol);
    if (group === undefined) groups.set(row.symbol, [row]);
    else group.push(row);
  }
  if (groups.size === 0) groups.set(null, []);
  return [...groups].map(([symbol, group], i) => ({
    symbol,
    length: group.length,
    time: Float64Array.from(group, (row) => row.time),
    rate: Float64Array.from(group, (row) => row.rate),
    line: (row) => group[row]?.line ?? null,
    faults: i === 0 ? faults : [],
    findings: i === 0 ? findings : [],
  }));
}
