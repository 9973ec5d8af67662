/** How much an order, or a position, moves with the rest of the book (RULES 3.8). */
import { correlation } from '../math/correlation.ts';
import type { OrderIntent } from './event.ts';
import { type Holding, holdingOf, holdingsBeside } from './exposure.ts';
import type { Say } from './guard.ts';
import { positionKey, type View } from './view.ts';

type Limit = {
  /** Exclusive; null is off. */
  readonly maxCorrelation: number | null;
};

type Told = {
  readonly config: Limit;
  /** Positions that were told to move with the book. */
  readonly correlated: readonly string[];
};

/** Refuses an order that moves with the book; with too little history it passes, and that is said. */
export function limitCorrelation(view: View, { maxCorrelation }: Limit, order: OrderIntent, say: Say): void {
  const { account, symbol, side } = order;
  if (maxCorrelation === null) return;
  const book = holdingsBeside(view, order);
  if (book.length === 0) return;
  const observed = bookCorrelation(view, { symbol, side }, book);
  const about = { rule: 'correlation', measure: 'correlation', threshold: maxCorrelation } as const;
  if (observed === null) {
    // Too little history is no reason to refuse, and nothing to pass over in silence.
    say.alert({
      ...about,
      ...{ rule: 'correlation-unknown', severity: 'info', observed: null, about: { account, symbol } },
    });
    return;
  }
  say.use('correlation', Math.max(0, observed) / maxCorrelation);
  say.on('correlation', observed > maxCorrelation);
  if (observed > maxCorrelation) say.deny({ ...about, severity: 'warning', observed });
}

/** Which positions have come to move with the rest of the book; those that were not told of before are. */
export function tellCorrelated(view: View, { config, correlated }: Told, say: Say): string[] {
  const { maxCorrelation } = config;
  if (maxCorrelation === null) return [];
  const book = view.positions.map((one) => holdingOf(view, one));
  const found: string[] = [];
  for (const one of book) {
    const rest = book.filter((other) => other !== one);
    const observed = bookCorrelation(view, one, rest);
    if (observed === null || observed <= maxCorrelation) continue;
    const key = positionKey(one);
    found.push(key);
    if (correlated.includes(key)) continue;
    const { account, symbol } = one;
    const finding = {
      rule: 'correlation',
      measure: 'correlation',
      threshold: maxCorrelation,
      observed,
    } as const;
    say.alert({ ...finding, severity: 'warning', about: { account, symbol } });
  }
  return found;
}

/** Adds what a holding made in each hour; NaN where its return is not known. Columns end at one hour. */
function addReturns(pnl: Float64Array, returns: Float64Array, { side, notional }: Holding): void {
  const shift = returns.length - pnl.length;
  const worth = side * notional;
  for (let i = 0; i < pnl.length; i += 1) {
    const at = i + shift;
    pnl[i] = at < 0 ? Number.NaN : pnl[i]! + worth * returns[at]!;
  }
}

/** Hours that a correlation looks back, and how many of them both sides must have (RULES 3.8). */
const HOURS = 720;
const LEAST = 200;

/**
 * Correlation of side x returns of a symbol with the returns of the book's PnL over 30 days of hours; null with less than 200
 * hours in common, or without a book, whose PnL never changes.
 */
function bookCorrelation(
  view: View,
  { symbol, side }: Pick<Holding, 'symbol' | 'side'>,
  book: readonly Holding[],
): number | null {
  const returns = view.market.hourlyReturns(symbol, view.time, HOURS);
  const own = new Float64Array(returns.length);
  for (let i = 0; i < own.length; i += 1) own[i] = returns[i]! * side;
  const pnl = new Float64Array(own.length);
  for (const one of book) addReturns(pnl, view.market.hourlyReturns(one.symbol, view.time, HOURS), one);
  return correlation(own, pnl, LEAST);
}
