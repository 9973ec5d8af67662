/** What befalls one margin scope: rungs of the ladder, levels of the account, liquidation. */

import { marginLadder } from '../../engine/guards/margin-ladder.ts';
import { levelFactor } from '../../engine/level-factor.ts';
import {
  boundOf,
  CRITICAL,
  LIQUIDATION,
  newScope,
  type Seen,
  WARNING,
  zoneOf,
  zones,
} from '../../engine/level-zones.ts';
import { compareRemaining } from '../../engine/measures.ts';
import { scopeKeys } from '../../engine/scopes.ts';
import type { View } from '../../engine/view.ts';
import type { MarginView } from '../../risk/read-margin.ts';
import { isDue } from '../../venue/liquidate.ts';
import { leftOf } from './reverse-left.ts';
import { type HeldScope, type StressOutcome, wholeBook } from './reverse-outcome.ts';
import { type Standing, scopeForm } from './reverse-standing.ts';

export function heldScopes({ at, rest, margin, venue }: Standing): HeldScope[] {
  return scopeKeys(at(rest)).map((keyed): HeldScope => {
    const account = venue.state.accounts[margin.account[keyed.scope]!];
    const [first] = keyed.positions;
    const isolated = first?.isolated === true;
    const about: HeldScope['about'] = {
      account: account?.id ?? null,
      symbol: isolated ? (venue.world.symbols[first.symbol] ?? null) : null,
      direction: isolated ? (first.side > 0 ? 'long' : 'short') : null,
      asset: account?.wallets[margin.wallet[keyed.scope]!]?.ledger.asset ?? null,
    };
    return { ...keyed, about };
  });
}

/** Each rung by its own bound, deeper ones as well as those before them. */
export function rungs(standing: Standing, scopes: readonly HeldScope[]): StressOutcome[] {
  const { tree, margin } = standing;
  if (!tree.engine.guards.includes('margin-ladder')) return [];
  const { rungs: steps } = tree.guards['margin-ladder'];
  const names = marginLadder.rules({ rungs: steps, scopes: [] });
  return scopes.flatMap(({ scope, about }) => {
    const form = scopeForm(margin, scope);
    return steps.map(({ bound, action }, i): StressOutcome => {
      return {
        ref: { name: `margin-ladder/${names[i]?.rule ?? ''}`, kind: 'rung', ...about },
        scope: null,
        cuts: action === 'monitor' ? [] : [scope],
        against: null,
        monotone: form !== 'mixed',
        isReached: (view) => compareRemaining(view, scope, bound) <= 0,
        slacks: [
          {
            value: (view) => view.margin.equity[scope]! - bound * view.margin.initial[scope]!,
            straight: form === 'price',
            symbols: legSymbols(margin, scope),
          },
        ],
      };
    });
  });
}

/** Each zone of the account levels; a level that is never seen before the next one is left out. */
export function levels(standing: Standing, scopes: readonly HeldScope[]): StressOutcome[] {
  const { tree, margin } = standing;
  if (!tree.engine.guards.includes('account-levels')) return [];
  const config = tree.guards['account-levels'];
  const { accountSize, history } = config.dynamic;
  // The factor of the levels may hang on the equity itself: then nothing is proven.
  const still = [...accountSize, ...history].every(({ multiplier }) => multiplier === 1);
  const isDead = config.critical <= config.liquidation;
  const told = [WARNING, CRITICAL, LIQUIDATION].filter((zone) => zone !== CRITICAL || !isDead);
  return scopes.flatMap(({ about, ...keyed }) =>
    told.map((zone): StressOutcome => {
      const { scope } = keyed;
      const seen = (view: View): Seen => {
        const factor = levelFactor(leftOf(view), config.dynamic, tree.mode);
        return { ...keyed, view, config, factor, state: newScope(keyed.key) };
      };
      const slack = (view: View) =>
        view.margin.equity[scope]! - (boundOf(seen(view), zone) ?? 0) * view.margin.maintenance[scope]!;
      return {
        ref: {
          name: `account-levels/${zones[zone] ?? ''}`,
          kind: zone === CRITICAL ? 'deleverage' : 'level',
          ...about,
        },
        scope: null,
        cuts: zone === WARNING ? [] : [scope],
        against: null,
        monotone: still && isConcave(standing, scope),
        isReached: (view) => zoneOf(seen(view)) >= zone,
        slacks: [{ value: slack, straight: false, symbols: still ? legSymbols(margin, scope) : null }],
      };
    }),
  );
}

/** Each scope at its maintenance, and the first of them all. */
export function liquidations(standing: Standing, scopes: readonly HeldScope[]): StressOutcome[] {
  const { margin, venue } = standing;
  const single = scopes
    .filter(({ scope }) => margin.active[scope] === 1)
    .map(({ scope, about }): StressOutcome => {
      const slack = (view: View) => view.margin.equity[scope]! - view.margin.maintenance[scope]!;
      return {
        ref: { name: 'liquidation', kind: 'liquidation', ...about },
        scope,
        cuts: [],
        against: null,
        monotone: isConcave(standing, scope),
        isReached: (view) => isDue({ ...venue, view: view.margin }, scope, view.mark),
        slacks: [{ value: slack, straight: false, symbols: legSymbols(margin, scope) }],
      };
    });
  if (single.length === 0) return [];
  const first: StressOutcome = {
    ref: { name: 'first-liquidation', kind: 'liquidation', ...wholeBook },
    scope: null,
    cuts: [],
    against: null,
    monotone: single.every(({ monotone }) => monotone),
    isReached: (view) => single.some(({ isReached }) => isReached(view)),
    slacks: single.flatMap(({ slacks }) => slacks),
  };
  return [...single, first];
}

/**
 * Whether equity less a multiple of maintenance is concave in P, or in 1 / P, as maintenance is convex in the notional: where
 * it is above 0 at the start it then crosses 0 once on either side. A bracket that asks for nothing would end a level where
 * the notional is small.
 */
function isConcave({ margin }: Standing, scope: number): boolean {
  const own = margin.table.slice(margin.from[scope]!, margin.from[scope + 1]!);
  const asks = own.every((table) => table === null || table.rate[0]! > 0);
  return asks && scopeForm(margin, scope) !== 'mixed';
}

/** The symbols that the equity of a scope hangs on, each once. */
export function legSymbols({ symbol, from }: MarginView, scope: number): number[] {
  return [...new Set(symbol.subarray(from[scope]!, from[scope + 1]!))];
}
