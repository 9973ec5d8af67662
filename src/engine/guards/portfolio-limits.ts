/**
 * Portfolio limits: what the book as a whole may become. They judge orders; a book that breaks one already is told and
 * never cut.
 *
 * Source  S4 portfolio level (10 positions, 80 % exposure, net delta, 30 % a sector, counterparty and concentration risk),
 * S0 check_liquidation_risk; RULES 3.1, 3.2, 3.9
 */

import { compareShare, type Order } from '../../risk/compare.ts';
import type { OrderIntent } from '../event.ts';
import {
  type Amount,
  compareTotal,
  countPositions,
  type Holding,
  holdingsBeside,
  orderHolding,
  stopLoss,
} from '../exposure.ts';
import type { Guard, Say } from '../guard.ts';
import { createLimit, followLimit, type LimitState } from '../limit-alerts.ts';
import { offText } from '../loss-limit.ts';
import type { View } from '../view.ts';
import type { PortfolioLimitsConfig } from './portfolio-limits-config.ts';
import { limitShare, shareOf } from './trade-limits.ts';

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
  init: (config, { alertShares }) => {
    return { config, followed: rules.map((rule) => ({ rule, shares: createLimit(alertShares) })) };
  },
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

/** A measure of the book, and its order against a bound. */
type Measured = { readonly observed: number; readonly compare: (bound: number) => Order };

export type BookUse = Measured & {
  readonly rule: Rule;
  readonly measure: string;
  readonly limit: number;
};

const measures: Readonly<Record<Rule, string>> = {
  positions: 'positions',
  'gross-margin': 'grossMargin',
  'gross-notional': 'grossNotional',
  'net-delta': 'netDelta',
  'open-risk': 'openRisk',
  'sector-margin': 'sectorMargin',
  'symbol-margin': 'symbolMargin',
  'venue-share': 'venueShare',
};

/**
 * How much of each limit a book uses; of sectors, symbols and venues the fullest. Limits that are off are left out, and all of
 * them where the account has nothing or cannot be measured.
 */
export function bookUses(view: View, config: PortfolioLimitsConfig, book: readonly Holding[]): BookUse[] {
  if (shareOf(view, book, 'notional') === null) return [];
  return rules.flatMap((rule) => {
    const limit = limitOf(config, rule);
    return limit === null ? [] : [{ rule, measure: measures[rule], limit, ...measured(view, book, rule) }];
  });
}

function measured(view: View, book: readonly Holding[], rule: Rule): Measured {
  const sum = (of: Amount, holdings = book): Measured => {
    return {
      observed: shareOf(view, holdings, of) ?? 0,
      compare: (bound) => compareTotal(view, holdings, of, bound),
    };
  };
  switch (rule) {
    case 'positions':
      return counted(countPositions(book));
    case 'gross-margin':
      return sum('margin');
    case 'gross-notional':
      return sum('notional');
    case 'net-delta':
      return sum('delta');
    case 'open-risk':
      return sum('risk');
    case 'sector-margin':
      return fullest(groups(book, ({ sector }) => sector).map((own) => sum('margin', own)));
    case 'symbol-margin':
      return fullest(groups(book, ({ symbol }) => symbol).map((own) => sum('margin', own)));
    case 'venue-share':
      return fullest(view.accounts.map(({ venue }) => venueShare(view, venue)));
  }
}

function counted(count: number): Measured {
  return { observed: count, compare: (bound) => (count < bound ? -1 : count > bound ? 1 : 0) };
}

/** The holdings by a key; those that have none belong to no group. */
function groups(book: readonly Holding[], keyOf: (one: Holding) => string | number | null): Holding[][] {
  const keys = new Set(book.map(keyOf));
  keys.delete(null);
  return [...keys].map((key) => book.filter((one) => keyOf(one) === key));
}

function fullest(all: readonly Measured[]): Measured {
  return all.reduce((most, one) => (one.observed > most.observed ? one : most), counted(0));
}

/** The equity of the accounts at a venue over all equity, which must be above 0. */
function venueShare(view: View, venue: number): Measured {
  const own = view.accounts.reduce(
    (sum, one, index) => sum + (one.venue === venue ? view.equity[index]! : 0),
    0,
  );
  return { observed: own / view.total, compare: (bound) => compareShare(own, view.total, bound) };
}

function judge(view: View, config: PortfolioLimitsConfig, order: OrderIntent, say: Say): void {
  const book = holdingsBeside(view, order);
  const added = orderHolding(view, order, stopLoss(view, order, config.assumedStopAtrs));
  const positions = {
    before: counted(countPositions(book)),
    seen: counted(countPositions([...book, added])),
  };
  refuse(config, 'positions', positions, say);
  const money = (rule: Rule, of: Amount, before = book) => {
    const limit = limitOf(config, rule);
    if (limit === null) return;
    const about = { rule, severity: 'warning', measure: measures[rule], threshold: limit } as const;
    limitShare(view, { order, before, added, of, about, onExceed: config.onExceed }, say);
  };
  money('gross-margin', 'margin');
  money('gross-notional', 'notional');
  money('net-delta', 'delta');
  money('open-risk', 'risk');
  // An order without a sector belongs to none: nothing is known that could be limited.
  if (order.sector !== null) {
    const own = book.filter(({ sector }) => sector === order.sector);
    money('sector-margin', 'margin', own);
  }
  const same = book.filter(({ symbol }) => symbol === order.symbol);
  money('symbol-margin', 'margin', same);
  const venue = view.accounts[order.account]?.venue ?? -1;
  // An order moves no equity from one venue to another.
  const share = view.total > 0 ? venueShare(view, venue) : null;
  refuse(config, 'venue-share', share === null ? null : { before: share, seen: share }, say);
}

/** A measure before an order and with it. */
type Uses = { readonly before: Measured; readonly seen: Measured };

/** Judges what an order cannot be cut to; what cannot be measured takes no new risk. */
function refuse(config: PortfolioLimitsConfig, rule: Rule, uses: Uses | null, say: Say): void {
  const limit = limitOf(config, rule);
  if (limit === null) return;
  const about = { rule, severity: 'warning', measure: measures[rule], threshold: limit } as const;
  if (uses === null) {
    say.use(rule, 1);
    say.deny({ ...about, observed: null });
    return;
  }
  const { before, seen } = uses;
  const exceeded = seen.compare(limit) > 0;
  say.use(rule, Math.max(0, seen.observed) / limit, Math.max(0, before.observed) / limit);
  say.on(rule, exceeded);
  if (exceeded) say.deny({ ...about, observed: seen.observed });
}

/** Alerts at the shares of each limit, as the book changes and once a day. */
function follow(view: View, { config, followed }: PortfolioLimitsState, say: Say): void {
  for (const { rule, ...seen } of bookUses(view, config, holdingsBeside(view, null))) {
    const own = followed.find((one) => one.rule === rule);
    if (own !== undefined) followLimit(own.shares, { rule, ...seen, time: view.time }, say);
  }
}
