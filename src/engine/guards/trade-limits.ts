/**
 * Trade limits: what one order may be. Size and risk may be cut to what fits; correlation, spread and impact refuse.
 *
 * Source  S4 trade level (position 10 %, risk per trade 2 %, correlation 0.8), S0 (5 %, 2 %; production 3 %, 1.5 %;
 * DynamicRiskAdjuster), S1 (liquidity conditions, market impact); RULES 3.1, 3.2, 3.5, 3.8, 3.9
 */
import { money } from '../../model/money.ts';
import { limitCorrelation, tellCorrelated } from '../book-correlation.ts';
import type { Finding } from '../decision.ts';
import type { OrderIntent } from '../event.ts';
import {
  type Amount,
  compareTotal,
  floorQty,
  type Holding,
  holdingOf,
  orderHolding,
  stopLoss,
  total,
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
      limitCorrelation(view, own.config, order, say);
      limitCost(own, order, say);
    },
    fill: (_, own, { fill }) => {
      if (!fill.opening && fill.realised !== 0)
        own.closes = [...own.closes, fill.realised > 0].slice(-own.config.adjust.closes);
    },
    clock: (view, own, _, say) => {
      own.correlated = tellCorrelated(view, own, say);
    },
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

/**
 * maxRisk after what the market and our own results make of it, at most the ceiling (S0 adjust_risk_limits); never looser than
 * configured (RULES 3.5).
 */
export function riskLimit(view: View, { config, closes }: TradeLimitsState, symbol: number): number | null {
  const { maxRisk, adjust } = config;
  if (maxRisk === null) return null;
  const wins = closes.filter((one) => one).length;
  const isPoor = closes.length === adjust.closes && wins / closes.length < adjust.winRateBelow;
  const isWild = view.market.at(symbol, view.time).volatility24h > adjust.volatilityAbove;
  const adjusted = money(maxRisk)
    .times(isPoor ? adjust.winRateFactor : 1)
    .times(isWild ? adjust.volatilityFactor : 1);
  return Math.min(adjusted.toNumber(), adjust.ceiling);
}

function limitSize(view: View, own: TradeLimitsState, order: OrderIntent, say: Say): void {
  const { config } = own;
  const added = orderHolding(view, order, stopLoss(view, order, config.assumedStopAtrs));
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
    const before = of === 'risk' ? [] : held;
    const about = { rule, severity: 'warning', measure, threshold: limit } as const;
    limitShare(view, { order, before, added, of, about, onExceed: config.onExceed }, say);
  }
}

function heldBefore(view: View, { account, symbol, side }: OrderIntent): Holding[] {
  return view.positions
    .filter((one) => one.account === account && one.symbol === symbol && one.side === side)
    .map((one) => holdingOf(view, one));
}

export type Limited = {
  readonly order: OrderIntent;
  /** What counts against the limit already, and what the order adds. */
  readonly before: readonly Holding[];
  readonly added: Holding;
  readonly of: Amount;
  readonly about: Omit<Finding, 'observed'> & { readonly threshold: number };
  readonly onExceed: 'deny' | 'resize';
};

/**
 * Judges an order against a limit on a share of equity; where it may be cut, to what still fits. An account that has nothing,
 * or that cannot be measured, takes no new risk.
 */
export function limitShare(view: View, limited: Limited, say: Say): void {
  const { before, added, of, about, onExceed } = limited;
  const limit = about.threshold;
  const holdings = [...before, added];
  const observed = shareOf(view, holdings, of);
  if (observed === null) {
    say.use(about.rule, 1);
    say.deny({ ...about, observed });
    return;
  }
  say.use(about.rule, observed / limit, (shareOf(view, before, of) ?? 0) / limit);
  // What lowers a sum that has a sign is no new risk, even where it stays above the limit.
  const lowers = Math.abs(total(holdings, of)) < Math.abs(total(before, of));
  const exceeded = !lowers && compareTotal(view, holdings, of, limit) > 0;
  say.on(about.rule, exceeded);
  if (!exceeded) return;
  const fits = onExceed === 'resize' ? fittingQty(view, limited) : 0;
  if (fits > 0) say.resize(fits, { ...about, observed });
  else say.deny({ ...about, observed });
}

/** |sum of an amount| over all equity; null where there is none, or where it is not known. */
export function shareOf(view: View, holdings: readonly Holding[], of: Amount): number | null {
  const observed = Math.abs(total(holdings, of)) / view.total;
  return view.total > 0 && Number.isFinite(observed) ? observed : null;
}

/** What of an order brings a sum just to its limit; the sum has the sign of what the order adds there. */
function fittingQty(view: View, { order, before, added, of, about }: Limited): number {
  const sign = Math.sign(added[of]);
  const room = about.threshold * view.total - sign * total(before, of);
  return floorQty((order.qty * room) / Math.abs(added[of]));
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
