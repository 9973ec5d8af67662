/** The engine beside a run: what it has decided and what of it is still on its way to the venue. */
import type { Decision, GuardName } from '../engine/decision.ts';
import { type Configured, createEngine, type Engine, type EngineState } from '../engine/engine.ts';
import type { Halt, Market } from '../engine/view.ts';
import { type EngineWatch, TOTALS } from '../engine/watch.ts';
import type { Book } from '../model/book.ts';
import type { FillRecord } from '../model/fill.ts';
import type { Prices, Venue } from '../venue/venue.ts';
import { statedOf, type ViewSource } from './account-view.ts';
import { createFaultState, type FaultState, isCutOff, isLoud, rememberedOf, viewThrough } from './faults.ts';

/** An order of the engine between its decision and its arrival at the venue. */
export type EngineOrder = {
  readonly kind: 'reduce' | 'close' | 'flip' | 'set-stop';
  readonly guard: GuardName | 'engine';
  readonly rule: string;
  readonly account: number;
  readonly symbol: number;
  /** Of the position. */
  readonly side: 1 | -1;
  /** What is to be closed; 0 for a stop. */
  readonly qty: number;
  /** Of the stop; NaN is never kept, 0 for the others. */
  readonly price: number;
  readonly decided: number;
  /** When it reaches the venue; null while it waits for a venue that takes no orders, or for our own sight. */
  readonly arrives: number | null;
  /** The last price that it was decided at. */
  readonly cause: number;
};

/** How long a protection took and what that cost (PEERS 3.17). */
export type Reaction = {
  readonly guard: EngineOrder['guard'];
  readonly rule: string;
  readonly kind: EngineOrder['kind'];
  readonly account: number;
  readonly symbol: number;
  readonly side: 1 | -1;
  readonly decided: number;
  readonly filled: number;
  readonly qty: number;
  /** Last price at the decision, the worse of it and that of the arrival, and what was paid after spread and impact. */
  readonly cause: number;
  readonly reference: number;
  readonly price: number;
  /** Loss between decision and arrival, in the account's currency, >= 0. */
  readonly loss: number;
};

export type ResumePlan = Pick<Halt, 'guard' | 'rule' | 'since'> & { readonly time: number };

/** What the engine's side of a run keeps: plain data, beside the state of the engine itself. */
export type ProtectionState = {
  /** In the order of their arrival. */
  queue: EngineOrder[];
  /** When an operator resumes which halt; one that is over by then he leaves alone. */
  resumes: ResumePlan[];
  /** Bars that ended by then have been told. */
  barsUntil: number;
  /** The stops of ours that rest at the venue. */
  stops: { readonly key: string; readonly order: number }[];
  /** All of them so far. */
  readonly placed: number[];
  readonly log: Decision[];
  readonly reactions: Reaction[];
  readonly faults: FaultState;
};

export type Listener = {
  readonly decision: (decision: Decision) => void;
  readonly fill: (fill: FillRecord) => void;
};

export type Protection = {
  readonly engine: Engine;
  readonly source: ViewSource;
  /** Milliseconds from a decision to its order at the venue. */
  readonly latency: number;
  /** Milliseconds after which an operator resumes a manual halt; null: never. */
  readonly operatorDelay: number | null;
  /** When the first bar of a symbol that a watch wants ends, after a moment; Infinity where none does. */
  readonly nextBar: (symbol: number, after: number, watch: EngineWatch) => number;
  /** By row of the path and symbol: the move of the last price to it in bar volatilities, NaN where unknown. */
  readonly moves: Float64Array;
  readonly state: ProtectionState;
  /** The venue as the engine saw it before it was cut off; null while it sees that of now. Derived. */
  remembered: Venue | null;
  /** Hears of every decision and fill as it is made; null where nobody listens. */
  readonly listener: Listener | null;
  /** The earliest moment at which something of the engine's own happens, see `nextMoment`; null where it has to be found again. */
  next: number | null;
  /** Prices along a leg: scratch. */
  readonly scratch: Prices;
  readonly scratchEquity: Float64Array;
  /** The equity of all accounts with its bounds: scratch. */
  readonly totals: Float64Array;
};

