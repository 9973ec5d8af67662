/**
 * `margin`: what the venue asks of a position or a book, at which price it liquidates, which rungs of the ladder come
 * before, how long funding leaves it; and, where bars are given, the margin level along their path.
 */

import type { Book } from '../model/book.ts';
import { InputError } from '../model/errors.ts';
import type { Fidelity } from '../model/fidelity.ts';
import { money, moneyText, zero } from '../model/money.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { parseUtc } from '../model/time.ts';
import { createVenueState } from '../venue/create-venue.ts';
import { type Venue, venueOf } from '../venue/venue.ts';
import { symbolTerms, termsAt } from '../venue/venue-spec.ts';
import type { VenueWorld } from '../venue/venue-world.ts';
import { marginByMethod } from './margin/by-method.ts';
import { flagBook, hasPosition } from './margin/flag-book.ts';
import type { MarginInputs, MarginTree } from './margin/inputs.ts';
import { type Measured, measure } from './margin/measure.ts';
import { pathLevels, startOf } from './margin/path-levels.ts';
import type { MarginPosition, MarginResult } from './margin-result.ts';

export type { MarginInputs, MarginTree };

export const margin: Study<MarginInputs, MarginTree, MarginResult> = {
  name: 'margin',
  needs: ['portfolio', 'ohlcv', 'funding', 'mark', 'ticks'],
  configPaths: ['venue', 'guards.stops', 'guards.margin-ladder', 'studies.margin', 'studies.replay'],
  run,
};

/** Later than every dated file: the newest terms hold. */
const NEWEST = 8.64e15;

function run(inputs: MarginInputs, tree: MarginTree, _ctx: StudyContext): Outcome<MarginResult> {
  const book = bookOf(inputs, tree);
  const { at } = tree.studies.margin;
  const start = startOf(inputs, book);
  const time = at === null ? (start?.time ?? NEWEST) : momentOf(at);
  const venue = venueAt(inputs, tree, { book, time, marks: start?.marks ?? new Map() });
  const measuring = { venue, inputs, tree, now: start?.time ?? time };
  const measured = venue.state.accounts.flatMap((account) =>
    account.positions.map((position) => measure(measuring, account, position)),
  );
  const along = pathLevels(inputs, tree, book);
  const result: MarginResult = {
    ...totalOf(measured, venue),
    byMethod: marginByMethod(measured, inputs, tree),
    positions: measured.map(({ row }) => row),
    path: along.path,
  };
  const fidelity = [...flagsOf(inputs, result, time), ...along.fidelity];
  return { result, fidelity, warnings: warningsOf(result) };
}

function momentOf(text: string): number {
  const time = parseUtc(text);
  if (!Number.isNaN(time)) return time;
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `studies.margin.at must be a moment of the calendar, was ${text}`,
    remedy: 'Write 2022-05-04 or 2022-05-04T12:00:00Z',
  });
}

function bookOf({ book }: MarginInputs, tree: MarginTree): Book {
  if (!hasPosition(tree)) return book ?? flagBook(tree);
  if (book === null) return flagBook(tree);
  throw new InputError({
    code: 'USAGE',
    message: 'a position by flags or a portfolio must be asked about, was both',
    remedy: 'Leave --entry or --portfolio out',
  });
}

type At = { readonly book: Book; readonly time: number; readonly marks: ReadonlyMap<string, number> };

/** The venue of a book at one moment: marks are those of the book, else of the data, else the entries. */
function venueAt(inputs: MarginInputs, tree: MarginTree, { book, time, marks }: At): Venue {
  const symbols = [...new Set([...book.positions.map(({ symbol }) => symbol), ...marks.keys()])];
  const world: VenueWorld = {
    symbols,
    specs: inputs.venues,
    config: tree.venue,
    liquidityAt: () => ({
      sigmaDaily: 0,
      volumeDaily: 0,
      barVolume: 0,
      barEnd: time,
      spread: 1,
      depth: 0,
    }),
  };
  const price = (symbol: string): number => {
    const own = book.positions.find((one) => one.symbol === symbol);
    const stated = book.positions.find((one) => one.symbol === symbol && one.mark !== null)?.mark ?? null;
    if (stated !== null) return money(stated).toNumber();
    return marks.get(symbol) ?? money(own?.entry ?? 1).toNumber();
  };
  const prices = Float64Array.from(symbols, price);
  return venueOf(world, createVenueState(world, book, time), { last: prices, mark: prices });
}

