/**
 * One name for one market: venues and tools write `SOL/USDT`, `SOL_USDT`, `SOL-USDT` and `SOLUSDT` for the same thing.
 *
 * The canonical form is upper case without separators. What is another instrument keeps another name: a dated
 * future keeps its expiry, a bare coin with a perpetual suffix keeps the suffix (`FTT-PERP` is `FTTPERP`), while a
 * suffix behind a full pair says nothing more than the pair and is left out (`BTCUSDT_PERP` is `BTCUSDT`).
 */

/** Quotes that end a pair written as one word; the longer ones first, since USDT does not end in USD but FDUSD does. */
const DOLLARS = ['FDUSD', 'USDT', 'USDC', 'BUSD', 'TUSD', 'USD'] as const;
const QUOTES: readonly string[] = [...DOLLARS, 'PERP', 'BTC', 'ETH', 'BNB', 'EUR', 'GBP', 'JPY'];
/** What may follow a bare coin in `matchSymbol`. */
const SERIES_OF_A_COIN: readonly string[] = [...DOLLARS, 'PERP', 'USDTPERP', 'USDPERP'];

/**
 * The canonical name of a market: `SOL/USDT`, `SOL_USDT`, `sol-usdt` -> `SOLUSDT`, ccxt's `BTC/USDT:USDT` -> `BTCUSDT`,
 * `BINANCE:BTCUSDT` -> `BTCUSDT`, `BTCUSDT Perpetual` -> `BTCUSDT`, `FTT-PERP` -> `FTTPERP`.
 *
 * @returns the name, '' where the text holds nothing but separators
 */
export function canonicalSymbol(text: string): string {
  const words = withoutVenueAndSettlement(text.trim().toUpperCase())
    .split(/[/_\-\s]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  if (words.length < 2 || !/^(PERP|PERPETUAL|SWAP)$/.test(last)) return words.join('');
  const market = words.slice(0, -1).join('');
  return isDollarPair(market) ? market : `${market}PERP`;
}

/** Cuts `:USDT` off `BTC/USDT:USDT` (ccxt, keeping a dated future's expiry) and `BINANCE:` off `BINANCE:BTCUSDT`. */
function withoutVenueAndSettlement(text: string): string {
  const colon = text.indexOf(':');
  if (colon < 0) return text;
  const before = text.slice(0, colon);
  const after = text.slice(colon + 1);
  if (!/[/_-]/.test(before) && !QUOTES.includes(after)) return after;
  const expiry = after.indexOf('-');
  return expiry < 0 ? before : before + after.slice(expiry);
}

function isDollarPair(market: string): boolean {
  return DOLLARS.some((quote) => market.length > quote.length && market.endsWith(quote) && !isQuote(market));
}

function isQuote(word: string): boolean {
  return QUOTES.includes(word);
}

/** Words of file names that are no coin, though a quote may follow them. */
const NO_COIN = new Set(
  (
    'BINANCE BYBIT OKX OKEX KRAKEN COINBASE GEMINI BITFINEX BITMEX BITSTAMP KUCOIN GATEIO HUOBI FTX DERIBIT LEAN ' +
    'HYPERLIQUID YAHOO GOCRYPTOTRADER FREQTRADE CRYPTODATADOWNLOAD CDD TRADINGVIEW SPOT FUTURES FUTURE PERP SWAP UM CM ' +
    'USDM COINM TRADES TRADE TICKS KLINES CANDLES FUNDING RATE JOURNAL DATA RAW HISTORY OHLC OHLCV MARK INDEX CSV'
  ).split(' '),
);

/**
 * The market that the name of a file speaks of: `2022-05_binance_spot_LUNAUSDT_1h.csv` -> `LUNAUSDT`,
 * `ADA_USDT-1h.json` -> `ADAUSDT`, `XRP_ETH-1m.feather` -> `XRPETH`, `FTT-PERP.csv` -> `FTTPERP`.
 *
 * A pair written as one word counts first. Two words count where the second is a quote; a crypto quote (BTC, ETH,
 * ...) only in capitals, since `as_btc_funding` names no market. Two different markets in one name are none.
 *
 * @returns the canonical symbol, or null where the name does not tell
 */
export function symbolFromFileName(name: string): string | null {
  const words = name.replace(/^.*[/\\]/, '').split(/[^A-Za-z0-9]+/);
  const single = new Set(words.map((word) => word.toUpperCase()).filter(isPairWord));
  const pairs = single.size > 0 ? single : pairsOfTwoWords(words, isPairOfWords);
  // Some of those words are coins as well (DATA, PERP, SWAP): `DATA_USDT-1h.json` names nothing else.
  const found = pairs.size > 0 ? pairs : pairsOfTwoWords(words, isCoinWithDollar);
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** `LUNAUSDT`, `1000PEPEUSDT`, `XRPETH`: a coin and a quote in one word. */
function isPairWord(word: string): boolean {
  if (isQuote(word) || NO_COIN.has(word)) return false;
  const quote = QUOTES.find((candidate) => word.endsWith(candidate));
  if (quote === undefined) return false;
  return /[A-Z]/.test(word.slice(0, word.length - quote.length));
}

function pairsOfTwoWords(
  words: readonly string[],
  isPair: (base: string, quote: string) => boolean,
): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i + 1 < words.length; i += 1) {
    const base = words[i] ?? '';
    const quote = words[i + 1] ?? '';
    if (!isPair(base, quote)) continue;
    found.add(canonicalSymbol(`${base}-${quote}`));
    // A third word repeats the currency of settlement (`BTC_USDT_USDT`); it starts no pair of its own.
    const third = words[i + 2] ?? '';
    i += third.toUpperCase() === quote.toUpperCase() || third.toUpperCase() === base.toUpperCase() ? 2 : 1;
  }
  return found;
}

