/** The engine: guards in their order, a plain state, the view that it was given, and the bounds that it watches. */
import type { Book } from '../model/book.ts';
import type { Bounds } from './bounds.ts';
import { type Asking, createAsking, prepareAsking } from './collect-bounds.ts';
import type { GuardName } from './decision.ts';
import { type EngineEvent, type EventKind, eventKinds } from './event.ts';
import type { Guard, Handlers, Rule, Say } from './guard.ts';
import { alertShares } from './limit-alerts.ts';
import { createSaid, createVoice, type Said, type Voice } from './said.ts';
import type { Bases, Halt, View } from './view.ts';
import type { EngineWatch } from './watch.ts';

/** How often a rule spoke, and how long it was broken. */
export type RuleRecord = {
  readonly guard: GuardName;
  readonly rule: string;
  fired: number;
  /** Since when it is broken; null while it is not. */
  since: number | null;
  /** Milliseconds that it was broken before. */
  brokenFor: number;
};

/** Everything of the engine that changes, as plain data: it can be cloned, hashed, saved and loaded. */
export type EngineState = {
  time: number;
  /** Whether the equity of all accounts has been known; it is not before the first price of all that is held. */
  measured: boolean;
  /** 0 before that. */
  readonly bases: Bases;
  halts: Halt[];
  readonly rules: RuleRecord[];
  /** By the name of the guard. */
  readonly guards: Record<string, object>;
};

/** A guard with its state inside. */
export type BoundGuard = {
  readonly name: GuardName;
  readonly own: object;
  readonly voice: Voice;
  /** The kinds of events that it listens to. */
  readonly hears: readonly EventKind[];
  readonly hear: (view: View, event: EngineEvent, say: Say) => void;
  readonly watch: (view: View, bounds: Bounds) => void;
  readonly rules: () => readonly Rule[];
};

export type Engine = {
  readonly guards: readonly BoundGuard[];
  /** Those that listen to a kind of event, in their order. */
  readonly listeners: ReadonlyMap<EventKind, readonly BoundGuard[]>;
  readonly state: EngineState;
  /** The records of the state by guard and rule. */
  readonly records: ReadonlyMap<GuardName, ReadonlyMap<string, RuleRecord>>;
  /** What the guards say of one event: scratch of a step. */
  readonly said: Said;
  /** Written by whoever drives, before each step. */
  view: View;
  /** The bounds of all guards at that view; asked for when somebody wants to know them, once a step at most. */
  readonly watch: EngineWatch;
  /** Whether the guards have been asked since the last step. */
  asked: boolean;
  /** The error of a guard that threw: the engine then lets nothing pass. */
  failure: Error | null;
};

/** A guard ready to be bound: made by `withConfig`, so that guards of different states stand in one list. */
export type Configured = {
  readonly name: GuardName;
  /** @param saved  a state that was kept; null begins anew */
  readonly bind: (book: Book, view: View, { mode, saved }: Binding) => BoundGuard;
};

export type Binding = { readonly mode: string; readonly saved: object | null };

/** Ties a guard to its configuration. */
export function withConfig<C, S extends object>(
  guard: Guard<C, S>,
  config: C,
  shares: readonly number[] = alertShares,
): Configured {
  return {
    name: guard.name,
    bind: (book, view, { mode, saved }) => {
      const own = guard.init(config, { book, view, mode, alertShares: shares });
      if (saved !== null) Object.assign(own, saved);
      return {
        name: guard.name,
        own,
        voice: createVoice(guard.name),
        hears: eventKinds.filter((kind) => guard.on[kind] !== undefined),
        hear: listening(guard.on, own),
        watch: (now, bounds) => guard.watch?.(own, now, bounds),
        rules: () => guard.rules(own),
      };
    },
  };
}

