/**
 * The stop of every position: it rests at the venue from the moment the position opens, since what rests there survives our
 * own crash. Where d is `multiplier` times the unit of the type, for a long (a short is its mirror):
 *
 *   atr           entry - d, of the ATR of the last bar completed at or before the entry
 *   percent       entry - d, of 1 % of the entry
 *   trailing-atr  best price since entry - d, of the ATR locked at the entry
 *   chandelier    best price since entry - d, of the ATR of the last completed bar
 *   adaptive      entry - d, of (base + range x (1 - confidence)) x regime factor; where it trails, from the best price
 *
 * - A stop that the order or the book states counts beside the computed one: the tighter of them stands, to the digit.
 * - A stop only ever moves toward the price: also when a position is added to, or when the ATR grows.
 * - What rests at the venue already and is as tight is left alone.
 * - A held book gets its stops as soon as an ATR is known. One that the price has passed before is named
 *   (`already-beyond`), and placed when the price has come back (RULES 3.1); the looser one that is still open stands.
 * - What the venue does not take is asked for again after `retry` seconds, each time twice as long up to an hour, and at
 *   once when its outage ends.
 *
 * Sources  S2 layer 3 (atr_stop, percent_stop), layer 6 (the stop at the exchange) and checklist (at once on open; 2 x ATR
 *   for trend-following, 1 x for mean-reversion); S0 DynamicStopLossManager; RULES 1.1, 1.8, 1.9, 3.1, 3.10
 */
import type { Finding, Severity } from '../decision.ts';
import type { Fill, OrderIntent } from '../event.ts';
import type { Guard, Rule, Say } from '../guard.ts';
import {
  better,
  candidates,
  computedStop,
  covers,
  learn,
  multiplierOf,
  type StopState,
  tightest,
  trails,
} from '../stop-level.ts';
import { findPosition, type PositionView, type View } from '../view.ts';
import type { StopsConfig } from './stops-config.ts';

/** What an order said before it was filled. */
type OrderNote = {
  readonly id: number;
  readonly stop: number | null;
  readonly strategy: string | null;
  readonly confidence: number | null;
};

export type StopsState = {
  readonly config: StopsConfig;
  stops: StopState[];
  /** Of the newest orders; those that were denied are never filled. */
  orders: OrderNote[];
};

const ORDERS_KEPT = 100;
const RETRY_MAX = 3_600_000;
const MS_PER_SECOND = 1000;

const ruleNames = {
  atr: 'atr-stop',
  percent: 'percent-stop',
  'trailing-atr': 'trailing-stop',
  chandelier: 'chandelier-stop',
  adaptive: 'adaptive-stop',
} as const;

export const stops: Guard<StopsConfig, StopsState> = {
  name: 'stops',
  init: (config, { view }) => {
    return { config, stops: view.positions.map((position) => heldStop(config, view, position)), orders: [] };
  },
  watch: (own, view, bounds) => {
    for (const stop of own.stops) {
      if (findPosition(view, stop) === null) continue;
      const { symbol, side, best, passed, unit, retryAt } = stop;
      if (retryAt !== null) bounds.wake(retryAt);
      if (own.config.type === 'chandelier' || unit === null) bounds.everyBar(symbol);
      const isLong = side > 0;
      if (passed !== null) bounds[isLong ? 'lastAbove' : 'lastBelow'](symbol, passed);
      if (trails(own.config)) bounds[isLong ? 'newHigh' : 'newLow'](symbol, best);
    }
  },
  on: {
    order: (_, own, { order }) => noteOrder(own, order),
    fill: (view, own, { fill }, say) => {
      takeFill(own, view, fill, say);
      settleAll(view, own, say);
    },
    'order-state': (_, own, { time, account, symbol, state }) => {
      if (state !== 'rejected' && state !== 'cancelled') return;
      for (const stop of own.stops) {
        if (stop.account === account && stop.symbol === symbol) putOff(own, stop, time);
      }
    },
    venue: (view, own, { venue, on }, say) => {
      for (const stop of own.stops) {
        if (!on && view.accounts[stop.account]?.venue === venue) stop.retryAt = null;
      }
      settleAll(view, own, say);
    },
    marks: (view, own, _, say) => settleAll(view, own, say),
    'bar-close': (view, own, _, say) => settleAll(view, own, say),
    funding: (view, own, _, say) => settleAll(view, own, say),
    clock: (view, own, _, say) => settleAll(view, own, say),
    operator: (view, own, _, say) => settleAll(view, own, say),
  },
  rules: ({ config }) => {
    const names = [ruleNames[config.type], 'stated-stop', 'asked-again', 'already-beyond', 'stated-beyond'];
    const all = trails(config) ? [...names, 'trail'] : names;
    return all.map((rule): Rule => ({ rule, dead: null }));
  },
};

/** A position of the book: its order is not known, and the best price since its entry is the best of those that are. */
function heldStop(config: StopsConfig, { last }: View, position: PositionView): StopState {
  const { side, entry, symbol } = position;
  return {
    ...newStop(config, position, null),
    enteredAt: position.openedAt,
    stated: position.statedStop,
    best: better(side, last[symbol]!, entry),
    held: true,
  };
}

type Opened = Pick<StopState, 'account' | 'symbol' | 'side' | 'entry'>;

function newStop(
  config: StopsConfig,
  { account, symbol, side, entry }: Opened,
  note: OrderNote | null,
): StopState {
  return {
    account,
    symbol,
    side,
    entry,
    enteredAt: 0,
    multiplier: multiplierOf(config, note?.strategy ?? null),
    confidence: note?.confidence ?? config.adaptive.confidence,
    stated: null,
    unit: null,
    best: entry,
    level: null,
    asked: null,
    held: false,
    passed: null,
    refusals: 0,
    retryAt: null,
  };
}

