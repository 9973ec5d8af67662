/** Where a stop of the engine stands: its unit, its anchor, its level. Prices are as they trade; `side` mirrors them. */
import { adaptiveStopFraction, stopPrice, stopReached } from '../risk/stop.ts';
import type { StopsConfig } from './guards/stops-config.ts';
import type { MarketMoment, PositionView, View } from './view.ts';

/** What is kept of a position for its stop; plain finite data. */
export type StopState = {
  readonly account: number;
  readonly symbol: number;
  readonly side: 1 | -1;
  /** The fill that opened it; the average after more fills. */
  readonly entry: number;
  readonly enteredAt: number;
  readonly multiplier: number;
  readonly confidence: number;
  /** The stop that the order or the book states; null where it states none. */
  readonly stated: number | null;
  /** Price distance of one multiple; null while it is unknown. */
  unit: number | null;
  /** The best last price since entry. */
  best: number;
  /** Where the stop is to stand, never moved away from the price; null while it is unknown. */
  level: number | null;
  /** What the venue was asked for; null where it was not, or did not take it. */
  asked: number | null;
  /** The price may have passed the stop before it was known: a position of the book, or one opened before any ATR. */
  held: boolean;
  /** The nearest stop that the price has passed already and has to come back to; null where there is none. */
  passed: number | null;
  /** How often in a row the venue did not take it. */
  refusals: number;
  /** When it is asked for again; null where nothing is waited for. */
  retryAt: number | null;
};

type Numbers = Pick<StopsConfig, 'type' | 'multiplier' | 'byStrategy' | 'adaptive'>;

/** Whether a stop follows the best price. */
export function trails({ type, adaptive }: Numbers): boolean {
  return type === 'trailing-atr' || type === 'chandelier' || (type === 'adaptive' && adaptive.trails);
}

/** The multiplier of a strategy: it counts ATRs, so that a stop without one keeps its own. */
export function multiplierOf({ type, multiplier, byStrategy }: Numbers, strategy: string | null): number {
  if (type === 'percent' || type === 'adaptive') return multiplier;
  if (strategy === 'trend-following' || strategy === 'mean-reversion') return byStrategy[strategy];
  return multiplier;
}

/** Takes what is known now: the unit where it is still unknown, or follows the bars; the best price where it counts. */
export function learn(config: Numbers, view: View, stop: StopState): void {
  const now = view.market.at(stop.symbol, view.time);
  if (config.type === 'chandelier') {
    stop.unit = usableAtr(now) ?? stop.unit;
    raiseBest(stop, barExtreme(stop, now));
  } else stop.unit ??= unitOf(config, view, stop);
  if (trails(config)) raiseBest(stop, view.last[stop.symbol]!);
}

function unitOf({ type, adaptive }: Numbers, { market, time }: View, stop: StopState): number | null {
  const { symbol, entry, enteredAt, confidence } = stop;
  if (type === 'percent') return 0.01 * entry;
  const then = market.at(symbol, enteredAt);
  if (type === 'adaptive') {
    const moment = Number.isFinite(then.end) ? then : market.at(symbol, time);
    return adaptiveStopFraction(confidence, moment.regime, adaptive) * entry;
  }
  // A position that is older than the data has no ATR of its entry: the first that is known has to do.
  return usableAtr(then) ?? usableAtr(market.at(symbol, time));
}

/** Without any range a stop would stand at its own entry. */
function usableAtr({ atr }: MarketMoment): number | null {
  return Number.isFinite(atr) && atr > 0 ? atr : null;
}

/** The best price of a bar that lies wholly after the entry. */
function barExtreme({ side, enteredAt }: StopState, { high, low, end, interval }: MarketMoment): number {
  if (!(end - interval >= enteredAt)) return Number.NaN;
  return side > 0 ? high : low;
}

function raiseBest(stop: StopState, price: number): void {
  stop.best = better(stop.side, price, stop.best);
}

/** The better of two prices for a side; `known` where the other is NaN. */
export function better(side: 1 | -1, price: number, known: number): number {
  return side * price > side * known ? price : known;
}

/** The stop by the rule of its type; null while it is unknown, or where it would lie at no price above 0. */
export function computedStop(config: Numbers, stop: StopState): number | null {
  const { side, entry, best, unit, multiplier } = stop;
  if (unit === null) return null;
  const follows = trails(config);
  // The adaptive distance is a share of the price that it hangs on (S0 update_trailing_stop).
  const distance = follows && config.type === 'adaptive' ? unit * (best / entry) : unit;
  const price = side * stopPrice(side * (follows ? best : entry), distance, multiplier);
  return price > 0 && Number.isFinite(price) ? price : null;
}

export type Candidates = {
  /** The tightest that the price has not passed; null where there is none. */
  readonly open: number | null;
  /** The nearest of those that it has; null where there is none. */
  readonly passed: number | null;
};

/** Sorts what is computed and what is stated by whether the price has passed it already. */
export function candidates(
  { side, stated, held }: StopState,
  computed: number | null,
  last: number,
): Candidates {
  const all = [computed, stated].filter((price) => price !== null);
  const isPassed = (price: number) => held && stopReached(side * last, side * price, 'touch');
  const passed = all.filter(isPassed);
  const open = all.filter((price) => !isPassed(price));
  return { open: tightest(side, open), passed: loosest(side, passed) };
}

/** The stop that is reached first. */
export function tightest(side: 1 | -1, prices: readonly number[]): number | null {
  if (prices.length === 0) return null;
  return side > 0 ? Math.max(...prices) : Math.min(...prices);
}

function loosest(side: 1 | -1, prices: readonly number[]): number | null {
  return tightest(side > 0 ? -1 : 1, prices);
}

/** Whether what rests at the venue is as tight as a level. */
export function covers({ side, stop }: Pick<PositionView, 'side' | 'stop'>, level: number): boolean {
  return stop !== null && side * stop >= side * level;
}
