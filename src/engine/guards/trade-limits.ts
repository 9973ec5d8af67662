/**
 * Trade limits: what one order may be. Size and risk may be cut to what fits; correlation, spread and impact refuse.
 *
 * Source  S4 trade level (position 10 %, risk per trade 2 %, correlation 0.8), S0 (5 %, 2 %; production 3 %, 1.5 %;
 * DynamicRiskAdjuster), S1 (liquidity conditions, market impact); RULES 3.1, 3.2, 3.5, 3.8, 3.9
 */
import { compareShare } from '../../risk/compare.ts';
import type { Finding } from '../decision.ts';
import type { OrderIntent } from '../event.ts';
import {
  bookCorrelation,
  floorQty,
  type Holding,
  holdingOf,
  orderHolding,
  stopDistance,
} from '../exposure.ts';
import type { Guard, Say } from '../guard.ts';
import { offText } from '../loss-limit.ts';
import type { View } from '../view.ts';
import type { TradeLimitsConfig } from './trade-limits-config.ts';

type TradeLimitsState = {
  readonly config: TradeLimitsConfig;
  /** The last closes, the newest last: whether each gained. */
  closes: boolean[];
  /** Symbols of the book that were told to move with it. */
  correlated: string[];
};

export const tradeLimits: Guard<TradeLimitsConfig, TradeLimitsState> = {
  name: 'trade-limits',
  init: (config) => ({ config, closes: [], correlated: [] }),
  on: {
    order: (view, own, { order }, say) => {
      limitSize(view, own, order, say);
      limitCorrelation(view, own, order, say);
      limitCost(own, order, say);
    },
    fill: (_, own, { fill }) => {
      if (!fill.opening && fill.realised !== 0)
        own.closes = [...own.closes, fill.realised > 0].slice(-own.config.adjust.closes);
    },
    clock: (view, own, _, say) => measureBook(view, own, say),
  },
  rules: ({ config }) => [
    { rule: 'position-margin', dead: offText(config.maxPositionMargin) },
    { rule: 'position-notional', dead: offText(config.maxPositionNotional) },
    { rule: 'risk', dead: offText(config.maxRisk) },
    { rule: 'correlation', dead: offText(config.maxCorrelation) },
    { rule: 'spread', dead: offText(config.maxSpread) },
    { rule: 'impact', dead: offText(config.maxImpact) },
  ],
};

/** maxRisk after what the market and our own results make of it; never looser than configured (RULES 3.5). */
export function riskLimit(view: View, { config, closes }: TradeLimitsState, symbol: number): number | null {
  const { maxRisk, adjust } = config;
  if (maxRisk === null) return null;
  const wins = closes.filter((one) => one).length;
  const isPoor = closes.length === adjust.closes && wins / closes.length < adjust.winRateBelow;
  const isWild = view.market.at(symbol, view.time).volatility24h > adjust.volatilityAbove;
  const factor = (isPoor ? adjust.winRateFactor : 1) * (isWild ? adjust.volatilityFactor : 1);
  return Math.min(maxRisk, adjust.ceiling) * factor;
}

function limitSize(view: View, own: TradeLimitsState, order: OrderIntent, say: Say): void {
  const { config } = own;
  const added = orderHolding(view, order, stopDistance(view, order, config.assumedStopAtrs));
  const held = heldBefore(view, order);
  const limits = [
    { rule: 'position-margin', measure: 'positionMargin', limit: config.maxPositionMargin, of: 'margin' },
    {
      rule: 'position-notional',
      measure: 'positionNotional',
      limit: config.maxPositionNotional,
      of: 'notional',
    },
    { rule: 'risk', measure: 'riskPerTrade', limit: riskLimit(view, own, order.symbol), of: 'risk' },
  ] as const;
  for (const { rule, measure, limit, of } of limits) {
    if (limit === null) continue;
    // Risk is that of the trade; size is that of the position that it makes.
    const before = of === 'risk' ? 0 : held.reduce((sum, one) => sum + one[of], 0);
    const about = { rule, severity: 'warning', measure, threshold: limit } as const;
    limitShare(view, { order, before, added: added[of], about, onExceed: config.onExceed }, say);
  }
}

