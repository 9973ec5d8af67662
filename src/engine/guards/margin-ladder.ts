/**
 * Margin ladder: rungs on what remains of the initial margin of a scope, each of which acts once on the way down.
 *
 *   marginRemaining  isolated: (margin + unrealised) / initial; cross: equity of the account / sum of initial margins
 *
 * - A rung acts where the measure falls to its bound or below, on the quantity held then. It is armed again above the next
 *   higher bound; the highest rung above 1, where a position begins. A move over several rungs takes the lowest alone.
 * - Of an isolated scope the position is cut; of a cross one the share is taken of the notional of the scope, from the
 *   position that loses most on.
 * - A book that begins at or below a bound is named (`starts-below`), and acted on when it next falls to one.
 * - It looks at prices once all of a moment are known, at `marks`.
 *
 * Source  S2 layer 4 (margin_action: a bound belongs to the worse side); RULES 3.1, 3.3, 3.4
 */
import { NEAR } from '../../risk/compare.ts';
import type { Finding, Severity } from '../decision.ts';
import type { Guard, Say } from '../guard.ts';
import { compareRemaining, marginRemaining, notional, unrealised } from '../measures.ts';
import { isReadable, type KeyedScope, scopeKeys, scopeSubject } from '../scopes.ts';
import { sell, shareOfQty } from '../sell-order.ts';
import type { PositionView, View } from '../view.ts';
import type { MarginLadderConfig } from './margin-ladder-config.ts';

type Rung = MarginLadderConfig['rungs'][number];

type ScopeState = {
  readonly key: string;
  /** How many rungs, from the highest on, have been passed on the way down. */
  passed: number;
  /** A scope of the book whose prices are not known yet, or that begins below a bound and has not been named. */
  start: 'unread' | 'unnamed' | null;
};

export type MarginLadderState = {
  readonly rungs: readonly Rung[];
  scopes: ScopeState[];
};

export const marginLadder: Guard<MarginLadderConfig, MarginLadderState> = {
  name: 'margin-ladder',
  init: ({ rungs }, { view }) => {
    const scopes = scopeKeys(view).map(({ key }): ScopeState => ({ key, passed: 0, start: 'unread' }));
    const own = { rungs, scopes };
    for (const seen of seenScopes(view, own)) begin(seen);
    return own;
  },
  watch: (own, view, bounds) => {
    for (const { scope, rungs, state } of seenScopes(view, own)) {
      const next = rungs[state.passed];
      if (next !== undefined) bounds.remainingBelow(scope, next.bound);
      if (state.passed > 0) bounds.remainingAbove(scope, armedAbove(rungs, state.passed));
    }
  },
  on: {
    marks: (view, own, _, say) => {
      for (const seen of keptScopes(view, own)) look(seen, say);
      tellRules(own, say);
    },
    fill: (view, own, _, say) => {
      keptScopes(view, own);
      tellRules(own, say);
    },
  },
  rules: ({ rungs }) => rungs.map((rung) => ({ rule: ruleOf(rung), dead: null })),
};

/** One scope at one moment, with what is kept of it. */
type Seen = KeyedScope & {
  readonly view: View;
  readonly rungs: readonly Rung[];
  readonly state: ScopeState;
};

function seenScopes(view: View, { rungs, scopes }: MarginLadderState): Seen[] {
  return scopeKeys(view).map(({ key, scope, positions }): Seen => {
    const state = scopes.find((one) => one.key === key) ?? { key, passed: 0, start: null };
    return { key, scope, positions, view, rungs, state };
  });
}

/** The same, of which the states are kept: a scope that holds nothing any more begins anew where it is opened again. */
function keptScopes(view: View, own: MarginLadderState): Seen[] {
  const seen = seenScopes(view, own);
  own.scopes = seen.map(({ state }) => state);
  return seen;
}

/** The names of rungs, which are said with every price. */
const names = new WeakMap<Rung, string>();

