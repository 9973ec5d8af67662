/**
 * The names under which files keep the same column, for every reader that goes by names: CSV, Arrow, Parquet.
 *
 * Names are compared without case, spaces and signs (`Open Time`, `open_time` and `openTime` are one). Where a file has
 * several of the names of one column, the one that stands first here is taken.
 */
const time = [
  'timestamp',
  'time',
  'date',
  'datetime',
  'opentime',
  'ts',
  'unix',
  'unixtime',
  'unixtimestamp',
  'epoch',
  'timestampms',
  'opentimems',
  'timems',
  // Kraken exports of some sites write `time[s]`.
  'times',
  'timestamputc',
  'timeutc',
  'dateutc',
  'starttime',
  'start',
  'candlebegintime',
  't',
  // The unnamed index of a pandas frame in Parquet or Arrow.
  'indexlevel0',
] as const;

const symbol = ['symbol', 'ticker', 'pair', 'market', 'instrument', 'instid', 'coin', 'contract'] as const;

export const ohlcvColumns = {
  time,
  open: ['open', 'openprice', 'o'],
  high: ['high', 'highprice', 'h'],
  low: ['low', 'lowprice', 'l'],
  close: ['close', 'closeprice', 'c'],
  volume: ['volume', 'vol', 'basevolume', 'volumebase', 'v'],
  symbol,
} as const;

export const ticksColumns = {
  time: [...time, 'tradetime', 'transacttime', 'tradetimestamp'],
  price: ['price', 'tradeprice', 'px', 'p'],
  // Base quantity first: beside it, `qty` counts contracts (Binance COIN-M).
  qty: ['baseqty', 'qty', 'quantity', 'size', 'amount', 'volume', 'vol', 'q'],
  /** Buy or sell, of the taker. */
  side: ['side', 'takerside', 'aggressorside', 'direction'],
  /** True where the buyer was the maker, so that the seller took. */
  buyerMaker: ['isbuyermaker', 'buyermaker', 'buyerismaker', 'm'],
  symbol,
} as const;

/** The position of each column in a file with these names, -1 where the file has none. */
export function placesOf<C extends string>(
  names: readonly string[],
  columns: Readonly<Record<C, readonly string[]>>,
): Record<C, number> {
  const plain = names.map(plainName);
  const places = {} as Record<C, number>;
  for (const column of Object.keys(columns) as C[]) {
    const alias = columns[column].find((name) => plain.includes(name));
    places[column] = alias === undefined ? -1 : plain.indexOf(alias);
  }
  return places;
}

/** A column name without case, spaces and signs. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** True where the names hold what bars cannot do without. */
export function haveBars(names: readonly string[]): boolean {
  const places = placesOf(names, ohlcvColumns);
  return [places.time, places.open, places.high, places.low, places.close].every((place) => place >= 0);
}

/** True where the names hold what trades cannot do without, and not those of bars. */
export function haveTicks(names: readonly string[]): boolean {
  const places = placesOf(names, ticksColumns);
  return [places.time, places.price, places.qty].every((place) => place >= 0) && !haveBars(names);
}