function heldBefore(view: View, { account, symbol, side }: OrderIntent): Holding[] {
  return view.positions
    .filter((one) => one.account === account && one.symbol === symbol && one.side === side)
    .map((one) => holdingOf(view, one));
}

export type Limited = {
  readonly order: OrderIntent;
  /** What counts against the limit already, and what the order adds, in money. */
  readonly before: number;
  readonly added: number;
  readonly about: Omit<Finding, 'observed'> & { readonly threshold: number };
  readonly onExceed: 'deny' | 'resize';
};

/** Judges an order against a limit on a share of equity; where it may be cut, to what still fits. */
export function limitShare(view: View, { order, before, added, about, onExceed }: Limited, say: Say): void {
  const { total } = view;
  const limit = about.threshold;
  if (!(total > 0)) {
    say.use(about.rule, 1);
    say.deny({ ...about, observed: null });
    return;
  }
  const after = before + added;
  const observed = after / total;
  say.use(about.rule, observed / limit);
  const exceeded = compareShare(after, total, limit) > 0;
  say.on(about.rule, exceeded);
  if (!exceeded) return;
  const fits =
    onExceed === 'resize' && added > 0 ? floorQty((order.qty * (limit * total - before)) / added) : 0;
  if (fits > 0) say.resize(fits, { ...about, observed });
  else say.deny({ ...about, observed });
}

function limitCorrelation(
  view: View,
  { config }: TradeLimitsState,
  { symbol, side }: OrderIntent,
  say: Say,
): void {
  const { maxCorrelation } = config;
  if (maxCorrelation === null) return;
  const book = view.positions.map((one) => holdingOf(view, one));
  if (book.length === 0) return;
  const observed = bookCorrelation(view, { symbol, side }, book);
  const about = { rule: 'correlation', measure: 'correlation', threshold: maxCorrelation } as const;
  if (observed === null) {
    // Too little history is no reason to refuse, and nothing to pass over in silence.
    say.alert({ ...about, rule: 'correlation-unknown', severity: 'info', observed: null });
    return;
  }
  say.use('correlation', Math.max(0, observed) / maxCorrelation);
  say.on('correlation', observed > maxCorrelation);
  if (observed > maxCorrelation) say.deny({ ...about, severity: 'warning', observed });
}

function limitCost({ config }: TradeLimitsState, { halfSpread, impact }: OrderIntent, say: Say): void {
  const limits = [
    { rule: 'spread', measure: 'spread', limit: config.maxSpread, observed: 2 * halfSpread },
    { rule: 'impact', measure: 'impact', limit: config.maxImpact, observed: impact },
  ] as const;
  for (const { rule, measure, limit, observed } of limits) {
    if (limit === null) continue;
    say.use(rule, observed / limit);
    say.on(rule, observed > limit);
    if (observed > limit) say.deny({ rule, severity: 'warning', measure, observed, threshold: limit });
  }
}

/** Once a day: which positions have come to move with the rest of the book (RULES 3.8). */
function measureBook(view: View, own: TradeLimitsState, say: Say): void {
  const { maxCorrelation } = own.config;
  if (maxCorrelation === null || view.positions.length < 2) return;
  const book = view.positions.map((one) => holdingOf(view, one));
  const found: string[] = [];
  for (const one of book) {
    const rest = book.filter((other) => other !== one);
    const observed = bookCorrelation(view, one, rest);
    if (observed === null || observed <= maxCorrelation) continue;
    const key = `${one.account}/${one.symbol}/${one.side}`;
    found.push(key);
    if (own.correlated.includes(key)) continue;
    const about = { rule: 'correlation', measure: 'correlation', threshold: maxCorrelation } as const;
    say.alert({ ...about, severity: 'warning', observed });
  }
  own.correlated = found;
}
