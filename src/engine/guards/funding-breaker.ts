/**
 * Funding breaker: a position that pays above a threshold, several settlements in a row, is closed or turned.
 *
 *   rate8h  rate x 8 h / interval; longs pay where it is > 0, shorts where it is < 0
 *
 * - Settlements count while the position is held; one that does not pay above the threshold begins the count anew. Before
 *   the last of them each is told.
 * - It turns a position only where every margin scope of the account is SAFE, or asks for no maintenance; else it closes.
 * - What goes on paying after that, as where an order did not come through, is asked for again after as many settlements.
 *
 * Source  S2 layer 5 (should_close_for_funding: 0.1 % at once; close or flip) and its checklist (0.1 % per 8 h for 3 or more
 *   periods); RULES 2.4 (a rate is learnt when it settles), 3.9
 */
import { money } from '../../model/money.ts';
import { MS_PER_HOUR } from '../../model/time.ts';
import { compareNear } from '../../risk/compare.ts';
import type { Finding, Severity } from '../decision.ts';
import type { EventOf } from '../event.ts';
import type { Guard, Say } from '../guard.ts';
import { offText } from '../loss-limit.ts';
import { compareLevel, marginLevel } from '../measures.ts';
import { isReadable } from '../scopes.ts';
import { type PositionView, positionKey, type View } from '../view.ts';
import type { FundingBreakerConfig } from './funding-breaker-config.ts';

type Paying = {
  readonly key: string;
  /** Settlements in a row above the threshold, since it last acted. */
  count: number;
};

export type FundingBreakerState = {
  readonly config: FundingBreakerConfig;
  /** Positions whose last settlement was above the threshold. */
  paying: Paying[];
};

type Settlement = EventOf<'funding'>;

export const fundingBreaker: Guard<FundingBreakerConfig, FundingBreakerState> = {
  name: 'funding-breaker',
  init: (config) => ({ config, paying: [] }),
  on: {
    funding: (view, own, event, say) => {
      forget(view, own);
      for (const position of view.positions) {
        if (settlesFor(view, position, event)) settle(view, own, { position, event }, say);
      }
      say.on('funding', own.paying.length > 0);
    },
    fill: (view, own, { fill }, say) => {
      // What is closed and opened again at one moment has its place in the view, and a count that is over.
      const closed = fill.left === 0 ? positionKey({ ...fill, side: fill.position }) : null;
      own.paying = own.paying.filter(({ key }) => key !== closed);
      forget(view, own);
      say.on('funding', own.paying.length > 0);
    },
  },
  rules: ({ config }) => [{ rule: 'funding', dead: offText(config.maxRate8h) }],
};

function forget({ positions }: View, own: FundingBreakerState): void {
  const held = positions.map(positionKey);
  own.paying = own.paying.filter(({ key }) => held.includes(key));
}

/** A rate is of a symbol at one venue, or at all of them where it is -1. */
function settlesFor(view: View, { symbol, account }: PositionView, event: Settlement): boolean {
  return symbol === event.symbol && (event.venue < 0 || view.accounts[account]?.venue === event.venue);
}

type Settled = { readonly position: PositionView; readonly event: Settlement };

const PERIOD = 8 * MS_PER_HOUR;

function settle(view: View, own: FundingBreakerState, { position, event }: Settled, say: Say): void {
  const { maxRate8h, settlements } = own.config;
  if (maxRate8h === null) return;
  const key = positionKey(position);
  const before = own.paying.find((one) => one.key === key);
  own.paying = own.paying.filter((one) => one !== before);
  if (!paysAbove(position, event, maxRate8h)) return;
  const count = (before?.count ?? 0) + 1;
  const acts = count >= settlements;
  own.paying.push({ key, count: acts ? 0 : count });
  const finding = findingOf(position, event, { maxRate8h, severity: acts ? 'critical' : 'warning' });
  if (!acts) say.alert(finding);
  else if (own.config.action === 'flip' && isSafe(view, position.account, own.config.safeLevel))
    say.flip(position, finding);
  else say.close(position, finding);
}

/** Whether a position pays strictly more than a rate; compared as rate x 8 h against threshold x interval. */
function paysAbove({ side }: PositionView, { rate, interval }: Settlement, maxRate8h: number): boolean {
  if (!Number.isFinite(rate) || !(interval > 0)) return false;
  const paid = side * rate * PERIOD;
  const exact = () => ({ a: money(rate).times(side).times(PERIOD), b: money(maxRate8h).times(interval) });
  return compareNear(paid, maxRate8h * interval, exact) > 0;
}

type Rated = { readonly maxRate8h: number; readonly severity: Severity };

/** Both rates with the sign of the market's. */
function findingOf(
  { side }: PositionView,
  { rate, interval }: Settlement,
  { maxRate8h, severity }: Rated,
): Finding {
  const observed = (rate * PERIOD) / interval;
  return { rule: 'funding', severity, measure: 'fundingRate8h', observed, threshold: side * maxRate8h };
}

/** Whether every scope of an account is SAFE; one that asks for no maintenance is, one without a price is not. */
function isSafe(view: View, account: number, safeLevel: number): boolean {
  const { margin } = view;
  for (let scope = 0; scope < margin.scopes; scope += 1) {
    if (margin.account[scope] !== account) continue;
    if (!isReadable(view, scope)) return false;
    if (marginLevel(view, scope) !== null && compareLevel(view, scope, safeLevel) <= 0) return false;
  }
  return true;
}
