/**
 * Bars of a coarser interval, from finer bars or from market prints.
 *
 * Buckets begin at multiples of the interval from 00:00 UTC, those of whole weeks on Monday. A bucket in which nothing
 * stands is a hole; the first and the last one are left out where they are not covered in full.
 */
import { DataError } from '../model/errors.ts';
import { MS_PER_DAY } from '../model/time.ts';
import { utcText } from '../model/utc-text.ts';
import type { Bars } from './bars.ts';
import { intervalText } from './gate/interval.ts';
import type { Ticks } from './ticks.ts';

export type Resampled = {
  readonly bars: Bars;
  /** Incomplete buckets that were left out at the ends: 0, 1 or 2. */
  readonly incomplete: number;
};

const WEEK = 7 * MS_PER_DAY;
/** 1970-01-01 was a Thursday; the first Monday came four days later. */
const MONDAY = 4 * MS_PER_DAY;
/** Prints do not begin on the second: a bucket counts as covered where at most this share of it is silent at its edge. */
const SILENT_MAX = 0.01;

/**
 * The bar of a bucket opens at its first bar's open, closes at its last bar's close, has the extremes and the summed
 * volume of all. Bars missing inside a bucket make it no hole.
 *
 * @throws DataError INTERVAL  where `interval` is no multiple of that of the bars, or a bar lies across two buckets;
 *   SERIES_SHORT where no bucket is covered
 */
export function resampleBars(bars: Bars, interval: number): Resampled {
  if (interval === bars.interval) return { bars, incomplete: 0 };
  if (interval % bars.interval !== 0) {
    const was = `${intervalText(interval)} from bars of ${intervalText(bars.interval)}`;
    throw intervalError(`an interval must be a multiple of that of the bars, was ${was}`, bars.symbol);
  }
  const { time } = bars;
  const starts = bucketStarts(time, interval);
  refuseStraddling(bars, interval);
  const first = bucketOf(time[0]!, interval);
  const last = bucketOf(time[time.length - 1]!, interval);
  const cut = {
    first: time[0]! > first,
    last: time[time.length - 1]! + bars.interval < last + interval,
  };
  return built({ symbol: bars.symbol, interval, time }, cutEnds(starts, cut), bars);
}

/**
 * @throws DataError SERIES_SHORT  where no bucket is covered
 */
export function barsFromTicks({ symbol, time, price, qty }: Ticks, interval: number): Resampled {
  const starts = bucketStarts(time, interval);
  const from = time[0]!;
  const to = time[time.length - 1]!;
  const cut = {
    first: from - bucketOf(from, interval) > SILENT_MAX * interval,
    last: bucketOf(to, interval) + interval - to > SILENT_MAX * interval,
  };
  const columns = { open: price, high: price, low: price, close: price, volume: qty };
  return built({ symbol, interval, time }, cutEnds(starts, cut), columns);
}

/** The open of the bucket that a time lies in. */
function bucketOf(time: number, interval: number): number {
  const phase = interval % WEEK === 0 ? MONDAY : 0;
  return Math.floor((time - phase) / interval) * interval + phase;
}

/** The first row of each bucket, and the number of rows behind the last. */
function bucketStarts(time: Float64Array, interval: number): number[] {
  const starts: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < time.length; i += 1) {
    if (time[i]! < end) continue;
    starts.push(i);
    end = bucketOf(time[i]!, interval) + interval;
  }
  starts.push(time.length);
  return starts;
}

type Cut = { readonly first: boolean; readonly last: boolean };

function cutEnds(starts: readonly number[], { first, last }: Cut): { starts: number[]; incomplete: number } {
  const kept = starts.slice(first ? 1 : 0, last ? -1 : starts.length);
  const incomplete = Math.min(starts.length - 1, (first ? 1 : 0) + (last ? 1 : 0));
  return { starts: kept, incomplete };
}

type Columns = Pick<Bars, 'open' | 'high' | 'low' | 'close' | 'volume'>;

function built(
  { symbol, interval, time }: Pick<Bars, 'symbol' | 'interval' | 'time'>,
  { starts, incomplete }: { readonly starts: readonly number[]; readonly incomplete: number },
  columns: Columns,
): Resampled {
  const count = starts.length - 1;
  if (count < 1) {
    throw new DataError({
      code: 'SERIES_SHORT',
      message: `${symbol} must cover at least one whole ${intervalText(interval)}, was none`,
      remedy: 'Ask for a shorter --interval, or give a longer file',
    });
  }
  const bars: Bars = {
    symbol,
    interval,
    time: new Float64Array(count),
    open: new Float64Array(count),
    high: new Float64Array(count),
    low: new Float64Array(count),
    close: new Float64Array(count),
    volume: new Float64Array(count),
  };
  for (let bucket = 0; bucket < count; bucket += 1) {
    bars.time[bucket] = bucketOf(time[starts[bucket]!]!, interval);
    fill(bars, bucket, columns, [starts[bucket]!, starts[bucket + 1]!]);
  }
  return { bars, incomplete };
}

function fill(bars: Bars, bucket: number, columns: Columns, [from, to]: readonly [number, number]): void {
  const { high, low, volume } = columns;
  let top = high[from]!;
  let bottom = low[from]!;
  let sum = 0;
  for (let i = from; i < to; i += 1) {
    const h = high[i]!;
    const l = low[i]!;
    if (h > top) top = h;
    if (l < bottom) bottom = l;
    sum += volume[i]!;
  }
  bars.open[bucket] = columns.open[from]!;
  bars.high[bucket] = top;
  bars.low[bucket] = bottom;
  bars.close[bucket] = columns.close[to - 1]!;
  bars.volume[bucket] = sum;
}

/** A bar that begins in one bucket and ends in the next would carry prices of the next into this one. */
function refuseStraddling({ symbol, time, interval: fine }: Bars, interval: number): void {
  for (let i = 0; i < time.length; i += 1) {
    const within = time[i]! - bucketOf(time[i]!, interval);
    if (within + fine <= interval) continue;
    const rule = `bars must lie inside one bucket of ${intervalText(interval)}`;
    throw intervalError(`${rule}, was one of ${intervalText(fine)} at ${utcText(time[i]!)}`, symbol);
  }
}

function intervalError(message: string, symbol: string): DataError {
  return new DataError({ code: 'INTERVAL', message: `${symbol}: ${message}` });
}
