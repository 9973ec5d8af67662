/**
 * Alerts at shares of a limit, and on the way back (S4, alerts: 50 % yellow, 75 % orange, reached red; RULES 3.9).
 *
 * A share is announced where the use reaches it, and taken back where the use falls below the share beneath it, so that a use
 * which trembles around a share says nothing twice. One that swings further would still: who hears fifty alerts a day reads
 * none (S0, common pitfalls: alert fatigue). So a UTC day hears of each share once on the way up and once on the way back,
 * and what has changed unheard by its end is said as the next begins. Only words are spared: what a limit does, it does
 * each time.
 */
import { money } from '../model/money.ts';
import { MS_PER_DAY } from '../model/time.ts';
import { compareShare, type Order } from '../risk/compare.ts';
import type { Finding, Severity } from './decision.ts';
import type { Say } from './guard.ts';

/** Shares of a limit where the configuration does not name others, ascending; S4. */
export const alertShares: readonly number[] = [0.5, 0.75, 1];

/** Shares are counted from the lowest: 0 is none, 2 the first two. Plain data. */
export type LimitState = {
  /** Ascending, none above 1. */
  readonly shares: readonly number[];
  /** How many the use has reached and not left again. */
  announced: number;
  /** The same as it was said last. */
  told: number;
  /** UTC day of what follows; null before the first look. */
  day: number | null;
  /** The most that day has heard of on the way up, and the least on the way back. */
  most: number;
  least: number;
};

export function createLimit(shares: readonly number[] = alertShares): LimitState {
  return { shares, announced: 0, told: 0, day: null, most: 0, least: shares.length };
}

/** Where the use falls below this share of the limit, the last announcement is taken back. */
function shareBeneath(shares: readonly number[], announced: number): number {
  return announced > 1 ? shares[announced - 2]! : shares[0]! / 2;
}

/** The shares at which something is to be said next; null where none is. For `watch`. */
export function nextShares({ shares, announced }: LimitState): {
  readonly up: number | null;
  readonly down: number | null;
} {
  return {
    up: shares[announced] ?? null,
    down: announced === 0 ? null : shareBeneath(shares, announced),
  };
}

export type Limit = {
  readonly rule: string;
  readonly measure: string;
  readonly limit: number;
  readonly observed: number;
  /** The order of the measure and a bound. */
  readonly compare: (bound: number) => Order;
  /** UTC ms. */
  readonly time: number;
};

/** Says what is new about a limit: the highest share that is reached, or the lowest that is left again. */
export function followLimit(state: LimitState, limit: Limit, say: Say): void {
  const turned = turnDay(state, limit.time);
  state.announced = announcedNow(state, limit);
  const { shares, announced, told } = state;
  if (announced > told && announced > state.most) {
    const share = shares[announced - 1]!;
    const severity = share >= 1 ? 'critical' : announced === 1 ? 'info' : 'warning';
    Object.assign(state, { told: announced, most: announced });
    say.alert(findingOf(limit, share, severity));
  } else if (announced < told && announced < state.least) {
    // The fall that a day begins with is one of the day before.
    Object.assign(state, { told: announced, least: turned ? state.least : announced });
    const finding = findingOf(limit, shareBeneath(shares, announced + 1), 'info');
    say.alert({ ...finding, rule: `${limit.rule}-recovered` });
  }
}

/** Begins a day anew, where it is another one. */
function turnDay(state: LimitState, time: number): boolean {
  const day = Math.floor(time / MS_PER_DAY);
  if (state.day === day) return false;
  Object.assign(state, { day, most: 0, least: state.shares.length });
  return true;
}

function announcedNow({ shares, announced }: LimitState, { limit, compare }: Limit): number {
  let reached = announced;
  while (reached < shares.length && compare(boundOf(limit, shares[reached]!)) >= 0) reached += 1;
  while (reached > 0 && compare(boundOf(limit, shareBeneath(shares, reached))) < 0) reached -= 1;
  return reached;
}

/** Few limits have few shares, and each is looked at with every price. */
const bounds = new Map<number, Map<number, number>>();

/** In decimals: 75 % of 0.8 is 0.6, and not a double beside it. */
function boundOf(limit: number, share: number): number {
  const known = bounds.get(limit)?.get(share);
  if (known !== undefined) return known;
  const found = money(share).times(limit).toNumber();
  const shares = bounds.get(limit) ?? new Map<number, number>();
  bounds.set(limit, shares.set(share, found));
  return found;
}

function findingOf({ rule, measure, observed, limit }: Limit, share: number, severity: Severity): Finding {
  return { rule, severity, measure, observed, threshold: boundOf(limit, share) };
}

export type Counted = {
  readonly rule: string;
  readonly measure: string;
  readonly observed: number;
  readonly time: number;
};

/** The same of a count. */
export function followCount(state: LimitState, counted: Counted, limit: number, say: Say): void {
  const compare = (bound: number) => compareShare(counted.observed, 1, bound);
  followLimit(state, { ...counted, limit, compare }, say);
}
