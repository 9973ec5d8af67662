/**
 * Account levels: what is done as the margin level of a scope falls.
 *
 *   SAFE > 2.0 >= WARNING >= 1.5 > CRITICAL >= 1.2 > LIQUIDATION      each times the dynamic factor, in [1, 2]
 *
 * - WARNING tells. CRITICAL sells until the projected level is at the target, of all alike or one after another.
 *   LIQUIDATION closes the scope, at once or in slices; a closing that has begun goes on when the level comes back, as each
 *   slice lifts it.
 * - A zone acts once on the way down. A book that begins in one is named (`starts-below`), and acted on when it next falls
 *   into a worse one (RULES 3.1).
 * - What was sold is checked: as soon as nothing is on its way any more, a level that is still critical is acted on again
 *   (`after-execution`). What is on its way is not asked for twice; an order that the venue refuses is, as it is sent again
 *   when the venue takes orders, and one that is cancelled is not.
 * - It looks at prices once all of a moment are known, at `marks`, and at what fills leave.
 *
 * Source  S3 29.3 (levels, dynamic thresholds), 29.5 (deleveraging strategies, execution methods, liquidation priority and
 *   validation), 29.9 (alerts, recovery); S1 (execution strategies); RULES 3.1, 3.3-3.5
 */
import { NEAR } from '../../risk/compare.ts';
import { sharesToClose } from '../../risk/deleverage.ts';
import type { Bounds } from '../bounds.ts';
import type { Finding } from '../decision.ts';
import type { Fill } from '../event.ts';
import type { Guard, Say } from '../guard.ts';
import { watchFactor } from '../level-factor.ts';
import {
  type AccountLevelsState,
  boundOf,
  CRITICAL,
  findingOf,
  keptScopes,
  LIQUIDATION,
  newScope,
  type ScopeState,
  type Seen,
  seenScopes,
  WARNING,
  zoneOf,
  zones,
} from '../level-zones.ts';
import { marginLevel } from '../measures.ts';
import { type ClosePlan, createPlan, moveOn, nextShare } from '../orderly-close.ts';
import { isReadable, scopeKeys } from '../scopes.ts';
import { cutLeg, inOrder, sell, shareOfQty } from '../sell-order.ts';
import { type PositionView, positionKey, type View } from '../view.ts';
import type { AccountLevelsConfig } from './account-levels-config.ts';

export const accountLevels: Guard<AccountLevelsConfig, AccountLevelsState> = {
  name: 'account-levels',
  init: (config, { view, mode }) => {
    const own: AccountLevelsState = { config, mode, scopes: [] };
    own.scopes = scopeKeys(view).map(({ key }) => ({ ...newScope(key), start: 'unread' }));
    for (const seen of seenScopes(view, own)) begin(seen);
    return own;
  },
  watch: (own, view, bounds) => {
    watchFactor(view, own.config.dynamic, bounds);
    for (const seen of seenScopes(view, own)) watchScope(seen, bounds);
  },
  on: {
    marks: (view, own, _, say) => {
      for (const seen of keptScopes(view, own)) look(seen, say);
      tellRules(own, say);
    },
    order: (view, own, { order }, say) => judge(view, own, order.account, say),
    clock: (view, own, { time }, say) => {
      for (const seen of keptScopes(view, own)) {
        const due = seen.state.plan?.next ?? null;
        if (due !== null && due <= time) slice(seen, say);
      }
    },
    fill: (view, own, { fill }, say) => afterwards(view, own, (one) => isFilled(fill, one), say),
    'order-state': (view, own, { state, account, symbol }, say) => {
      if (state !== 'cancelled') return;
      const sides = ([1, -1] as const).map((side) => positionKey({ account, symbol, side }));
      afterwards(view, own, ({ key }) => sides.includes(key), say);
    },
  },
  rules: ({ config: { critical, liquidation } }) => [
    { rule: 'warning', dead: null },
    {
      rule: 'critical',
      dead: critical <= liquidation ? 'what is below critical is below liquidation' : null,
    },
    { rule: 'liquidation', dead: null },
    { rule: 'after-execution', dead: null },
  ],
};

/** No new risk for an account of which a scope is CRITICAL or worse (DESIGN 3); the worst of them is told. */
function judge(view: View, own: AccountLevelsState, account: number, say: Say): void {
  const endangered = seenScopes(view, own).filter(
    (seen) =>
      view.margin.account[seen.scope] === account && isReadable(view, seen.scope) && zoneOf(seen) >= CRITICAL,
  );
  const levelOf = ({ scope }: Seen) => marginLevel(view, scope) ?? Number.POSITIVE_INFINITY;
  const [worst] = endangered.toSorted((a, b) => levelOf(a) - levelOf(b));
  if (worst !== undefined) say.deny(findingOf(worst, zoneOf(worst)));
}

function watchScope(seen: Seen, bounds: Bounds): void {
  const { scope, state } = seen;
  const worse = boundOf(seen, state.zone + 1);
  if (worse !== null) bounds.levelBelow(scope, worse);
  const back = boundOf(seen, state.zone);
  if (back !== null) bounds.levelAbove(scope, back);
  const due = state.plan?.next ?? null;
  if (due !== null) bounds.wake(due);
}

/** Which rules are broken: the zone of the moment and those above it. */
function tellRules({ scopes }: AccountLevelsState, say: Say): void {
  for (const [zone, rule] of zones.entries()) {
    if (zone === 0) continue;
    say.on(
      rule,
      scopes.some((one) => one.zone >= zone),
    );
  }
}

