/**
 * Portfolio limits: what the book as a whole may become. They judge orders; a book that breaks one already is told and
 * never cut.
 *
 * Source  S4 portfolio level (10 positions, 80 % exposure, net delta, 30 % a sector, counterparty and concentration risk),
 * S0 check_liquidation_risk; RULES 3.1, 3.2, 3.9
 */

import { compareShare } from '../../risk/compare.ts';
import type { Finding } from '../decision.ts';
import type { OrderIntent } from '../event.ts';
import {
  countPositions,
  floorQty,
  type Holding,
  holdingsBeside,
  orderHolding,
  stopDistance,
  total,
} from '../exposure.ts';
import type { Guard, Say } from '../guard.ts';
import { createLimit, followLimit, type LimitState } from '../limit-alerts.ts';
import { offText } from '../loss-limit.ts';
import type { View } from '../view.ts';
import type { PortfolioLimitsConfig } from './portfolio-limits-config.ts';
import { limitShare } from './trade-limits.ts';

type Followed = { readonly rule: string; readonly shares: LimitState };

type PortfolioLimitsState = {
  readonly config: PortfolioLimitsConfig;
  /** Alerts by limit; of sectors and symbols the largest. */
  readonly followed: readonly Followed[];
};

const rules = [
  'positions',
  'gross-margin',
  'gross-notional',
  'net-delta',
  'open-risk',
  'sector-margin',
  'symbol-margin',
  'venue-share',
] as const;

type Rule = (typeof rules)[number];

export const portfolioLimits: Guard<PortfolioLimitsConfig, PortfolioLimitsState> = {
  name: 'portfolio-limits',
  init: (config) => ({ config, followed: rules.map((rule) => ({ rule, shares: createLimit() })) }),
  on: {
    order: (view, { config }, { order }, say) => judge(view, config, order, say),
    fill: (view, own, _, say) => follow(view, own, say),
    clock: (view, own, _, say) => follow(view, own, say),
  },
  rules: ({ config }) => rules.map((rule) => ({ rule, dead: offText(limitOf(config, rule)) })),
};

function limitOf(config: PortfolioLimitsConfig, rule: Rule): number | null {
  switch (rule) {
    case 'positions':
      return config.maxPositions;
    case 'gross-margin':
      return config.maxGrossMargin;
    case 'gross-notional':
      return config.maxGrossNotional;
    case 'net-delta':
      return config.maxNetDelta;
    case 'open-risk':
      return config.maxOpenRisk;
    case 'sector-margin':
      return config.maxSectorMargin;
    case 'symbol-margin':
      return config.maxSymbolMargin;
    case 'venue-share':
      return config.maxVenueShare;
  }
}

export type BookUse = {
  readonly rule: Rule;
  readonly measure: string;
  readonly observed: number;
  readonly limit: number;
};

/** How much of each limit a book uses; of sectors, symbols and venues the fullest. Limits that are off are left out. */
export function bookUses(view: View, config: PortfolioLimitsConfig, book: readonly Holding[]): BookUse[] {
  const equity = view.total;
  if (!(equity > 0)) return [];
  const share = (amount: number) => amount / equity;
  const largest = (keys: readonly (string | number | null)[], of: (key: string | number) => number) =>
    keys.reduce<number>((most, key) => (key === null ? most : Math.max(most, of(key))), 0);
  const observed: Readonly<Record<Rule, readonly [string, number]>> = {
    positions: ['positions', countPositions(book)],
    'gross-margin': ['grossMargin', share(total(book, ({ margin }) => margin))],
    'gross-notional': ['grossNotional', share(total(book, (one) => one.notional))],
    'net-delta': ['netDelta', share(Math.abs(total(book, (one) => one.side * one.notional)))],
    'open-risk': ['openRisk', share(total(book, ({ risk }) => risk))],
    'sector-margin': [
      'sectorMargin',
      largest(
        book.map(({ sector }) => sector),
        (key) => share(total(book, (one) => (one.sector === key ? one.margin : 0))),
      ),
    ],
    'symbol-margin': [
      'symbolMargin',
      largest(
        book.map(({ symbol }) => symbol),
        (key) => share(total(book, (one) => (one.symbol === key ? one.margin : 0))),
      ),
    ],
    'venue-share': [
      'venueShare',
      largest(
        view.accounts.map(({ venue }) => venue),
        (key) => venueShare(view, key),
      ),
    ],
  };
  return rules.flatMap((rule) => {
    const limit = limitOf(config, rule);
    const [measure, value] = observed[rule];
    return limit === null ? [] : [{ rule, measure, observed: value, limit }];
  });
}

