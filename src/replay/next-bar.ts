/** When the next completed bar that a watch wants ends. */
import type { EngineWatch } from '../engine/watch.ts';
import { firstAtOrAfter } from '../market/bars.ts';
import { type MarketColumns, nextLoudBar } from './market-columns.ts';
import type { Protection } from './protection.ts';

type Found = { readonly after: number; readonly high: number; readonly low: number; readonly end: number };

/**
 * A search through columns that all runs share. What was found stays found as long as nobody asks for other bounds, so a
 * run passes over each bar once.
 */
export function nextBarIn({ columns }: MarketColumns): Protection['nextBar'] {
  const found = new Map<number, Found>();
  return (symbol, after, watch) => {
    const own = columns[symbol];
    if (own === null || own === undefined) return Number.POSITIVE_INFINITY;
    const { time, interval } = own.bars;
    const wanted = wantedOf(watch, symbol);
    const known = found.get(symbol);
    const isSame =
      known !== undefined && known.high === wanted.volatilityAbove && known.low === wanted.volatilityBelow;
    if (isSame && !wanted.every && after >= known.after && after < known.end) return known.end;
    const at = firstAtOrAfter(time, after - interval);
    const start = at < time.length && time[at] === after - interval ? at + 1 : at;
    const row = nextLoudBar(own, start, wanted);
    const end = row < time.length ? time[row]! + interval : Number.POSITIVE_INFINITY;
    if (!wanted.every)
      found.set(symbol, { after, high: wanted.volatilityAbove, low: wanted.volatilityBelow, end });
    return end;
  };
}

function wantedOf({ volatilityHigh, volatilityLow, everyBar }: EngineWatch, symbol: number) {
  return {
    volatilityAbove: volatilityHigh[symbol]!,
    volatilityBelow: volatilityLow[symbol]!,
    every: everyBar[symbol] === 1,
  };
}
