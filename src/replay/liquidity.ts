/** What a fill needs to know of a market at a moment, without looking ahead. */
import { type Bars, firstAtOrAfter } from '../market/bars.ts';
import { type Day, last24h } from '../market/volatility-24h.ts';
import type { Liquidity } from '../venue/venue-world.ts';

/**
 * A lookup of volatility and volume by symbol and moment: those of the 24 h of bars completed before it, 0 without any. The
 * volume of the bar of the moment itself caps partial fills; nobody decides by it.
 * Bars do not tell of the book: its spread is the usual one, its depth not known.
 *
 * O(bars) once, O(log bars) a lookup.
 *
 * @param series  one for each symbol of the path; null where a symbol has no bars
 */
export function liquidityLookup(
  series: readonly (Bars | null)[],
): (symbol: number, time: number) => Liquidity {
  const days = series.map((bars) => (bars === null ? null : last24h(bars)));
  return (symbol, time) => {
    const bars = series[symbol] ?? null;
    const day = days[symbol] ?? null;
    if (bars === null || day === null)
      return { sigmaDaily: 0, volumeDaily: 0, barVolume: 0, barEnd: time, spread: 1, depth: 0 };
    const known = lastUpTo(day.time, time);
    const row = rowOf(bars, time);
    return {
      sigmaDaily: known < 0 ? 0 : day.sigma[known]!,
      volumeDaily: known < 0 ? 0 : day.volume[known]!,
      barVolume: row < 0 ? 0 : bars.volume[row]!,
      barEnd: row < 0 ? time : bars.time[row]! + bars.interval,
      spread: 1,
      depth: 0,
    };
  };
}

/** The last row at or before a moment; -1 where there is none. */
function lastUpTo(times: Day['time'], moment: number): number {
  const at = firstAtOrAfter(times, moment);
  return at < times.length && times[at] === moment ? at : at - 1;
}

/** The bar that holds a moment; -1 where none does. */
function rowOf({ time, interval }: Bars, moment: number): number {
  const at = lastUpTo(time, moment);
  return at >= 0 && moment < time[at]! + interval ? at : -1;
}
