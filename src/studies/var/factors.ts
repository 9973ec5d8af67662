/** What moves the value of a book: the prices of its symbols and of the coins that count as its margin. */
import type { Bars } from '../../market/bars.ts';
import { baseAsset, matchSymbol } from '../../market/symbol.ts';
import type { Book, BookAccount, Collateral } from '../../model/book.ts';
import { DataError, InputError } from '../../model/errors.ts';
import { isDollar, money } from '../../model/money.ts';
import { MS_PER_DAY } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import { coinOf, settlingIn } from '../stress/stage.ts';

export type Factor = {
  /** As the book writes it. */
  readonly symbol: string;
  /** null where it has no bars of its own: all its moves are those of the proxy. */
  readonly bars: Bars | null;
  /** Whose moves it takes where it has none of its own, named or another market of its coin; null for nobody's. */
  readonly proxy: Bars | null;
  /** Now: the mark that the book states, else the last close of its coin; > 0. */
  readonly price: number;
};

type Priced = { readonly symbol: string; readonly bars: Bars | null; readonly proxy: Bars | null };

/**
 * The factors of a book by symbol, in the order of their names, so that the order of positions and files changes nothing.
 *
 * @param proxies  pairs such as SOLUSDT=BTCUSDT
 * @throws DataError SYMBOL_UNKNOWN  where one has neither bars nor a proxy with bars
 * @throws DataError SERIES_SHORT  where one is priced by a close more than a day before the last bars of the others
 * @throws InputError CONFIG_VALUE  where a proxy names a symbol that the book does not hold
 * @throws InputError PORTFOLIO  where one has neither a mark nor bars of its coin
 */
export function factorsOf(book: Book, ohlcv: readonly Bars[], proxies: readonly string[]): Factor[] {
  const symbols = [...new Set([...book.positions.map(({ symbol }) => symbol), ...coinSymbols(book)])].sort();
  const pairs = proxies.map((text) => text.split('=') as [string, string]);
  for (const [of] of pairs) {
    if (symbols.some((symbol) => isNamed(symbol, of))) continue;
    throw new InputError({
      code: 'CONFIG_VALUE',
      message: `studies.var.proxies must name symbols of the book, was ${of}`,
      remedy: `The book moves with ${symbols.join(', ')}`,
    });
  }
  const found = symbols.map((symbol): Priced => {
    const bars = ownBars(symbol, ohlcv);
    const pair = pairs.find(([of]) => isNamed(symbol, of));
    const named = pair === undefined ? null : (ownBars(pair[1], ohlcv) ?? barsOfCoin(pair[1], ohlcv));
    if (pair !== undefined && named === null) throw missing(pair[1], ohlcv, `the proxy of ${symbol}`);
    const proxy = named ?? (bars === null ? barsOfCoin(symbol, ohlcv) : null);
    if (bars === null && proxy === null) throw missing(symbol, ohlcv, 'a symbol of the book');
    return { symbol, bars, proxy };
  });
  const latest = Math.max(...found.flatMap(({ bars, proxy }) => [endOf(bars), endOf(proxy)]));
  return found.map((one) => ({ ...one, price: priceOf(book, one, latest) }));
}

/** The symbol whose price an asset that counts as margin goes by; null for a dollar and for the account's own currency. */
export function collateralSymbol(
  { positions }: Book,
  { id, currency }: BookAccount,
  { asset }: Pick<Collateral, 'asset'>,
): string | null {
  if (coinOf(asset) === coinOf(currency) || isDollar(asset)) return null;
  const own = positions.filter(({ account }) => account === id);
  return settlingIn(own, asset)?.symbol ?? `${coinOf(asset)}${currency}`;
}

function coinSymbols(book: Book): string[] {
  return book.accounts.flatMap((account) =>
    account.collateral
      .filter(({ qty }) => !money(qty).isZero())
      .flatMap((one) => collateralSymbol(book, account, one) ?? []),
  );
}

function isNamed(symbol: string, name: string): boolean {
  return symbol === name || baseAsset(symbol) === name;
}

function ownBars(symbol: string, ohlcv: readonly Bars[]): Bars | null {
  const found = matchSymbol(
    symbol,
    ohlcv.map((one) => one.symbol),
  );
  return ohlcv.find((one) => one.symbol === found) ?? null;
}

/** Those of another market of the same coin against a dollar; the first by name. */
function barsOfCoin(symbol: string, ohlcv: readonly Bars[]): Bars | null {
  const names = ohlcv.map((one) => one.symbol).sort();
  const found = names.find((name) => baseAsset(name) === baseAsset(symbol));
  return ohlcv.find((one) => one.symbol === found) ?? null;
}

/** When the last bar ends, UTC ms; -Infinity for none. */
function endOf(bars: Bars | null): number {
  return (bars?.time.at(-1) ?? Number.NEGATIVE_INFINITY) + (bars?.interval ?? 0);
}

function priceOf({ accounts, positions }: Book, { symbol, bars, proxy }: Priced, latest: number): number {
  const own = positions.filter((one) => one.symbol === symbol);
  const stated = own.find(({ mark }) => mark !== null)?.mark ?? null;
  if (stated !== null) return money(stated).toNumber();
  const held = accounts.flatMap(({ collateral }) => collateral);
  const coin = held.find(({ asset, price }) => price !== null && coinOf(asset) === baseAsset(symbol));
  if (typeof coin?.price === 'string') return money(coin.price).toNumber();
  const source = bars ?? (proxy !== null && baseAsset(proxy.symbol) === baseAsset(symbol) ? proxy : null);
  const close = source?.close.at(-1);
  if (source !== null && close !== undefined) {
    if (latest - endOf(source) > MS_PER_DAY) throw ended(symbol, endOf(source), latest);
    return close;
  }
  if (own.length > 0) {
    throw new InputError({
      code: 'PORTFOLIO',
      message: `a symbol must have a mark or bars of its coin, ${symbol} has neither: the entry is no price of now`,
      remedy: `Give it a mark in the portfolio, or bars of ${symbol} with --ohlcv`,
    });
  }
  throw new InputError({
    code: 'PORTFOLIO',
    message: `collateral must have a price, ${baseAsset(symbol)} has none`,
    remedy: `Give it a price in the portfolio, or bars of ${symbol} with --ohlcv`,
  });
}

function ended(symbol: string, end: number, latest: number): DataError {
  return new DataError({
    code: 'SERIES_SHORT',
    message: `prices must be of one moment: the bars of ${symbol} end at ${utcText(end)}, others at ${utcText(latest)}`,
    remedy: `Give later bars of ${symbol}, or its mark in the portfolio and --proxy for the moves since`,
  });
}

function missing(symbol: string, ohlcv: readonly Bars[], what: string): DataError {
  const there = ohlcv.map((one) => one.symbol).sort();
  return new DataError({
    code: 'SYMBOL_UNKNOWN',
    message: `${what} must have bars, ${symbol} has none; there are ${there.join(', ') || 'none at all'}`,
    remedy: `Give bars of ${symbol} with --ohlcv, or its mark in the portfolio and moves of another one with --proxy ${symbol}=${there[0] ?? 'BTCUSDT'}`,
  });
}
