/** What moves the value of a book: the prices of its symbols and of the coins that count as its margin. */
import type { Bars } from '../../market/bars.ts';
import { baseAsset, matchSymbol } from '../../market/symbol.ts';
import type { Book, BookAccount, Collateral } from '../../model/book.ts';
import { DataError, InputError } from '../../model/errors.ts';
import { isDollar, money } from '../../model/money.ts';
import { coinOf, settlingIn } from '../stress/stage.ts';

export type Factor = {
  /** As the book writes it. */
  readonly symbol: string;
  /** null where it has no bars of its own: all its moves are those of the proxy. */
  readonly bars: Bars | null;
  /** Whose moves it takes where it has none of its own; null for nobody's. */
  readonly proxy: Bars | null;
  /** Now: the mark that the book states, else the last close; > 0. */
  readonly price: number;
};

/**
 * The factors of a book by symbol, in the order of their names, so that the order of positions and files changes nothing.
 *
 * @param proxies  pairs such as SOLUSDT=BTCUSDT
 * @throws DataError SYMBOL_UNKNOWN  where one has neither bars nor a proxy with bars
 * @throws InputError CONFIG_VALUE  where a proxy names a symbol that the book does not hold
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
  return symbols.map((symbol) => {
    const bars = barsOf(symbol, ohlcv);
    const pair = pairs.find(([of]) => isNamed(symbol, of));
    const proxy = pair === undefined ? null : barsOf(pair[1], ohlcv);
    if (pair !== undefined && proxy === null) throw missing(pair[1], ohlcv, `the proxy of ${symbol}`);
    if (bars === null && proxy === null) throw missing(symbol, ohlcv, 'a symbol of the book');
    return { symbol, bars, proxy, price: priceOf(book, symbol, bars) };
  });
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

/** The bars of its own name, else those of another market of the same coin. */
function barsOf(symbol: string, ohlcv: readonly Bars[]): Bars | null {
  const names = ohlcv.map((one) => one.symbol).sort();
  const found = matchSymbol(symbol, names) ?? names.find((name) => baseAsset(name) === baseAsset(symbol));
  return ohlcv.find((one) => one.symbol === found) ?? null;
}

function priceOf({ accounts, positions }: Book, symbol: string, bars: Bars | null): number {
  const own = positions.filter((one) => one.symbol === symbol);
  const stated = own.find(({ mark }) => mark !== null)?.mark ?? null;
  if (stated !== null) return money(stated).toNumber();
  const held = accounts.flatMap(({ collateral }) => collateral);
  const coin = held.find(({ asset, price }) => price !== null && coinOf(asset) === baseAsset(symbol));
  const known = coin?.price ?? bars?.close.at(-1) ?? own[0]?.entry ?? null;
  if (known !== null) return money(known).toNumber();
  throw new InputError({
    code: 'PORTFOLIO',
    message: `collateral must have a price, ${baseAsset(symbol)} has none`,
    remedy: `Give it a price in the portfolio, or bars of ${symbol} with --ohlcv`,
  });
}

function missing(symbol: string, ohlcv: readonly Bars[], what: string): DataError {
  const there = ohlcv.map((one) => one.symbol).sort();
  return new DataError({
    code: 'SYMBOL_UNKNOWN',
    message: `${what} must have bars, ${symbol} has none; there are ${there.join(', ') || 'none at all'}`,
    remedy: `Give bars of ${symbol} with --ohlcv, or moves of another one with --proxy ${symbol}=${there[0] ?? 'BTCUSDT'}`,
  });
}
