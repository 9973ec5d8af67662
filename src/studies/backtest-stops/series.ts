/** A series with all that its trades share, made once: holes, ATR, links between extremes. */

import { atrOfBars } from '../../market/atr-of-bars.ts';
import type { Bars } from '../../market/bars.ts';
import { volatilitySquares } from '../../market/regime.ts';
import { segmentStarts } from '../../market/segments.ts';
import { countHoles, type GappedBars, type TradePath } from '../../market/trade-path.ts';
import type { AtrMethod } from '../../math/atr.ts';
import { nextHigher, nextLower } from '../../math/next-extreme.ts';
import type { PriceRows } from './signed-trade.ts';

export type SeriesRule = {
  readonly atrPeriod: number;
  readonly atrMethod: AtrMethod;
  readonly maxGap: number;
  /** Something asks for the market regime at entry. */
  readonly needsRegime: boolean;
};

export type Series = {
  readonly bars: Bars;
  readonly gapped: GappedBars;
  /** atr[i] is known when bar i closes; NaN while warming up, which begins anew after a hole that splits. */
  readonly atr: Float64Array;
  /** unitBefore[i] = atr[i - 1]: what is known when bar i opens. */
  readonly atrBefore: Float64Array;
  readonly lower: Int32Array;
  readonly higher: Int32Array;
  /** Squared volatility for the regime; empty where nothing asks for one. */
  readonly volatility: Float64Array;
};

export function createSeries(bars: Bars, rule: SeriesRule): Series {
  const starts = segmentStarts(bars, rule.maxGap);
  const known = atrOfBars(bars, starts, { period: rule.atrPeriod, method: rule.atrMethod });
  const atrBefore = new Float64Array(bars.time.length).fill(Number.NaN);
  atrBefore.set(known.subarray(0, -1), 1);
  return {
    bars,
    gapped: countHoles(bars, starts),
    atr: known,
    atrBefore,
    lower: nextLower(bars.low),
    higher: nextHigher(bars.high),
    volatility: rule.needsRegime ? volatilitySquares(bars, starts) : new Float64Array(0),
  };
}

/** The rows of a trade in its series. */
export function rowsOf(series: Series, path: TradePath, side: 1 | -1): PriceRows {
  const { bars, lower, higher } = series;
  return {
    open: bars.open,
    high: bars.high,
    low: bars.low,
    close: bars.close,
    from: path.from,
    to: path.to,
    entryPartial: path.entryPartial,
    partialFrom: path.partialFrom,
    nextWorse: side === 1 ? lower : higher,
    nextBetter: side === 1 ? higher : lower,
    prints: null,
  };
}