function noteOrder(own: StopsState, { id, stop, strategy, model }: OrderIntent): void {
  const before = own.orders.findIndex((one) => one.id === id);
  if (before >= 0) own.orders.splice(before, 1);
  own.orders.push({ id, stop, strategy, confidence: model?.confidence ?? null });
  if (own.orders.length > ORDERS_KEPT) own.orders.shift();
}

function takeFill(own: StopsState, view: View, fill: Fill, say: Say): void {
  const { account, symbol, position: side, price, qty, left, opening, id } = fill;
  const before = own.stops.find(
    (one) => one.account === account && one.symbol === symbol && one.side === side,
  );
  if (left > 0 && !opening) return;
  own.stops = own.stops.filter((one) => one !== before);
  const position = findPosition(view, { account, symbol, side });
  if (left <= 0 || position === null) return;
  // Orders of our own have no number, and said nothing.
  const note = own.orders.find((one) => one.id === id && id >= 0) ?? null;
  const stated = statedBy(note, { account, symbol, side, price }, say);
  // What it opened alone was opened at its price; with what was held before, also unknown to us, the average counts.
  const isFirst = left <= qty;
  const entry = isFirst ? price : position.entry;
  const fresh = {
    ...newStop(own.config, { account, symbol, side, entry }, note),
    enteredAt: view.time,
    stated,
  };
  own.stops.push(isFirst || before === undefined ? fresh : added(before, fresh, note));
}

/** The stop of an order; one that its own fill has passed already is left aside, and named. */
function statedBy(
  note: OrderNote | null,
  { account, symbol, side, price }: Pick<StopState, 'account' | 'symbol' | 'side'> & Pick<Fill, 'price'>,
  say: Say,
): number | null {
  const stated = note?.stop ?? null;
  if (stated === null || side * stated < side * price) return stated;
  const seen = { measure: 'price', observed: price, threshold: stated };
  say.alert({ ...findingOf('stated-beyond', 'warning', seen), about: { account, symbol } });
  return null;
}

/** A position that was added to: computed anew from its average entry, as its last order wants; never looser. */
function added(before: StopState, fresh: StopState, note: OrderNote | null): StopState {
  const { side, best } = before;
  const { entry, enteredAt, multiplier, confidence } = fresh;
  const stated = [before.stated, fresh.stated].filter((price) => price !== null);
  return {
    ...before,
    ...(note === null ? {} : { multiplier, confidence }),
    entry,
    enteredAt,
    unit: null,
    stated: tightest(side, stated),
    best: better(side, best, entry),
  };
}

/** The venue has not taken an order in this symbol, or has lost one: the stop is asked for again. */
function putOff({ config }: StopsState, stop: StopState, time: number): void {
  if (stop.asked === null) return;
  stop.asked = null;
  let wait = config.retry * MS_PER_SECOND;
  for (let n = 0; n < stop.refusals && wait < RETRY_MAX; n += 1) wait *= 2;
  stop.retryAt = time + Math.min(wait, RETRY_MAX);
  stop.refusals += 1;
}

function settleAll(view: View, own: StopsState, say: Say): void {
  for (const stop of own.stops) {
    const position = findPosition(view, stop);
    if (position !== null) settle(view, own, { stop, position }, say);
  }
  say.on(
    'already-beyond',
    own.stops.some(({ passed }) => passed !== null),
  );
}

type Settled = { readonly stop: StopState; readonly position: PositionView };

function settle(view: View, { config }: StopsState, { stop, position }: Settled, say: Say): void {
  const { side } = stop;
  const last = view.last[stop.symbol]!;
  if (stop.retryAt !== null && stop.retryAt <= view.time) stop.retryAt = null;
  if (stop.held && Number.isNaN(last)) return;
  learn(config, view, stop);
  const computed = computedStop(config, stop);
  const { open, passed } = candidates(stop, computed, last);
  if (passed !== null && stop.passed === null) {
    const seen = { measure: 'last', observed: last, threshold: passed };
    const { account, symbol } = stop;
    say.alert({ ...findingOf('already-beyond', 'warning', seen), about: { account, symbol } });
  }
  stop.passed = passed;
  stop.held = passed !== null || stop.unit === null;
  if (open === null) return;
  const before = stop.level;
  const level = before === null ? open : better(side, open, before);
  stop.level = level;
  if (covers(position, level)) {
    stop.refusals = 0;
    return;
  }
  if (stop.asked === level || stop.retryAt !== null) return;
  say.setStop(position, level, reasonOf(config, stop, { before, last, computed }));
  stop.asked = level;
}

type Moved = { readonly before: number | null; readonly last: number; readonly computed: number | null };

function reasonOf(config: StopsConfig, stop: StopState, { before, last, computed }: Moved): Finding {
  const { refusals, level, unit, multiplier, stated, asked } = stop;
  if (refusals > 0)
    return findingOf('asked-again', 'warning', {
      measure: 'refusals',
      observed: refusals,
      threshold: null,
    });
  if (level === stated && level !== computed)
    return findingOf('stated-stop', 'info', {
      measure: 'last',
      observed: finite(last),
      threshold: stated,
    });
  if (asked !== null && trails(config))
    return findingOf('trail', 'info', { measure: 'best', observed: stop.best, threshold: before });
  return findingOf(ruleNames[config.type], 'info', {
    measure: 'stopUnit',
    observed: unit,
    threshold: multiplier,
  });
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function findingOf(
  rule: string,
  severity: Severity,
  seen: Pick<Finding, 'measure' | 'observed' | 'threshold'>,
): Finding {
  return { rule, severity, ...seen };
}
