/**
 * A journal of whole trades under the usual names, as CSV or as JSON objects: symbol, direction, entry and exit with
 * time and price, and what else it has (exit reason, quantity, leverage, confidence, fee rates).
 */
import { exitKindOf } from '../../market/exit-kind.ts';
import type { Finding } from '../../market/finding.ts';
import type { Journal, SkippedRow, Trade } from '../../market/journal.ts';
import type { RowFault } from '../../market/raw.ts';
import { canonicalSymbol, symbolFromFileName } from '../../market/symbol.ts';
import { DataError } from '../../model/errors.ts';
import { MS_PER_MINUTE } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import type { JournalReader, ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import { placesOf } from './columns.ts';
import { haveTrades, tradeColumns } from './journal-columns.ts';
import * as field from './journal-fields.ts';
import { namesIn, recordsOf } from './records.ts';
import { mixedStamps, stampReader } from './stamp-column.ts';

export const genericJournal: JournalReader = {
  role: 'journal',
  name: 'generic-journal',
  detect: (head) => {
    const names = namesIn(head);
    if (names === null || !haveTrades(names)) return null;
    return 'columns of a journal: direction, and entry and exit with time and price';
  },
  read: readGenericJournal,
};

type Fields = Readonly<Record<keyof typeof tradeColumns, string>>;

async function readGenericJournal(source: Source, options: ReadOptions): Promise<Journal> {
  const { names, records, faults } = await recordsOf(source);
  if (!haveTrades(names)) {
    throw new DataError({
      code: 'FILE_FORMAT',
      message:
        'a journal must have columns for direction and for entry and exit with time and price, had others',
      place: { file: source.path, line: 1 },
      remedy: 'Name them symbol,direction,entry_time,entry_price,exit_time,exit_price',
    });
  }
  const places = placesOf(names, tradeColumns);
  const fallback = options.symbol ?? symbolFromFileName(source.name);
  if (places.symbol < 0 && fallback === null) throw symbolUnknown(source);
  const stamps = [places.entryTime, places.exitTime].map((place) =>
    records.map(({ values }) => values[place] ?? ''),
  );
  const clock: field.Clock = { read: stampReader(stamps.flat(), source.path), offset: options.timeOffset };
  const trades: Trade[] = [];
  const skipped: SkippedRow[] = [];
  const all: RowFault[] = [...faults];
  const hourApart: Located[] = [];
  for (const record of records) {
    const fields = field.fieldsOf(record.values, places);
    const reason = whyNoTrade(fields);
    if (reason !== null) {
      skipped.push({ reason, id: record.id });
      continue;
    }
    const read = field.rowOrFault(record.line, () => tradeOf(record.id, fields, fallback, clock));
    if ('code' in read) all.push(read);
    else {
      trades.push(read);
      if (isHourApart(read, fields.minutes)) hourApart.push({ trade: read, line: record.line });
    }
  }
  const lineOf = (row: number) => records[row]?.line ?? null;
  const mixed = stamps.flatMap((column) => mixedStamps(column, lineOf));
  return { trades, bare: [], skipped, faults: all, findings: [...mixed, ...localTimes(hourApart)] };
}

/** A row that only holds the place of a trade, or of one that has not ended yet. */
function whyNoTrade({ entryTime, entryPrice, exitTime, exitPrice }: Fields): string | null {
  const exits = [exitTime, exitPrice].filter((text) => !field.isBlank(text)).length;
  if (exits > 0) return null;
  const entries = [entryTime, entryPrice].filter((text) => !field.isBlank(text)).length;
  if (entries === 0) return 'placeholder';
  return entries === 2 ? 'still-open' : null;
}

function tradeOf(id: number, fields: Fields, fallback: string | null, clock: field.Clock): Trade {
  const entryTime = field.timeOf('entry time', fields.entryTime, clock);
  const exitTime = field.timeOf('exit time', fields.exitTime, clock);
  if (exitTime < entryTime) {
    const was = `${utcText(exitTime)} and ${utcText(entryTime)}`;
    throw new field.RowError('ROW_VALUE', `the exit must not come before the entry, was ${was}`);
  }
  const symbol = canonicalSymbol(field.isBlank(fields.symbol) ? (fallback ?? '') : fields.symbol);
  if (symbol === '')
    throw new field.RowError('SYMBOL_UNKNOWN', `a trade must name its symbol, was "${fields.symbol}"`);
  return {
    id,
    symbol,
    direction: field.directionOf(fields.direction, fields.isShort),
    entryTime,
    entryPrice: field.priceOf('entry price', fields.entryPrice),
    exitTime,
    exitSlack: 0,
    exitPrice: field.priceOf('exit price', fields.exitPrice),
    exitKind: exitKindOf(fields.exitReason),
    ...extrasOf(fields),
  };
}

type Located = { readonly trade: Trade; readonly line: number | null };

/** Whether the journal's own count of minutes differs from its stamps by the hour of a change to or from summer time. */
function isHourApart({ entryTime, exitTime }: Trade, minutes: string): boolean {
  if (field.isBlank(minutes)) return false;
  const apart = Math.abs((exitTime - entryTime) / MS_PER_MINUTE - Number(minutes));
  return Math.abs(apart - 60) <= 1;
}

function localTimes(rows: readonly Located[]): Finding[] {
  const [first] = rows;
  if (first === undefined) return [];
  const span = `${utcText(first.trade.entryTime)} to ${utcText(first.trade.exitTime)}`;
  return [
    {
      code: 'local-times',
      count: rows.length,
      line: first.line,
      example: `${span} is an hour more or less than the journal counted`,
      consequence: 'the stamps follow summer time, so no one offset fits; they are read as if they did not',
    },
  ];
}

function extrasOf(fields: Fields): Partial<Trade> {
  const qty = field.optional('quantity', fields.qty, { above: 0 });
  const leverage = field.optional('leverage', fields.leverage, { above: 0 });
  const confidence = field.optional('confidence', fields.confidence, { from: 0, to: 1 });
  const feeEntry = field.optional('the entry fee rate', fields.feeEntry, field.FEE_RANGE);
  const feeExit = field.optional('the exit fee rate', fields.feeExit, field.FEE_RANGE);
  return {
    ...(qty === undefined ? {} : { qty }),
    ...(leverage === undefined ? {} : { leverage }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(feeEntry === undefined ? {} : { feeEntry }),
    ...(feeExit === undefined ? {} : { feeExit }),
  };
}

function symbolUnknown(source: Source): DataError {
  return new DataError({
    code: 'SYMBOL_UNKNOWN',
    message:
      'a journal must name the symbol of its trades in a column or in the name of its file, did neither',
    place: { file: source.path },
    remedy: 'Name it with --symbol',
  });
}