function isCoinWithDollar(base: string, quote: string): boolean {
  return NO_COIN.has(base) && DOLLARS.some((dollar) => dollar === quote);
}

function isPairOfWords(base: string, quote: string): boolean {
  const coin = base.toUpperCase();
  const unit = quote.toUpperCase();
  if (!isQuote(unit) || coin === unit || NO_COIN.has(coin) || !/^[A-Z0-9]*[A-Z][A-Z0-9]*$/.test(coin))
    return false;
  if (/^\d+[SMHDW]$/.test(coin)) return false;
  const inCapitals = base === coin && quote === unit;
  return inCapitals || DOLLARS.some((dollar) => dollar === unit);
}

/**
 * Finds the series that a market's name asks for: the one with the same canonical name, else, where a bare coin is
 * asked for (`BTC`, as Hyperliquid writes it), the one series of that coin against a dollar or as a perpetual.
 *
 * @param available the names as the caller holds them
 * @returns the element of `available`, or null where none fits, or several do and none is the exact name
 */
export function matchSymbol(wanted: string, available: readonly string[]): string | null {
  const name = canonicalSymbol(wanted);
  if (name === '') return null;
  const exact = available.filter((candidate) => canonicalSymbol(candidate) === name);
  if (exact.length > 0)
    return exact.length === 1 ? (exact[0] ?? null) : (exact.find((e) => e === wanted) ?? null);
  const ofCoin = available.filter((candidate) => {
    const market = canonicalSymbol(candidate);
    return market.startsWith(name) && SERIES_OF_A_COIN.includes(market.slice(name.length));
  });
  return ofCoin.length === 1 ? (ofCoin[0] ?? null) : null;
}

/**
 * The coin of a market against a dollar: `BTC` of `BTCUSD`, `SOL` of `SOLPERP`, `DOT` of `DOTUSD`; `XBT` is an older name
 * of BTC. A T before USD belongs to the coin where the coin would have less than three letters without it.
 *
 * @returns the whole name where it ends in no known quote
 */
export function baseAsset(symbol: string): string {
  const market = canonicalSymbol(symbol);
  const quote = SERIES_OF_A_COIN.find((end) => {
    const rest = market.slice(0, market.length - end.length);
    if (rest === '' || !market.endsWith(end)) return false;
    return end !== 'TUSD' || (rest.length >= 3 && rest !== 'USD');
  });
  const base = quote === undefined ? market : market.slice(0, market.length - quote.length);
  return base === 'XBT' ? 'BTC' : base;
}
