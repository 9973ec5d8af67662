/** Simple one-day returns that the assets of a book have in common, and their covariance. */

import type { Bars } from '../../market/bars.ts';
import { resampleBars } from '../../market/resample.ts';
import { baseAsset, matchSymbol } from '../../market/symbol.ts';
import { sampleCovariance, withCorrelation } from '../../math/covariance.ts';
import { MS_PER_DAY } from '../../model/time.ts';
import type { Asset } from './reverse-standing.ts';

/** Days that a covariance needs in common. */
const DAYS_MIN = 30;
/** Between any two assets in a crisis (S4 correlation crisis; RULES 4.3). */
const CRISIS = 0.9;

export type AssetReturns = {
  /** One column an asset, one row a common day. */
  readonly columns: readonly Float64Array[];
  readonly days: number;
  /** Why no covariance can be made; null where one can. */
  readonly reason: string | null;
};

/**
 * Returns of UTC days, close / close of the day before - 1, of the days that all assets have. An asset takes the bars of its own
 * symbol, else those of another market of the same coin.
 *
 * @param symbols  the symbols that assets name by index
 */
export function commonReturns(
  assets: readonly Asset[],
  symbols: readonly string[],
  ohlcv: readonly Bars[],
): AssetReturns {
  const none = (reason: string, days = 0) => ({ columns: [], days, reason });
  if (assets.length === 0) return none('nothing in the book moves with a price');
  const series = assets.map((asset) => barsOf(asset, symbols, ohlcv));
  const missing = assets.filter((_, i) => series[i] === null).map(({ name }) => name);
  if (missing.length > 0) return none(`no bars (--ohlcv) of ${missing.join(', ')}`);
  const known = series.filter((one) => one !== null);
  const long = known.find(({ interval }) => MS_PER_DAY % interval !== 0);
  if (long !== undefined) return none(`bars of ${long.symbol} must divide a day`);
  const byDay = known.map(dailyReturns);
  const [first, ...others] = byDay;
  const days = [...(first?.keys() ?? [])].filter((day) => others.every((one) => one.has(day)));
  if (days.length < DAYS_MIN)
    return none(`needs ${DAYS_MIN} daily returns in common, has ${days.length}`, days.length);
  const columns = byDay.map((one) => Float64Array.from(days, (day) => one.get(day) ?? 0));
  return { columns, days: days.length, reason: null };
}

function barsOf(
  { name, symbols: own }: Asset,
  symbols: readonly string[],
  ohlcv: readonly Bars[],
): Bars | null {
  const named = ohlcv.map(({ symbol }) => symbol);
  const exact = own.map((symbol) => matchSymbol(symbols[symbol] ?? '', named)).find((one) => one !== null);
  const found = exact ?? named.find((symbol) => baseAsset(symbol) === name);
  return ohlcv.find(({ symbol }) => symbol === found) ?? null;
}

/** By the day that ends the return. */
function dailyReturns(bars: Bars): Map<number, number> {
  const { time, close } = resampleBars(bars, MS_PER_DAY).bars;
  const returns = new Map<number, number>();
  for (let i = 1; i < time.length; i += 1) {
    if (time[i]! - time[i - 1]! === MS_PER_DAY) returns.set(time[i]!, close[i]! / close[i - 1]! - 1);
  }
  return returns;
}

/** The covariance of a day: that of the sample, or its volatilities with a correlation of 0.9 between all. */
export function covarianceOf({ columns }: AssetReturns, correlation: 'sample' | 'crisis'): Float64Array {
  const sample = sampleCovariance(columns);
  return correlation === 'sample' ? sample : withCorrelation(sample, CRISIS);
}