/** A scope of the book counts as acted on in the zone that it begins in. */
function begin({ view, scope, state, ...rest }: Seen): void {
  if (state.start !== 'unread' || !isReadable(view, scope)) return;
  state.zone = zoneOf({ view, scope, state, ...rest });
  state.start = state.zone > 0 ? 'unnamed' : null;
}

function look(seen: Seen, say: Say): void {
  const { view, scope, state } = seen;
  if (!isReadable(view, scope)) return;
  begin(seen);
  if (state.start !== null) {
    state.start = null;
    say.alert({ ...findingOf(seen, state.zone), rule: 'starts-below', severity: 'info' });
  }
  const before = state.zone;
  const now = comeBack(seen, say);
  if (now <= before) return;
  state.zone = now;
  act(seen, findingOf(seen, now), say);
}

/** The zone of now; where it is a better one, that is said and kept. */
function comeBack(seen: Seen, say: Say): number {
  const { state } = seen;
  const now = zoneOf(seen);
  if (now >= state.zone) return now;
  state.zone = now;
  const threshold = boundOf(seen, now + 1);
  say.alert({ ...findingOf(seen, now), rule: 'recovered', severity: 'info', threshold });
  return now;
}

function act(seen: Seen, finding: Finding, say: Say): void {
  const { view, config, state, positions } = seen;
  if (state.zone === WARNING) say.alert(finding);
  if (state.plan !== null) return;
  if (state.zone === CRITICAL && state.pending.length === 0) deleverage(seen, finding, say);
  if (state.zone === LIQUIDATION) {
    state.plan = createPlan(view, positions, config);
    slice(seen, say, finding);
  }
}

/** Sells until the projected level is at the target. */
function deleverage(seen: Seen, finding: Finding, say: Say): void {
  const { view, scope, config, factor, positions } = seen;
  const sold = inOrder(view, positions, config.strategy).flatMap((position) => {
    const leg = cutLeg(view, position);
    return leg === null ? [] : [{ position, leg }];
  });
  const shares = sharesToClose(
    sold.map(({ leg }) => leg),
    {
      equity: view.margin.equity[scope]!,
      target: config.target * factor,
      from: config.strategy === 'proportional' ? 'all-alike' : 'first-to-last',
    },
  );
  for (const [i, { position }] of sold.entries()) {
    const share = shares[i] ?? 0;
    if (share > 0) ask(seen, { position, qty: shareOfQty(position, share), finding }, say);
  }
}

/**
 * Sends the next slice of a closing, in order of priority. While one is on its way the next is left out, and those that
 * follow are larger; the last takes all that is left.
 *
 * @param begun  why the closing begins; null where it goes on, whatever the level is by now
 */
function slice(seen: Seen, say: Say, begun: Finding | null = null): void {
  const { view, config, state, positions } = seen;
  const { plan } = state;
  if (plan === null) return;
  const finding = begun ?? { ...findingOf(seen, LIQUIDATION), ...sliceOf(plan, config) };
  if (plan.left === 1 || state.pending.length === 0) {
    for (const position of inOrder(view, positions, config.priority)) {
      ask(seen, { position, qty: shareOfQty(position, nextShare(plan, position)), finding }, say);
    }
  }
  moveOn(plan, view.time, config);
  if (plan.left <= 0) state.plan = null;
}

function sliceOf(
  { left }: ClosePlan,
  { slices }: AccountLevelsConfig,
): Pick<Finding, 'measure' | 'observed' | 'threshold'> {
  return { measure: 'slice', observed: slices - left + 1, threshold: slices };
}

type Asking = { readonly position: PositionView; readonly qty: number; readonly finding: Finding };

/** Asks for a sale, unless as much of the position is on its way. */
function ask({ state }: Seen, { position, qty, finding }: Asking, say: Say): void {
  const key = positionKey(position);
  if (state.pending.some((one) => one.key === key && one.qty >= qty)) return;
  state.pending = [...state.pending.filter((one) => one.key !== key), { key, qty }];
  sell(say, position, qty, finding);
}

type Pending = ScopeState['pending'][number];

/** Whether a fill is what was asked for: our order is one of the engine's, of that size, or of what there was. */
function isFilled({ account, symbol, position, cause, opening, qty, left }: Fill, asked: Pending): boolean {
  if (opening || asked.key !== positionKey({ account, symbol, side: position })) return false;
  return left === 0 || (cause === 'engine' && qty >= asked.qty * (1 - NEAR));
}

/** Takes what is no longer on its way from what was asked for, and checks the scopes of which nothing is. */
function afterwards(view: View, own: AccountLevelsState, over: (asked: Pending) => boolean, say: Say): void {
  const held = view.positions.map(positionKey);
  for (const seen of keptScopes(view, own)) {
    const { state } = seen;
    const before = state.pending.length;
    state.pending = state.pending.filter((one) => !over(one) && held.includes(one.key));
    if (before > 0 && state.pending.length === 0) check(seen, say);
  }
  tellRules(own, say);
}

/** What was sold is checked: an iceberg shows its next part, and a level that is still critical is acted on again. */
function check(seen: Seen, say: Say): void {
  const { view, scope, state } = seen;
  if (!isReadable(view, scope)) return;
  if (state.plan !== null) {
    if (state.plan.next === null) slice(seen, say);
    return;
  }
  const before = state.zone;
  state.zone = comeBack(seen, say);
  if (state.zone < CRITICAL) return;
  const finding = findingOf(seen, state.zone);
  act(seen, state.zone > before ? finding : { ...finding, rule: 'after-execution' }, say);
}
