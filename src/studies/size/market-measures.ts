/** What bars say of the market that is sized: drift and volatility of its days, the worst move, the distance of an assumed stop. */
import { atrOfBars } from '../../market/atr-of-bars.ts';
import type { Bars } from '../../market/bars.ts';
import { intervalText } from '../../market/gate/interval.ts';
import type { Journal } from '../../market/journal.ts';
import { resampleBars } from '../../market/resample.ts';
import { segmentStarts } from '../../market/segments.ts';
import { canonicalSymbol, matchSymbol } from '../../market/symbol.ts';
import { createVolatility24h, stepVolatility24h } from '../../market/volatility-24h.ts';
import { worstMove } from '../../market/worst-move.ts';
import { standardDeviation } from '../../math/moments.ts';
import { mean } from '../../math/sum.ts';
import { DataError } from '../../model/errors.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { MS_PER_DAY, parseDuration } from '../../model/time.ts';
import type { Drift } from '../../risk/sizing/continuous-kelly.ts';
import { unroundedVolatility } from '../../risk/sizing/unrounded-volatility.ts';
import type { SizeInputs, SizeTree } from './inputs.ts';

/** Crypto years have no holidays. */
export const DAYS_A_YEAR = 365;
/** Daily returns below which a drift is not worth a number. */
const RETURNS_MIN = 30;

export type MarketMeasures = {
  readonly symbol: string;
  readonly from: number;
  readonly to: number;
  /** Quote per base, the last close. */
  readonly price: number;
  /** Price units at the last close; null while warming up. */
  readonly atr: number | null;
  /** Daily simple returns of a long, the last `window` of them. */
  readonly returns: Float64Array;
  readonly meanAnnual: number;
  readonly meanAnnualError: number;
  readonly volatilityAnnual: number;
  readonly volatilityDaily: number;
  readonly volatility24h: number;
  readonly worstFall: number;
  readonly worstFallTime: number | null;
};

/** The series that is sized: the one that is named, else the one with most trades of the journal, else the first. */
export function seriesOf({ ohlcv, journal }: SizeInputs, symbol: string | null): Bars | null {
  if (symbol !== null && ohlcv.length > 0) return namedSeries(ohlcv, symbol);
  const names = ohlcv.map((bars) => bars.symbol);
  const counts = tradesBySeries(journal, names);
  const [first] = ohlcv.toSorted((a, b) => (counts.get(b.symbol) ?? 0) - (counts.get(a.symbol) ?? 0));
  return first ?? null;
}

function namedSeries(ohlcv: readonly Bars[], symbol: string): Bars {
  const names = ohlcv.map((bars) => bars.symbol);
  const name = matchSymbol(canonicalSymbol(symbol), names);
  const found = ohlcv.find((bars) => bars.symbol === name);
  if (found !== undefined) return found;
  const near = nearestName(symbol, names);
  throw new DataError({
    code: 'SYMBOL_UNKNOWN',
    message: `the market that is sized must be in the bars (${names.join(', ')}), was ${symbol}`,
    remedy: near === null ? 'Name bars of it with --ohlcv' : `Did you mean ${near}?`,
  });
}

function tradesBySeries(journal: Journal | null, names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  const matches = new Map<string, string | null>();
  for (const { symbol } of journal?.trades ?? []) {
    if (!matches.has(symbol)) matches.set(symbol, matchSymbol(symbol, names));
    const name = matches.get(symbol);
    if (name != null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/**
 * @param side  of the position; null takes the worse of both for the worst move
 * @throws DataError INTERVAL, SERIES_SHORT  where there are no 30 daily returns
 */
export function measureMarket(bars: Bars, tree: SizeTree, side: 1 | -1 | null): MarketMeasures {
  const { maxGap } = tree.data;
  const { window, fallHorizon } = tree.studies.size;
  const { atrPeriod: period, atrMethod: method } = tree.guards.stops;
  const all = dailyReturns(bars, maxGap);
  if (all.length < RETURNS_MIN) throw tooShort(bars, all.length);
  const returns = window === null ? all : all.subarray(-window);
  const starts = segmentStarts(bars, maxGap);
  const horizon = parseDuration(fallHorizon) ?? MS_PER_DAY;
  const sides = side === null ? ([1, -1] as const) : [side];
  const worst = sides
    .map((one) => worstMove(bars, { side: one, horizon, starts }))
    .reduce((most, one) => (one.move > most.move ? one : most));
  const last = bars.time.length - 1;
  const atr = atrOfBars(bars, starts, { period, method })[last]!;
  const meanDaily = mean(returns);
  const volatilityDaily = unroundedVolatility(standardDeviation(returns), meanDaily);
  const volatilityAnnual = volatilityDaily * Math.sqrt(DAYS_A_YEAR);
  return {
    symbol: bars.symbol,
    from: bars.time[0]!,
    to: bars.time[last]! + bars.interval,
    price: bars.close[last]!,
    atr: Number.isFinite(atr) ? atr : null,
    returns,
    meanAnnual: DAYS_A_YEAR * meanDaily,
    meanAnnualError: volatilityAnnual * Math.sqrt(DAYS_A_YEAR / returns.length),
    volatilityAnnual,
    volatilityDaily,
    volatility24h: lastVolatility(bars),
    worstFall: worst.move,
    worstFallTime: worst.time,
  };
}

/** What a position on a side earns in a year, in small steps. */
export function driftOf(
  { meanAnnual, volatilityAnnual }: MarketMeasures,
  side: 1 | -1,
  riskFree: number,
): Drift {
  return { mean: side * meanAnnual, riskFree, volatility: volatilityAnnual };
}

/** From close to close of UTC days; a hole of more than `maxGap` days has none. */
function dailyReturns(bars: Bars, maxGap: number): Float64Array {
  if (bars.interval > MS_PER_DAY)
    throw new DataError({
      code: 'INTERVAL',
      message: `bars must be of a day or finer to size by, was ${intervalText(bars.interval)} of ${bars.symbol}`,
      remedy: 'Name finer bars',
    });
  const { bars: days } = resampleBars(bars, MS_PER_DAY);
  const starts = new Set(segmentStarts(days, maxGap));
  const returns = days.close.map((close, i) => (starts.has(i) ? Number.NaN : close / days.close[i - 1]! - 1));
  return returns.filter((one) => !Number.isNaN(one));
}

function lastVolatility({ time, interval, open, close }: Bars): number {
  const state = createVolatility24h(interval);
  let volatility = 0;
  for (let i = 0; i < time.length; i += 1)
    volatility = stepVolatility24h(state, time[i]! + interval, open[i]!, close[i]!);
  return volatility;
}

function tooShort({ symbol }: Bars, count: number): DataError {
  return new DataError({
    code: 'SERIES_SHORT',
    message: `the bars of ${symbol} must give at least ${RETURNS_MIN} daily returns (${RETURNS_MIN + 1} whole UTC days), was ${count}`,
    remedy: 'Name a longer series, or leave --ohlcv out: rules that need bars then set no bound',
  });
}