function venueShare(view: View, venue: string | number): number {
  const own = view.accounts.reduce(
    (sum, one, index) => sum + (one.venue === venue ? view.equity[index]! : 0),
    0,
  );
  return own / view.total;
}

function judge(view: View, config: PortfolioLimitsConfig, order: OrderIntent, say: Say): void {
  const before = holdingsBeside(view, order);
  const added = orderHolding(view, order, stopDistance(view, order, config.assumedStopAtrs));
  const after = [...before, added];
  if (config.maxPositions !== null) {
    refuse(
      {
        rule: 'positions',
        measure: 'positions',
        observed: countPositions(after),
        threshold: config.maxPositions,
      },
      say,
    );
  }
  const money = (rule: Rule, measure: string, of: (one: Holding) => number) => {
    const limit = limitOf(config, rule);
    if (limit === null) return;
    const about = { rule, severity: 'warning', measure, threshold: limit } as const;
    limitShare(
      view,
      { order, before: total(before, of), added: of(added), about, onExceed: config.onExceed },
      say,
    );
  };
  money('gross-margin', 'grossMargin', ({ margin }) => margin);
  money('gross-notional', 'grossNotional', (one) => one.notional);
  money('open-risk', 'openRisk', ({ risk }) => risk);
  // An order without a sector belongs to none: nothing is known that could be limited.
  if (order.sector !== null)
    money('sector-margin', 'sectorMargin', ({ sector, margin }) => (sector === order.sector ? margin : 0));
  money('symbol-margin', 'symbolMargin', ({ symbol, margin }) => (symbol === order.symbol ? margin : 0));
  limitDelta(view, config, { order, before, added }, say);
  if (config.maxVenueShare !== null) {
    const observed = venueShare(view, view.accounts[order.account]?.venue ?? -1);
    refuse({ rule: 'venue-share', measure: 'venueShare', observed, threshold: config.maxVenueShare }, say);
  }
}

type Seen = Omit<Finding, 'severity'> & { readonly observed: number; readonly threshold: number };

function refuse(seen: Seen, say: Say): void {
  const { rule, observed, threshold } = seen;
  say.use(rule, observed / threshold);
  say.on(rule, observed > threshold);
  if (observed > threshold) say.deny({ ...seen, severity: 'warning' });
}

type Adding = { readonly order: OrderIntent; readonly before: readonly Holding[]; readonly added: Holding };

/** Net delta has a sign: an order against it lowers it first, and is judged on what it makes of it. */
function limitDelta(
  view: View,
  { maxNetDelta: limit, onExceed }: PortfolioLimitsConfig,
  { order, before, added }: Adding,
  say: Say,
): void {
  if (limit === null || !(view.total > 0)) return;
  const held = total(before, (one) => one.side * one.notional);
  const after = Math.abs(held + added.side * added.notional);
  const observed = after / view.total;
  say.use('net-delta', observed / limit);
  // What lowers the delta is no new risk, even where it stays above the limit.
  const exceeded = compareShare(after, view.total, limit) > 0 && after > Math.abs(held);
  say.on('net-delta', exceeded);
  if (!exceeded) return;
  const finding: Finding = {
    rule: 'net-delta',
    severity: 'warning',
    measure: 'netDelta',
    observed,
    threshold: limit,
  };
  const room = limit * view.total - added.side * held;
  const fits =
    onExceed === 'resize' && added.notional > 0 ? floorQty((order.qty * room) / added.notional) : 0;
  if (fits > 0) say.resize(Math.min(fits, order.qty), finding);
  else say.deny(finding);
}

/** Alerts at the shares of each limit, as the book changes and once a day. */
function follow(view: View, { config, followed }: PortfolioLimitsState, say: Say): void {
  for (const { rule, measure, observed, limit } of bookUses(view, config, holdingsBeside(view, null))) {
    const own = followed.find((one) => one.rule === rule);
    if (own === undefined) continue;
    const compare = (bound: number) => compareShare(observed, 1, bound);
    followLimit(own.shares, { rule, measure, limit, observed, compare }, say);
  }
}
