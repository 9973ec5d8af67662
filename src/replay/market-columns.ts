/**
 * What the engine knows of the market: measures of completed bars, made once for the data and looked up by moment. A
 * moment sees the bars that ended at or before it and nothing of any other.
 */
import type { Market, MarketMoment } from '../engine/view.ts';
import { atrOfBars } from '../market/atr-of-bars.ts';
import type { Bars } from '../market/bars.ts';
import { regimeAt, volatilitySquares } from '../market/regime.ts';
import { segmentStarts } from '../market/segments.ts';
import { last24h, lastCompleted } from '../market/volatility-24h.ts';
import type { AtrMethod } from '../math/atr.ts';
import { MS_PER_DAY, MS_PER_HOUR } from '../model/time.ts';

export type MarketRule = {
  readonly atrPeriod: number;
  readonly atrMethod: AtrMethod;
  /** Intervals; a longer hole begins the ATR and the regime anew (RULES 1.3). */
  readonly maxGap: number;
};

/** The measures of one symbol; row i is known when bar i ends. */
export type SymbolColumns = {
  readonly bars: Bars;
  /** NaN while warming up. */
  readonly atr: Float64Array;
  readonly volatility24h: Float64Array;
  readonly barVolatility: Float64Array;
  /** Squared, for the regime. */
  readonly squares: Float64Array;
  readonly hours: Hours;
};

/** Full hours of UTC by the bars that ended in them, (start, end]; none where bars are longer than an hour. */
type Hours = {
  /** The end of the first, ms. */
  readonly first: number;
  /** The last price and the volume of each; NaN where no bar ended. */
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Log returns of the closes. */
  readonly returns: Float64Array;
};

export type MarketColumns = {
  /** By symbol; null where one has no bars. */
  readonly columns: readonly (SymbolColumns | null)[];
  readonly market: Market;
};

/** @param series  one for each symbol of the path; null where a symbol has no bars */
export function marketColumns(series: readonly (Bars | null)[], rule: MarketRule): MarketColumns {
  const columns = series.map((bars) =>
    bars === null || bars.time.length === 0 ? null : columnsOf(bars, rule),
  );
  const moments = columns.map(momentLookup);
  return {
    columns,
    market: {
      at: (symbol, time) => moments[symbol]?.(time) ?? unknown,
      hourlyReturns: (symbol, time, hours) => lastHours(columns[symbol], { time, hours }, 'returns'),
      hourlyVolume: (symbol, time, hours) => lastHours(columns[symbol], { time, hours }, 'volume'),
    },
  };
}

function columnsOf(bars: Bars, { atrPeriod, atrMethod, maxGap }: MarketRule): SymbolColumns {
  const starts = segmentStarts(bars, maxGap);
  const volatility24h = volatilityOf(bars);
  return {
    bars,
    atr: atrOfBars(bars, starts, { period: atrPeriod, method: atrMethod }),
    volatility24h,
    barVolatility: perBar(bars, volatility24h),
    squares: volatilitySquares(bars, starts),
    hours: hoursOf(bars),
  };
}

/** What fills look at, as it stands at the end of each bar. */
function volatilityOf(bars: Bars): Float64Array {
  const { time, sigma } = last24h(bars);
  const result = new Float64Array(bars.time.length);
  let at = 0;
  for (let i = 0; i < result.length; i += 1) {
    const end = bars.time[i]! + bars.interval;
    while (time[at]! < end) at += 1;
    result[i] = sigma[at]!;
  }
  return result;
}

/**
 * The root of the mean squared log return of the bars that ended in the 24 h up to a bar's end; NaN before a whole day is known,
 * since a few calm bars are no measure of what the next may do.
 */
function perBar({ time, interval }: Bars, volatility24h: Float64Array): Float64Array {
  const result = new Float64Array(time.length);
  const window = Math.max(MS_PER_DAY, interval);
  let oldest = 0;
  for (let i = 0; i < time.length; i += 1) {
    while (time[oldest]! <= time[i]! - window) oldest += 1;
    // Bars longer than a day were scaled to one: what they moved is asked for here.
    const isWhole = time[i]! + interval - time[0]! >= window;
    result[i] = isWhole ? volatility24h[i]! * Math.sqrt(window / MS_PER_DAY / (i - oldest + 1)) : Number.NaN;
  }
  return result;
}

const unknown: MarketMoment = {
  close: Number.NaN,
  high: Number.NaN,
  low: Number.NaN,
  atr: Number.NaN,
  volatility24h: Number.NaN,
  barVolatility: Number.NaN,
  regime: null,
  end: Number.NEGATIVE_INFINITY,
  interval: 0,
};

