/** Whether the prices of a symbol can be right (RULES 3.9; S0 case study 3: a corrupt feed is no arbitrage). */
import { MS_PER_SECOND } from '../model/time.ts';
import type { Finding } from './decision.ts';
import type { CircuitBreakersConfig } from './guards/circuit-breakers-config.ts';
import type { View } from './view.ts';

type Sanity = CircuitBreakersConfig['dataSanity'];

/** Why the feed of a symbol cannot be right now; null where it can. A move is told at the point at which it came. */
export function doubtOf(view: View, symbol: number, { moveSigmas, markGap }: Sanity): Finding | null {
  const doubt = (measure: string, observed: number, threshold: number): Finding => {
    const about = { account: null, symbol };
    return { rule: 'data-sanity', severity: 'critical', measure, observed, threshold, about };
  };
  const move = view.moves[symbol] ?? Number.NaN;
  if (moveSigmas !== null && Number.isFinite(move) && move > moveSigmas)
    return doubt('moveSigmas', move, moveSigmas);
  const gap = gapOf(view, symbol);
  if (markGap !== null && gap > markGap) return doubt('markGap', gap, markGap);
  return null;
}

/** Whether a completed bar and the prices of now agree again. */
export function agrees(view: View, symbol: number, { moveSigmas, markGap }: Sanity): boolean {
  const { close, barVolatility } = view.market.at(symbol, view.time);
  const away = Math.abs(view.last[symbol]! / close - 1);
  const isNear = moveSigmas === null || !(away > moveSigmas * barVolatility);
  return isNear && (markGap === null || !(gapOf(view, symbol) > markGap));
}

/** |mark - last| / last; NaN before the first price. */
function gapOf({ mark, last }: View, symbol: number): number {
  return Math.abs(mark[symbol]! - last[symbol]!) / last[symbol]!;
}

/** How late the next completed bar of a symbol is, seconds; below 0 while it is not due. NaN before the first. */
export function lateness({ market, time }: View, symbol: number): number {
  const { end, interval } = market.at(symbol, time);
  return Number.isFinite(end) ? (time - end - interval) / MS_PER_SECOND : Number.NaN;
}
