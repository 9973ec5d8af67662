/** What fills meet in a scenario: the volatility of its bars, and spread and depth as its file states them. */
import type { Bars } from '../market/bars.ts';
import { DEFAULT_ASSET, type Known, type Scenario } from '../model/scenario.ts';
import type { Liquidity, VenueWorld } from '../venue/venue-world.ts';
import { liquidityLookup } from './liquidity.ts';

/**
 * A lookup by symbol and moment. Spread and depth are steps; `scale` multiplies their logs.
 *
 * @param assets  that of each series
 */
export function scenarioLiquidity(
  { spread, depth, depths }: Pick<Scenario, 'spread' | 'depth' | 'depths'>,
  series: readonly Bars[],
  assets: readonly string[],
  scale: number,
): VenueWorld['liquidityAt'] {
  const traded = liquidityLookup(series);
  const usual = assets.map((asset) => usualDepth(depths, asset));
  // Whoever looks at one moment looks several times.
  const kept = new Map<number, { readonly time: number; readonly found: Liquidity }>();
  return (symbol, time) => {
    const last = kept.get(symbol);
    if (last?.time === time) return last.found;
    const found = {
      ...traded(symbol, time),
      spread: multipleAt(spread, time, scale),
      depth: (usual[symbol] ?? 0) * multipleAt(depth, time, scale),
    };
    kept.set(symbol, { time, found });
    return found;
  };
}

function usualDepth(depths: Scenario['depths'], asset: string): number {
  const own = depths.find((one) => one.asset === asset) ?? depths.find((one) => one.asset === DEFAULT_ASSET);
  return own?.notional ?? 0;
}

function multipleAt(steps: readonly Known[], time: number, scale: number): number {
  const value = steps.findLast((one) => one.time <= time)?.value ?? 1;
  if (scale === 1 || value === 1) return value;
  return Math.exp(scale * Math.log(value));
}
