/**
 * Trades without a path, `entry, exit, high, low, atr, direction`, as CSV or JSON objects: each is judged on its own
 * extremes, so no bars are needed. Source document S2, backtest_stops.
 */
import type { BareTrade, Journal, SkippedRow } from '../../market/journal.ts';
import type { RowFault } from '../../market/raw.ts';
import { canonicalSymbol, symbolFromFileName } from '../../market/symbol.ts';
import { DataError } from '../../model/errors.ts';
import type { JournalReader, ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import { placesOf } from './columns.ts';
import { bareColumns, haveBareTrades } from './journal-columns.ts';
import * as field from './journal-fields.ts';
import { namesIn, recordsOf } from './records.ts';
import { stampReader } from './stamp-column.ts';

export const bareJournal: JournalReader = {
  role: 'journal',
  name: 'bare-journal',
  detect: (head) => {
    const names = namesIn(head);
    if (names === null || !haveBareTrades(names)) return null;
    return 'columns entry, exit, high, low, atr and direction, without the time of the exit';
  },
  read: readBareJournal,
};

type Fields = Readonly<Record<keyof typeof bareColumns, string>>;

async function readBareJournal(source: Source, options: ReadOptions): Promise<Journal> {
  const { names, records, faults } = await recordsOf(source);
  if (!haveBareTrades(names)) {
    throw new DataError({
      code: 'FILE_FORMAT',
      message:
        'a journal of bare trades must have the columns entry, exit, high, low, atr, direction, had others',
      place: { file: source.path, line: 1 },
    });
  }
  const places = placesOf(names, bareColumns);
  const fallback = options.symbol ?? symbolFromFileName(source.name) ?? '';
  const stamps = records.map(({ values }) => values[places.entryTime] ?? '');
  const clock: field.Clock = { read: stampReader(stamps, source.path), offset: options.timeOffset };
  const bare: BareTrade[] = [];
  const skipped: SkippedRow[] = [];
  const all: RowFault[] = [...faults];
  for (const record of records) {
    const fields: Fields = field.fieldsOf(record.values, places);
    const read = field.rowOrFault(record.line, () => bareTradeOf(record.id, fields, clock));
    if (read === null) skipped.push({ reason: 'no-atr', id: record.id });
    else if ('code' in read) all.push(read);
    else bare.push(read.symbol === '' ? { ...read, symbol: canonicalSymbol(fallback) } : read);
  }
  return { trades: [], bare, skipped, faults: all, findings: [] };
}

/** Null where the trade has no ATR to measure its stop in. */
function bareTradeOf(id: number, fields: Fields, clock: field.Clock): BareTrade | null {
  const entryPrice = field.priceOf('entry', fields.entryPrice);
  const exitPrice = field.priceOf('exit', fields.exitPrice);
  const high = field.priceOf('high', fields.high);
  const low = field.priceOf('low', fields.low);
  for (const [name, price] of [['entry', entryPrice] as const, ['exit', exitPrice] as const]) {
    if (price >= low && price <= high) continue;
    const was = `${name} ${price}, low ${low}, high ${high}`;
    throw new field.RowError('ROW_RANGE', `${name} must lie between low and high, was ${was}`);
  }
  const direction = field.directionOf(fields.direction, fields.isShort);
  const leverage = field.optional('leverage', fields.leverage, { above: 0 });
  const atr = field.isBlank(fields.atr) ? 0 : field.numberOf('atr', fields.atr);
  if (!(atr > 0)) return null;
  return {
    id,
    symbol: field.isBlank(fields.symbol) ? '' : canonicalSymbol(fields.symbol),
    direction,
    entryPrice,
    exitPrice,
    high,
    low,
    atr,
    ...(field.isBlank(fields.entryTime)
      ? {}
      : { entryTime: field.timeOf('entry time', fields.entryTime, clock) }),
    ...(leverage === undefined ? {} : { leverage }),
  };
}