function ruleOf(rung: Rung): string {
  const before = names.get(rung);
  if (before !== undefined) return before;
  const { action, reduceBy, bound } = rung;
  const share = action === 'reduce' ? `-${Number((100 * (reduceBy ?? 0)).toFixed(4))}` : '';
  const name = `${action}${share}-at-${bound}`;
  names.set(rung, name);
  return name;
}

function tellRules({ rungs, scopes }: MarginLadderState, say: Say): void {
  for (const [index, rung] of rungs.entries()) {
    say.on(
      ruleOf(rung),
      scopes.some(({ passed }) => passed > index),
    );
  }
}

/** How many rungs the measure stands at or below. */
function passedNow({ view, scope, rungs }: Seen): number {
  return rungs.filter(({ bound }) => compareRemaining(view, scope, bound) <= 0).length;
}

/** Above this bound the last of the passed rungs is armed again. */
function armedAbove(rungs: readonly Rung[], passed: number): number {
  return rungs[passed - 2]?.bound ?? 1;
}

/** The rungs that a scope of the book begins below count as passed. */
function begin(seen: Seen): void {
  const { view, scope, state } = seen;
  if (state.start !== 'unread' || !isReadable(view, scope)) return;
  state.passed = passedNow(seen);
  state.start = state.passed > 0 ? 'unnamed' : null;
}

function look(seen: Seen, say: Say): void {
  const { view, scope, rungs, state } = seen;
  if (!isReadable(view, scope)) return;
  begin(seen);
  if (state.start !== null) {
    state.start = null;
    say.alert(findingOf(seen, { rung: rungs[state.passed - 1], rule: 'starts-below', severity: 'info' }));
  }
  const now = passedNow(seen);
  if (now > state.passed) {
    state.passed = now;
    act(seen, say);
  } else {
    rearm(seen, say);
  }
}

type Told = { readonly rung: Rung | undefined; readonly rule: string; readonly severity: Severity };

function findingOf({ view, scope, positions }: Seen, { rung, rule, severity }: Told): Finding {
  const observed = marginRemaining(view, scope);
  const about = scopeSubject(view, scope, positions);
  return { rule, severity, measure: 'marginRemaining', observed, threshold: rung?.bound ?? null, about };
}

/** Does what the lowest of the passed rungs asks for. */
function act(seen: Seen, say: Say): void {
  const { positions, rungs, state } = seen;
  const rung = rungs[state.passed - 1];
  if (rung === undefined) return;
  const severity = rung.action === 'monitor' ? 'warning' : 'critical';
  const finding = findingOf(seen, { rung, rule: ruleOf(rung), severity });
  if (rung.action === 'monitor') say.alert(finding);
  else if (rung.action === 'close') for (const position of positions) say.close(position, finding);
  else cut(seen, rung.reduceBy ?? 0, finding, say);
}

/** Takes a share of the notional of a scope, from the position that loses most on; of one position, of its quantity. */
function cut({ view, positions }: Seen, share: number, finding: Finding, say: Say): void {
  const [only, second] = positions;
  if (only !== undefined && second === undefined) {
    sell(say, only, shareOfQty(only, share), finding);
    return;
  }
  const size = (one: PositionView) => notional(view, one);
  const worstFirst = positions.toSorted((a, b) => unrealised(view, a) - unrealised(view, b));
  const all = positions.reduce((sum, one) => sum + size(one), 0);
  let left = share * all;
  for (const position of worstFirst) {
    // What rounding leaves is no reason to touch the next position.
    if (left <= NEAR * all) return;
    sell(say, position, shareOfQty(position, Math.min(1, left / size(position))), finding);
    left -= size(position);
  }
}

/** Arms passed rungs again, one after another, as far as the measure has come back. */
function rearm(seen: Seen, say: Say): void {
  const { view, scope, rungs, state } = seen;
  const before = state.passed;
  while (state.passed > 0 && compareRemaining(view, scope, armedAbove(rungs, state.passed)) > 0)
    state.passed -= 1;
  if (state.passed === before) return;
  say.alert(findingOf(seen, { rung: rungs[state.passed], rule: 'recovered', severity: 'info' }));
}