export function createProtectionState(start: number): ProtectionState {
  return {
    queue: [],
    resumes: [],
    barsUntil: start,
    stops: [],
    placed: [],
    log: [],
    reactions: [],
    faults: createFaultState(),
  };
}

/** To be called after everything that may move the next moment of the engine's own. */
export function planNext(protection: Protection): void {
  protection.next = null;
}

/**
 * The next moment of the engine's own. Of one that is dead only its orders on their way are left, and who is blind waits for
 * no bar.
 */
export function nextMoment(protection: Protection): number {
  protection.next ??= findNext(protection);
  return protection.next;
}

function findNext({ engine, state, nextBar }: Protection): number {
  const { crash } = state.faults;
  let next = crash ? Number.POSITIVE_INFINITY : engine.watch.wake;
  for (const { arrives } of state.queue) if (arrives !== null) next = Math.min(next, arrives);
  if (!crash) for (const { time } of state.resumes) next = Math.min(next, time);
  if (engine.watch.bars && !isCutOff(state.faults)) {
    for (let symbol = 0; symbol < engine.view.symbols.length; symbol += 1) {
      next = Math.min(next, nextBar(symbol, state.barsUntil, engine.watch));
    }
  }
  return next;
}

/** The bounds that end a silence; null where nobody guards, or sees anything. */
export function watchOf(protection: Protection | null): EngineWatch | null {
  return protection === null || isCutOff(protection.state.faults) ? null : protection.engine.watch;
}

/** The moment from which on a run may not be silent. */
export function silentUntil(protection: Protection | null): number {
  if (protection === null) return Number.POSITIVE_INFINITY;
  return isLoud(protection.state.faults) ? Number.NEGATIVE_INFINITY : nextMoment(protection);
}

export type ProtectionPlan = {
  /** In the order of `guardNames`. */
  readonly guards: readonly Configured[];
  readonly book: Book;
  readonly mode: string;
  readonly market: Market;
  readonly nextBar: Protection['nextBar'];
  readonly moves: Float64Array;
  /** Milliseconds. */
  readonly latency: number;
  readonly operatorDelay: number | null;
  readonly listener: Listener | null;
};

/** What was kept of a run's protection, to go on with. */
export type SavedProtection = { readonly engine: EngineState; readonly state: ProtectionState };

/** The engine beside a venue: at its start, or at the point at which its state was kept. */
export function createProtection(
  plan: ProtectionPlan,
  venue: Venue,
  saved: SavedProtection | null = null,
): Protection {
  const { guards, book, mode, market } = plan;
  const { symbols } = venue.world;
  const source: ViewSource = {
    venue,
    market,
    stated: statedOf(book, symbols),
    moves: new Float64Array(symbols.length).fill(Number.NaN),
  };
  const state = saved === null ? createProtectionState(venue.state.time) : structuredClone(saved.state);
  const remembered = rememberedOf(venue, state.faults);
  const { factors } = state.faults;
  const engine = createEngine({ guards, book, mode, saved: saved?.engine ?? null }, (ground) =>
    viewThrough({ source, remembered, factors }, ground),
  );
  const protection: Protection = {
    engine,
    source,
    latency: plan.latency,
    operatorDelay: plan.operatorDelay,
    nextBar: plan.nextBar,
    moves: plan.moves,
    state,
    remembered,
    listener: plan.listener,
    next: Number.NEGATIVE_INFINITY,
    scratch: {
      last: new Float64Array(symbols.length),
      mark: new Float64Array(symbols.length),
    },
    scratchEquity: new Float64Array(venue.state.accounts.length),
    totals: new Float64Array(TOTALS),
  };
  // A new run looks at its first prices whatever they are; one that goes on has done so.
  if (saved !== null) planNext(protection);
  return protection;
}