/** One branch an event, so that each handler gets the event of its own kind. Unknown kinds reach nobody. */
function listening<S>(on: Handlers<S>, own: S): BoundGuard['hear'] {
  return (view, event, say) => {
    switch (event.kind) {
      case 'marks':
        on.marks?.(view, own, event, say);
        break;
      case 'bar-close':
        on['bar-close']?.(view, own, event, say);
        break;
      case 'funding':
        on.funding?.(view, own, event, say);
        break;
      case 'order':
        on.order?.(view, own, event, say);
        break;
      case 'fill':
        on.fill?.(view, own, event, say);
        break;
      case 'order-state':
        on['order-state']?.(view, own, event, say);
        break;
      case 'transfer':
        on.transfer?.(view, own, event, say);
        break;
      case 'venue':
        on.venue?.(view, own, event, say);
        break;
      case 'collateral':
        on.collateral?.(view, own, event, say);
        break;
      case 'operator':
        on.operator?.(view, own, event, say);
        break;
      case 'clock':
        on.clock?.(view, own, event, say);
        break;
    }
  };
}

export type EngineSetting = {
  /** In the order of `guardNames`. */
  readonly guards: readonly Configured[];
  readonly book: Book;
  readonly mode: string;
  /** What was kept of another engine of the same guards; null begins anew. */
  readonly saved: EngineState | null;
};

/**
 * An engine at its start, or at the point at which its state was kept.
 *
 * @param viewOn  makes the view on the bases and halts of the state, which the engine then changes
 */
export function createEngine(
  { guards, book, mode, saved }: EngineSetting,
  viewOn: (state: Pick<EngineState, 'bases' | 'halts'>) => View,
): Engine {
  const kept = saved === null ? null : structuredClone(saved);
  const bases = kept?.bases ?? { day: 0, weekPeak: 0, peak: 0 };
  const halts = kept?.halts ?? [];
  const view = viewOn({ bases, halts });
  const measured = kept?.measured ?? Number.isFinite(view.total);
  if (kept === null && measured)
    Object.assign(bases, { day: view.total, weekPeak: view.total, peak: view.total });
  const bound = guards.map((one) => one.bind(book, view, { mode, saved: kept?.guards[one.name] ?? null }));
  const state: EngineState = {
    time: kept?.time ?? view.time,
    measured,
    bases,
    halts,
    rules: kept?.rules ?? bound.flatMap(rulesOf),
    guards: Object.fromEntries(bound.map(({ name, own }) => [name, own])),
  };
  const asking = createAsking(view);
  return {
    guards: bound,
    listeners: new Map(eventKinds.map((kind) => [kind, bound.filter(({ hears }) => hears.includes(kind))])),
    state,
    records: recordsOf(state.rules),
    said: createSaid(Number.NaN),
    view,
    get watch() {
      if (!this.asked) askBounds(this, asking);
      this.asked = true;
      return asking.watch;
    },
    asked: false,
    failure: null,
  };
}

function recordsOf(rules: readonly RuleRecord[]): Engine['records'] {
  const found = new Map<GuardName, Map<string, RuleRecord>>();
  for (const one of rules) {
    const own = found.get(one.guard) ?? new Map<string, RuleRecord>();
    // Of two by one name the first counts.
    if (!own.has(one.rule)) own.set(one.rule, one);
    found.set(one.guard, own);
  }
  return found;
}

function rulesOf({ name, rules }: BoundGuard): RuleRecord[] {
  return rules().map(({ rule }) => ({ guard: name, rule, fired: 0, since: null, brokenFor: 0 }));
}

/** Asks all guards for their bounds, into the columns of the last time where they still fit. */
function askBounds({ view, guards, state }: Engine, asking: Asking): void {
  prepareAsking(asking, view, state.bases.day);
  const { bounds } = asking;
  for (const guard of guards) guard.watch(view, bounds);
  for (const { until } of state.halts) if (until !== null) bounds.wake(until);
  // The first equity that is known is told, whatever it is: losses are measured from there.
  if (!state.measured) asking.watch.point.totalHigh = Number.NEGATIVE_INFINITY;
}