type Measures = Omit<MarginResult, 'byMethod' | 'positions' | 'path'>;

/** The measures of the only position; of a book the sums, and the scope that is nearest to its liquidation. */
function totalOf(measured: readonly Measured[], venue: Venue): Measures {
  const [only, ...more] = measured.map(({ row }) => row);
  if (only !== undefined && more.length === 0) return measuresOf(only);
  const rows = measured.map(({ row }) => row);
  const least = (key: 'marginLevel' | 'marginRemaining' | 'marginBuffer') =>
    rows.reduce<number | null>((low, row) => {
      const value = row[key];
      return value === null || (low !== null && low <= value) ? low : value;
    }, null);
  const sum = (key: 'notional' | 'initialMargin' | 'maintenanceMargin') =>
    moneyText(rows.reduce((all, row) => all.plus(row[key]), zero));
  const soonest = rows
    .filter((row) => row.fundingDays !== null)
    .toSorted((a, b) => (a.fundingDays ?? 0) - (b.fundingDays ?? 0))[0];
  const accounts = venue.state.accounts.map(({ id }) => rows.find(({ account }) => account === id));
  return {
    notional: sum('notional'),
    bracket: null,
    initialMargin: sum('initialMargin'),
    maintenanceMargin: sum('maintenanceMargin'),
    availableMargin: moneyText(accounts.reduce((all, row) => all.plus(row?.availableMargin ?? 0), zero)),
    marginLevel: least('marginLevel'),
    marginRemaining: least('marginRemaining'),
    marginBuffer: least('marginBuffer'),
    liquidationPrice: null,
    bankruptcyPrice: null,
    liquidationDistance: null,
    distanceAtr: null,
    ladder: [],
    fundingSettlements: soonest?.fundingSettlements ?? null,
    fundingDays: soonest?.fundingDays ?? null,
  };
}

function measuresOf(row: MarginPosition): Measures {
  const {
    account: _,
    symbol: __,
    direction: ___,
    contract: ____,
    marginMode: _____,
    qty,
    entry,
    mark,
    ...rest
  } = row;
  const { leverage, asset, ...measures } = rest;
  return measures;
}

function flagsOf({ venues }: MarginInputs, { positions }: MarginResult, time: number): Fidelity[] {
  const flags: Fidelity[] = [];
  for (const spec of venues) {
    const { terms, nearest } = termsAt(spec, time);
    const own = positions.filter(({ bracket }) => bracket?.terms === terms.name);
    if (nearest && own.length > 0) flags.push('brackets-nearest');
    if (own.some(({ symbol, contract }) => symbolTerms(terms, symbol, contract).fallback))
      flags.push('brackets-default');
  }
  return flags;
}

function warningsOf({ positions }: MarginResult): string[] {
  return positions.flatMap(({ symbol, leverage, bracket, marginLevel, ladder }) => {
    const warnings: string[] = [];
    if (bracket !== null && leverage > bracket.maxLeverage)
      warnings.push(
        `${symbol}: the venue opens at most ${bracket.maxLeverage}x in this bracket, was ${leverage}x`,
      );
    if (marginLevel !== null && marginLevel <= 1)
      warnings.push(`${symbol}: the margin level is at or below 1, the venue liquidates now`);
    const dead = ladder.filter(({ price, reachable }) => price !== null && !reachable);
    if (dead.length > 0 && dead.length < ladder.length)
      warnings.push(
        `${symbol}: ${dead.length} of ${ladder.length} rungs of the ladder lie beyond liquidation`,
      );
    if (dead.length > 0 && dead.length === ladder.length)
      warnings.push(`${symbol}: every rung of the ladder lies beyond liquidation: it can never act`);
    return warnings;
  });
}
