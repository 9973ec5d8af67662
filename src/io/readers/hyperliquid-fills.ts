/**
 * Fills of perpetual accounts as Hyperliquid's data sets list them: `Account, Coin, Execution Price, Size Tokens, ...,
 * Timestamp IST, Start Position, Direction, Closed PnL, ..., Fee, ...`, folded into round trips.
 *
 * The stamps are minutes of Indian time (UTC+5:30), so an exit lies somewhere in its minute. Rows of spot markets are
 * no trades of a leveraged account and are skipped.
 */
import type { Fill } from '../../market/fill.ts';
import type { Finding } from '../../market/finding.ts';
import type { ExitKind, Journal, SkippedRow } from '../../market/journal.ts';
import type { RowFault } from '../../market/raw.ts';
import { type FoldedFills, foldFills, type RoundTrip } from '../../market/round-trips.ts';
import { canonicalSymbol } from '../../market/symbol.ts';
import { DataError } from '../../model/errors.ts';
import { MS_PER_MINUTE } from '../../model/time.ts';
import type { JournalReader, ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import { placesOf } from './columns.ts';
import * as field from './journal-fields.ts';
import type { NamedRecord, Records } from './named-records.ts';
import { namesIn, recordsOf } from './records.ts';
import { utcOf } from './stamp.ts';

export const hyperliquidFills: JournalReader = {
  role: 'journal',
  name: 'hyperliquid-fills',
  detect: (head) => {
    const names = namesIn(head);
    return names !== null && haveFills(names) ? 'the columns of Hyperliquid fills, stamped in IST' : null;
  },
  read: readHyperliquidFills,
};

const columns = {
  account: ['account'],
  coin: ['coin'],
  price: ['executionprice'],
  size: ['sizetokens'],
  side: ['side'],
  time: ['timestampist'],
  start: ['startposition'],
  direction: ['direction'],
  closedPnl: ['closedpnl'],
  fee: ['fee'],
  epoch: ['timestamp'],
} as const;

type Fields = Readonly<Record<keyof typeof columns, string>>;

const IST = 330 * MS_PER_MINUTE;

function haveFills(names: readonly string[]): boolean {
  const { epoch: _, ...needed } = placesOf(names, columns);
  return Object.values(needed).every((place) => place >= 0);
}

export type ReadFills = {
  readonly fills: readonly Fill[];
  readonly skipped: readonly SkippedRow[];
  readonly faults: readonly RowFault[];
};

async function readHyperliquidFills(source: Source, options: ReadOptions): Promise<Journal> {
  const records = await recordsOf(source);
  if (!haveFills(records.names)) {
    const message = 'a file of Hyperliquid fills must have the columns of its export, had others';
    throw new DataError({ code: 'FILE_FORMAT', message, place: { file: source.path, line: 1 } });
  }
  // An offset that the user gives replaces the one that the header states.
  const read = fillsOf(records, options.timeOffset === 0 ? IST : options.timeOffset);
  const folded = foldFills(read.fills, MS_PER_MINUTE);
  const lineOf = (id: number) => records.records.find((record) => record.id === id)?.line ?? null;
  return {
    trades: folded.trips.map((trip) => trip.trade),
    bare: [],
    skipped: [...read.skipped, ...folded.skipped].sort((a, b) => a.id - b.id),
    faults: [...records.faults, ...read.faults],
    findings: [...ruinedStamps(records), ...findingsOf(folded, read.fills, lineOf)],
  };
}

/** The perpetual fills of a file in its order; `offset` is how many milliseconds its stamps are ahead of UTC. */
export function fillsOf({ names, records }: Records, offset: number): ReadFills {
  const places = placesOf(names, columns);
  const fills: Fill[] = [];
  const skipped: SkippedRow[] = [];
  const faults: RowFault[] = [];
  for (const record of records) {
    const fields = field.fieldsOf(record.values, places);
    if (isSpot(fields)) {
      skipped.push({ reason: 'spot', id: record.id });
      continue;
    }
    const read = field.rowOrFault(record.line, () => fillOf(record, fields, offset));
    if ('code' in read) faults.push(read);
    else fills.push(read);
  }
  return { fills, skipped, faults };
}

/** Spot markets are numbered (`@107`) or pairs; their fills are neither opened nor closed but bought and sold. */
function isSpot({ coin, direction }: Fields): boolean {
  return /^@|\//.test(coin) || /^(buy|sell|spot dust conversion)$/i.test(direction);
}

function fillOf(record: NamedRecord, fields: Fields, offset: number): Fill {
  const size = field.numberOf('Size Tokens', fields.size);
  if (!(size > 0)) throw new field.RowError('ROW_VALUE', `Size Tokens must be above 0, was ${fields.size}`);
  return {
    id: record.id,
    account: fields.account,
    coin: fields.coin,
    time: minuteOf(fields.time) - offset,
    price: field.priceOf('Execution Price', fields.price),
    size,
    side: sideOf(fields),
    start: field.numberOf('Start Position', fields.start),
    closedPnl: field.numberOf('Closed PnL', fields.closedPnl),
    fee: field.numberOf('Fee', fields.fee),
    exitKind: kindOf(fields.direction),
  };
}

/** `DD-MM-YYYY HH:MM`. */
function minuteOf(text: string): number {
  const match = /^(\d{1,2})-(\d{1,2})-(\d{4}) (\d{1,2}):(\d{2})$/.exec(text);
  const [day, month, year, hour, minute] = (match ?? []).slice(1).map(Number);
  const time = utcOf([year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0]);
  if (!Number.isNaN(time)) return time;
  throw new field.RowError('ROW_TIME', `Timestamp IST must be DD-MM-YYYY HH:MM, was "${text}"`);
}

const BUYS = /^(open long|close short|short > long)$/i;
const SELLS = /^(open short|close long|long > short)$/i;

function sideOf({ side, direction }: Fields): 1 | -1 {
  const sign = field.directionOf(side, '') === 'long' ? 1 : -1;
  if (sign > 0 ? SELLS.test(direction) : BUYS.test(direction)) {
    throw new field.RowError('ROW_VALUE', `Side must agree with Direction, was ${side} with "${direction}"`);
  }
  return sign;
}

function kindOf(direction: string): ExitKind {
  if (/liquidat/i.test(direction)) return 'liquidation';
  return /deleverag|settle/i.test(direction) ? 'forced' : 'unknown';
}

function ruinedStamps({ names, records }: Records): Finding[] {
  const place = placesOf(names, columns).epoch;
  const ruined = records.filter(({ values }) => /e\+/i.test(values[place] ?? ''));
  const [first] = ruined;
  if (first === undefined) return [];
  return [
    {
      code: 'ruined-stamps',
      count: ruined.length,
      line: first.line,
      example: `Timestamp ${first.values[place]}`,
      consequence: 'the column is not used; times come from Timestamp IST, to the minute',
    },
  ];
}

/**
 * The venue rounds its average entry price to a tick of the coin, and profits with it: they agree to a tick times the
 * quantity, and a cent. The tick is read from the prices of the file, the one with the most decimals.
 */
function disagrees({ trade, pnl, reportedPnl }: RoundTrip, ticks: ReadonlyMap<string, number>): boolean {
  const tick = ticks.get(trade.symbol) ?? 0;
  return Math.abs(pnl - reportedPnl) > 0.01 + tick * (trade.qty ?? 0);
}

/** The smallest step of each coin's prices, by canonical symbol. */
export function ticksOf(fills: readonly Fill[]): ReadonlyMap<string, number> {
  const decimals = new Map<string, number>();
  for (const { coin, price } of fills) {
    const [, fraction = '', exponent = '0'] = /^\d+(?:\.(\d+))?(?:e(-\d+))?$/.exec(String(price)) ?? [];
    const symbol = canonicalSymbol(coin);
    decimals.set(symbol, Math.max(decimals.get(symbol) ?? 0, fraction.length - Number(exponent)));
  }
  return new Map([...decimals].map(([symbol, places]) => [symbol, Number(`1e-${places}`)]));
}

function findingsOf(
  folded: FoldedFills,
  fills: readonly Fill[],
  lineOf: (id: number) => number | null,
): Finding[] {
  const ticks = ticksOf(fills);
  const findings: Finding[] = [];
  const [first, second] = folded.breaks;
  if (first !== undefined) {
    findings.push({
      code: 'missing-fills',
      count: folded.breaks.length,
      line: lineOf(first.id),
      example: `${first.coin} starts from ${first.start}${second === undefined ? '' : ', and others'}`,
      consequence: 'the trips in which fills are missing were skipped',
    });
  }
  const wrong = folded.trips.filter((trip) => disagrees(trip, ticks));
  const [worst] = wrong;
  if (worst !== undefined) {
    findings.push({
      code: 'pnl-mismatch',
      count: wrong.length,
      line: lineOf(worst.trade.id),
      example: `${worst.trade.symbol}: ${worst.reportedPnl} in the file, ${worst.pnl} from its fills`,
      consequence: 'the trades stand as their fills say',
    });
  }
  if (folded.newestFirst) {
    findings.push({
      code: 'newest-first',
      count: 1,
      line: null,
      example: 'the stamps of an account go back',
      consequence: 'the fills were turned round',
    });
  }
  return findings;
}
