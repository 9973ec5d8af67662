/** The zones of a margin level, and in which of them each margin scope of an account is (S3 29.3.1). */
import type { Finding } from './decision.ts';
import type { AccountLevelsConfig } from './guards/account-levels-config.ts';
import { levelFactor } from './level-factor.ts';
import { compareLevel, marginLevel } from './measures.ts';
import type { ClosePlan } from './orderly-close.ts';
import { type KeyedScope, scopeKeys, scopeSubject } from './scopes.ts';
import type { View } from './view.ts';

/** Worse with each. */
export const zones = ['safe', 'warning', 'critical', 'liquidation'] as const;
export const WARNING = 1;
export const CRITICAL = 2;
export const LIQUIDATION = 3;

export type ScopeState = {
  readonly key: string;
  /** Index into `zones`, as it was last seen. */
  zone: number;
  /** A scope of the book whose prices are not known yet, or that begins in a zone and has not been named. */
  start: 'unread' | 'unnamed' | null;
  /** What was asked for and has not been filled, by position. */
  pending: { readonly key: string; readonly qty: number }[];
  plan: ClosePlan | null;
};

export type AccountLevelsState = {
  readonly config: AccountLevelsConfig;
  readonly mode: string;
  scopes: ScopeState[];
};

export function newScope(key: string): ScopeState {
  return { key, zone: 0, start: null, pending: [], plan: null };
}

/** One scope at one moment, with what is kept of it. */
export type Seen = KeyedScope & {
  readonly view: View;
  readonly config: AccountLevelsConfig;
  readonly factor: number;
  readonly state: ScopeState;
};

export function seenScopes(view: View, { config, mode, scopes }: AccountLevelsState): Seen[] {
  const factor = levelFactor(view, config.dynamic, mode);
  return scopeKeys(view).map(({ key, scope, positions }): Seen => {
    const state = scopes.find((one) => one.key === key) ?? newScope(key);
    return { key, scope, positions, view, config, factor, state };
  });
}

/** The same, of which the states are kept; those of scopes that hold nothing any more are forgotten. */
export function keptScopes(view: View, own: AccountLevelsState): Seen[] {
  const seen = seenScopes(view, own);
  own.scopes = seen.map(({ state }) => state);
  return seen;
}

/** The level that a zone begins at; null for SAFE and beyond the last. */
export function boundOf(
  { config: { warning, critical, liquidation }, factor }: Seen,
  zone: number,
): number | null {
  const bound = [null, warning, critical, liquidation][zone] ?? null;
  return bound === null ? null : bound * factor;
}

export function zoneOf(seen: Seen): number {
  const { view, scope, config, factor } = seen;
  if (marginLevel(view, scope) === null) return 0;
  const compare = (bound: number) => compareLevel(view, scope, bound * factor);
  if (compare(config.liquidation) < 0) return LIQUIDATION;
  if (compare(config.critical) < 0) return CRITICAL;
  return compare(config.warning) <= 0 ? WARNING : 0;
}

export function findingOf(seen: Seen, zone: number): Finding {
  const observed = marginLevel(seen.view, seen.scope);
  return {
    rule: zones[zone] ?? 'liquidation',
    severity: zone >= LIQUIDATION ? 'emergency' : zone === CRITICAL ? 'critical' : 'warning',
    measure: 'marginLevel',
    observed: Number.isFinite(observed) ? observed : null,
    threshold: boundOf(seen, zone),
    about: scopeSubject(seen.view, seen.scope, seen.positions),
  };
}
