/** The markets that an order and a book are in: their series, the moment that is judged, the prices known at it. */
import { type Bars, firstAtOrAfter } from '../../market/bars.ts';
import { matchSymbol } from '../../market/symbol.ts';
import type { Ticks } from '../../market/ticks.ts';
import { lastCompleted } from '../../market/volatility-24h.ts';
import type { Book } from '../../model/book.ts';
import { DataError, InputError } from '../../model/errors.ts';
import { money } from '../../model/money.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { StatedOrder } from '../../model/order.ts';
import { parseUtc } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import type { Prices } from '../../venue/venue.ts';
import type { VenueSpec } from '../../venue/venue-spec.ts';
import type { CheckResult } from '../check-result.ts';
import type { CheckInputs } from './inputs.ts';

export type PriceSource = CheckResult['market']['source'];

export type KnownMarket = {
  readonly book: Book;
  readonly order: StatedOrder;
  /** The columns of prices. */
  readonly symbols: readonly string[];
  /** By symbol; null where one has no bars. */
  readonly series: readonly (Bars | null)[];
  /** The moment of the check; null where neither data nor configuration say one. */
  readonly time: number | null;
  readonly prices: Prices;
  /** By symbol; null where no price is known, nor needed. */
  readonly sources: readonly (PriceSource | null)[];
  /** By symbol: whether its mark is one of its own. */
  readonly marked: readonly boolean[];
  readonly warnings: readonly string[];
};

type Sought = { readonly order: StatedOrder; readonly book: Book; readonly at: string | null };

/**
 * @throws InputError ORDER where nothing knows the symbol of the order; CONFIG_VALUE where `at` is no moment
 * @throws DataError SYMBOL_UNKNOWN, SERIES_SHORT where a position has no price
 */
export function knownMarket(inputs: CheckInputs, { order: asked, book: held, at }: Sought): KnownMarket {
  const named = [...new Set([...inputs.ohlcv, ...inputs.ticks].map(({ symbol }) => symbol))];
  const nameOf = (symbol: string) => matchSymbol(symbol, named) ?? symbol;
  const book = {
    ...held,
    positions: held.positions.map((one) => ({ ...one, symbol: nameOf(one.symbol) })),
    orders: held.orders.map((one) => ({ ...one, symbol: nameOf(one.symbol) })),
  };
  const inBook = [...new Set([...book.positions, ...book.orders].map(({ symbol }) => symbol))];
  const own = matchSymbol(asked.symbol, [...new Set([...named, ...inBook])]) ?? asked.symbol;
  const order = { ...asked, symbol: own };
  requireKnown(order, [...new Set([...named, ...inBook])], inputs.venues);
  const traded = [...new Set([...inBook, order.symbol])];
  const symbols = [...traded, ...collateralSymbols(book, named).filter((one) => !traded.includes(one))];
  const bars = symbols.map((symbol) => inputs.ohlcv.find((one) => one.symbol === symbol) ?? null);
  const prints = symbols.map((symbol) => inputs.ticks.find((one) => one.symbol === symbol) ?? null);
  const time = momentOf(at, [...bars.map(endOf), ...prints.map((one) => one?.time.at(-1) ?? null)]);
  const found = symbols.map((symbol, s) =>
    priceOf({ symbol, bars: bars[s] ?? null, prints: prints[s] ?? null, time, book, order }),
  );
  const last = Float64Array.from(found, ({ price }) => price);
  const marks = symbols.map((symbol, s) => markOf(inputs, symbol, found[s]?.source ?? null, time));
  return {
    book,
    order,
    symbols,
    series: bars,
    time,
    prices: { last, mark: Float64Array.from(marks, (mark, s) => mark ?? last[s]!) },
    sources: found.map(({ source }) => source),
    marked: marks.map((mark, s) => mark !== null || found[s]?.source === 'portfolio'),
    warnings: [
      ...unusedMarks(book, symbols, found),
      ...found.flatMap(({ from }, s) => staleText(symbols[s] ?? '', from, bars[s] ?? null, time)),
    ],
  };
}

/** A name that nobody knows is a slip of the pen: an order in it must not pass for want of data. */
function requireKnown(
  { symbol, placeOf }: StatedOrder,
  known: readonly string[],
  venues: readonly VenueSpec[],
): void {
  const listed = venues.flatMap(({ terms }) => terms.flatMap(({ symbols }) => [...symbols.keys()]));
  if (known.includes(symbol) || listed.includes(symbol)) return;
  const near = nearestName(symbol, [...known, ...listed]);
  throw new InputError({
    code: 'ORDER',
    message: `the symbol of an order must be in the portfolio, in the data or listed by its venue, was ${symbol}`,
    place: placeOf('symbol'),
    remedy:
      near === null
        ? `${known.length === 0 ? 'Name a symbol of the portfolio' : `Known here: ${known.join(', ')}`}; or give its bars with --ohlcv`
        : `Did you mean ${near}?`,
  });
}

/** Assets that count as margin and whose price the data have. */
function collateralSymbols({ accounts }: Book, named: readonly string[]): string[] {
  const wanted = accounts.flatMap(({ currency, collateral }) =>
    collateral
      .filter(({ asset, price }) => asset !== currency && price === null)
      .map(({ asset }) => `${asset}${currency}`),
  );
  return [...new Set(wanted)].filter((symbol) => named.includes(symbol));
}