/** The lookup of one symbol; it keeps the last moment, since guards ask for the same one many times. */
function momentLookup(columns: SymbolColumns | null): (time: number) => MarketMoment {
  if (columns === null) return () => unknown;
  const before = { ...unknown, interval: columns.bars.interval };
  let kept: { readonly row: number; readonly moment: MarketMoment } = { row: -1, moment: before };
  return (time) => {
    const row = lastCompleted(columns.bars, time);
    if (row !== kept.row) kept = { row, moment: row < 0 ? before : momentAt(columns, row) };
    return kept.moment;
  };
}

function momentAt(
  { bars, atr, volatility24h, barVolatility, squares }: SymbolColumns,
  row: number,
): MarketMoment {
  const { time, interval, high, low, close } = bars;
  let regime: MarketMoment['regime'] | undefined;
  return {
    close: close[row]!,
    high: high[row]!,
    low: low[row]!,
    atr: atr[row]!,
    volatility24h: volatility24h[row]!,
    barVolatility: barVolatility[row]!,
    // It costs a look at 90 days, and most moments are never asked for it.
    get regime() {
      if (regime === undefined) regime = regimeAt(bars, squares, row);
      return regime;
    },
    end: time[row]! + interval,
    interval,
  };
}

/** When a completed bar is to be told of. */
export type LoudBars = {
  /** Its volatility24h is at or above this; Infinity for never. */
  readonly volatilityAbove: number;
  /** Or at or below this; -Infinity for never. */
  readonly volatilityBelow: number;
  readonly every: boolean;
};

/** The first row at or after `start` that is to be told of; the number of rows where none is. */
export function nextLoudBar(
  { volatility24h }: Pick<SymbolColumns, 'volatility24h'>,
  start: number,
  { volatilityAbove, volatilityBelow, every }: LoudBars,
): number {
  const { length } = volatility24h;
  if (every) return Math.min(start, length);
  for (let row = start; row < length; row += 1) {
    const seen = volatility24h[row]!;
    if (seen >= volatilityAbove || seen <= volatilityBelow) return row;
  }
  return length;
}

function hoursOf({ time, interval, close, volume }: Bars): Hours {
  const none = new Float64Array(0);
  if (interval > MS_PER_HOUR) return { first: 0, close: none, volume: none, returns: none };
  const first = hourEnd(time[0]! + interval);
  const count = 1 + (hourEnd(time[time.length - 1]! + interval) - first) / MS_PER_HOUR;
  const hours = {
    first,
    close: new Float64Array(count).fill(Number.NaN),
    volume: new Float64Array(count).fill(Number.NaN),
    returns: new Float64Array(count).fill(Number.NaN),
  };
  for (let i = 0; i < time.length; i += 1) {
    const hour = (hourEnd(time[i]! + interval) - first) / MS_PER_HOUR;
    hours.close[hour] = close[i]!;
    const traded = hours.volume[hour]!;
    hours.volume[hour] = Number.isNaN(traded) ? volume[i]! : traded + volume[i]!;
  }
  for (let hour = 1; hour < count; hour += 1)
    hours.returns[hour] = Math.log(hours.close[hour]! / hours.close[hour - 1]!);
  return hours;
}

/** The end of the hour in which a bar ended; a bar that ends on the hour belongs to the one that ends with it. */
function hourEnd(end: number): number {
  return Math.ceil(end / MS_PER_HOUR) * MS_PER_HOUR;
}

/** A measure of the last full hours up to a moment, the newest last, to be read only; empty without bars of an hour or less. */
function lastHours(
  columns: SymbolColumns | null | undefined,
  { time, hours }: { readonly time: number; readonly hours: number },
  measure: 'returns' | 'volume',
): Float64Array {
  if (columns === null || columns === undefined || columns.hours.close.length === 0)
    return new Float64Array(0);
  const known = columns.hours;
  const all = known[measure];
  const end = (Math.floor(time / MS_PER_HOUR) * MS_PER_HOUR - known.first) / MS_PER_HOUR + 1;
  if (end >= hours && end <= all.length) return all.subarray(end - hours, end);
  // Hours before the first and after the last are not known.
  const found = new Float64Array(hours).fill(Number.NaN);
  const from = Math.max(0, end - hours);
  const to = Math.min(end, all.length);
  if (from < to) found.set(all.subarray(from, to), from - (end - hours));
  return found;
}
