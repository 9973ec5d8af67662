/** What a fill needs to know of a market at a moment, without looking ahead. */
import { type Bars, firstAtOrAfter } from '../market/bars.ts';
import { last24h, lastCompleted } from '../market/volatility-24h.ts';
import type { Liquidity } from '../venue/venue-world.ts';

/**
 * A lookup of volatility and volume by symbol and moment: those of the 24 h of bars completed before it. The volume of the
 * bar of the moment itself caps partial fills; nobody decides by it.
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
    if (bars === null || day === null) return { sigmaDaily: 0, volumeDaily: 0, barVolume: 0, barEnd: time };
    const known = lastCompleted(bars, time);
    const row = rowOf(bars, time);
    return {
      sigmaDaily: known < 0 ? 0 : day.sigma[known]!,
      volumeDaily: known < 0 ? 0 : day.volume[known]!,
      barVolume: row < 0 ? 0 : bars.volume[row]!,
      barEnd: row < 0 ? time : bars.time[row]! + bars.interval,
    };
  };
}

/** The bar that holds a moment; -1 where none does. */
function rowOf({ time, interval }: Bars, moment: number): number {
  const at = firstAtOrAfter(time, moment);
  if (at < time.length && time[at]! === moment) return at;
  return at > 0 && moment < time[at - 1]! + interval ? at - 1 : -1;
}