function endOf(bars: Bars | null): number | null {
  const newest = bars?.time.at(-1);
  return bars === null || newest === undefined ? null : newest + bars.interval;
}

/** What is asked for, else the end of the data. */
function momentOf(at: string | null, ends: readonly (number | null)[]): number | null {
  const known = ends.filter((end) => end !== null);
  if (at === null) return known.length === 0 ? null : Math.max(...known);
  const time = parseUtc(at);
  if (!Number.isNaN(time)) return time;
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `studies.check.at must be a moment of the calendar, was ${at}`,
    remedy: 'Write 2022-05-04 or 2022-05-04T12:00:00Z',
  });
}

type Priced = {
  readonly price: number;
  readonly source: PriceSource | null;
  /** When it was known; null where no data say it. */
  readonly from: number | null;
};

type Pricing = {
  readonly symbol: string;
  readonly bars: Bars | null;
  readonly prints: Ticks | null;
  readonly time: number | null;
  readonly book: Book;
  readonly order: StatedOrder;
};

/** The newest price at or before the moment: of the data, else the mark that the book states, else that of the order. */
function priceOf({ symbol, bars, prints, time, book, order }: Pricing): Priced {
  const moment = time ?? Number.POSITIVE_INFINITY;
  const candidates = [closeAt(bars, moment), printAt(prints, moment)].filter((one) => one !== null);
  const [newest] = candidates.toSorted((a, b) => (b.from ?? 0) - (a.from ?? 0));
  if (newest !== undefined) return newest;
  if (bars !== null || prints !== null) throw tooEarly(symbol, moment, bars?.time[0] ?? prints?.time[0] ?? 0);
  const held = book.positions.filter((one) => one.symbol === symbol);
  const stated = held.find(({ mark }) => mark !== null)?.mark ?? null;
  if (stated !== null) return { price: money(stated).toNumber(), source: 'portfolio', from: null };
  if (held.length > 0) throw unpriced(symbol);
  if (symbol !== order.symbol) return { price: Number.NaN, source: null, from: null };
  if (order.price !== null) return { price: money(order.price).toNumber(), source: 'order', from: null };
  throw new DataError({
    code: 'SYMBOL_UNKNOWN',
    message: `an order must have a price, ${symbol} has none in the order, the portfolio or the data`,
    place: order.placeOf('price'),
    remedy: 'Write a price into the order, or give bars with --ohlcv',
  });
}

/** The close of the last completed bar; before the first has ended its open, which is known as it begins. */
function closeAt(bars: Bars | null, moment: number): Priced | null {
  const first = bars?.time[0];
  if (bars === null || first === undefined || first > moment) return null;
  const row = lastCompleted(bars, moment);
  if (row < 0) return { price: bars.open[0]!, source: 'bars', from: first };
  return { price: bars.close[row]!, source: 'bars', from: bars.time[row]! + bars.interval };
}

function printAt(prints: Ticks | null, moment: number): Priced | null {
  if (prints === null) return null;
  let row = firstAtOrAfter(prints.time, moment);
  while (row < prints.time.length && prints.time[row]! <= moment) row += 1;
  return row === 0 ? null : { price: prints.price[row - 1]!, source: 'prints', from: prints.time[row - 1]! };
}

/** The mark of a file; null where it has none by then, and where the price itself is from no data. */
function markOf(
  { mark }: CheckInputs,
  symbol: string,
  source: PriceSource | null,
  time: number | null,
): number | null {
  if (source !== 'bars' && source !== 'prints') return null;
  const own = mark.find((one) => one.symbol === symbol) ?? null;
  return closeAt(own, time ?? Number.POSITIVE_INFINITY)?.price ?? null;
}

function tooEarly(symbol: string, moment: number, first: number): DataError {
  return new DataError({
    code: 'SERIES_SHORT',
    message: `${symbol} must have a price by ${utcText(moment)}, its data begin at ${utcText(first)}`,
    remedy: 'Choose a later --at, or give earlier data',
  });
}

function unpriced(symbol: string): DataError {
  return new DataError({
    code: 'SYMBOL_UNKNOWN',
    message: `every position must have a price, ${symbol} has neither a mark in the portfolio nor data`,
    remedy: `Write a mark into the portfolio, give bars with --ohlcv or prints with --ticks, or name a file without a symbol with --symbol ${symbol}`,
  });
}

function unusedMarks({ positions }: Book, symbols: readonly string[], found: readonly Priced[]): string[] {
  const fromData = symbols.filter((_, s) => found[s]?.source === 'bars' || found[s]?.source === 'prints');
  const named = positions
    .filter(({ mark, symbol }) => mark !== null && fromData.includes(symbol))
    .map(({ symbol }) => symbol);
  if (named.length === 0) return [];
  return [`the mark that the book states of ${named.join(', ')} is left aside: the data have its price`];
}

/** A price that is older than the moment of the check by more than a bar. */
function staleText(symbol: string, from: number | null, bars: Bars | null, time: number | null): string[] {
  if (from === null || time === null || time - from <= (bars?.interval ?? 0)) return [];
  return [`the newest price of ${symbol} is of ${utcText(from)}, the check is of ${utcText(time)}`];
}
