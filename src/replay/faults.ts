/**
 * What is wrong on our side of a run at a moment, and what the engine sees because of it. While it is cut off, dead or blind,
 * nothing of the venue reaches it, and it is told of the account later; while a feed is corrupt it sees wrong prices. The
 * venue goes on with the true ones. Plain data but for the venue that the engine remembers, which is made from it.
 */
import type { EngineState } from '../engine/engine.ts';
import type { EngineEvent, EventKind } from '../engine/event.ts';
import type { Market, View } from '../engine/view.ts';
import { type Prices, type Venue, venueOf } from '../venue/venue.ts';
import type { VenueState } from '../venue/venue-state.ts';
import { accountView, type ViewSource } from './account-view.ts';

/** By symbol: a factor on its prices. */
export type Scaled = { readonly symbol: number; readonly factor: number };

/** The venue as it was last seen; a price that was not known is null. */
type Memory = {
  readonly state: VenueState;
  readonly last: readonly (number | null)[];
  readonly mark: readonly (number | null)[];
};

export type FaultState = {
  /** The process is dead. */
  crash: boolean;
  /** It lives, and neither data nor orders get through. */
  blind: boolean;
  /** What prices are shown times; those that are right are left out. */
  factors: readonly Scaled[];
  /** By what shown prices have jumped because a factor changed, until the engine is shown them. */
  jumps: readonly Scaled[];
  /** What the engine is told once it hears again, in its order. */
  missed: readonly EngineEvent[];
  /** What it saw before it was cut off; null while it is not. */
  memory: Memory | null;
  /** A fault has begun or ended, and the engine has not been shown prices since. */
  unshown: boolean;
  /** Entries that found no process to judge them. */
  denied: number;
};

export function createFaultState(): FaultState {
  return {
    crash: false,
    blind: false,
    factors: [],
    jumps: [],
    missed: [],
    memory: null,
    unshown: false,
    denied: 0,
  };
}

/** Why an order of ours has not been sent. */
export const notSent = { crash: 'gateway-down', blind: 'gateway-blind' } as const;

/** Whether the engine hears nothing of the venue. */
export function isCutOff({ crash, blind }: FaultState): boolean {
  return crash || blind;
}

/** Whether the engine has to look at every price: its bounds are of prices that the path does not hold. */
export function isLoud(faults: FaultState): boolean {
  return !isCutOff(faults) && (faults.unshown || faults.factors.length > 0);
}

/** What changes the account, or what may be done with it: told later where it is missed. Prices, rates and time are gone. */
const kept: readonly EventKind[] = ['fill', 'order-state', 'transfer', 'venue', 'collateral'];

/**
 * Whether an event reaches the engine now. Who is blind still has its clock, its strategies and its operators; for a process
 * that is dead its operators wait.
 */
export function reaches({ crash, blind }: FaultState, event: EngineEvent): boolean {
  if (crash) return false;
  return !blind || isInside(event);
}

function isInside(event: EngineEvent): boolean {
  if (event.kind === 'order-state') return event.reason === notSent.blind;
  return event.kind === 'clock' || event.kind === 'order' || event.kind === 'operator';
}

/** Keeps an event that does not reach the engine, where it is to be told of it later. */
export function miss(faults: FaultState, event: EngineEvent): void {
  if (!kept.includes(event.kind) && event.kind !== 'operator') return;
  faults.missed = [...faults.missed, event];
}

/** Turns true prices into those that the engine is shown. */
export function distort({ last, mark }: Prices, factors: readonly Scaled[]): void {
  for (const { symbol, factor } of factors) {
    last[symbol] = last[symbol]! * factor;
    mark[symbol] = mark[symbol]! * factor;
  }
}

/** What the engine sees of a venue now, to be remembered while it is cut off. */
export function memoryOf({ state, prices }: Venue, factors: readonly Scaled[]): Memory {
  const seen = { last: prices.last.slice(), mark: prices.mark.slice() };
  distort(seen, factors);
  const known = (column: Float64Array) => Array.from(column, (price) => (Number.isNaN(price) ? null : price));
  return { state: structuredClone(state), last: known(seen.last), mark: known(seen.mark) };
}

/** The remembered venue; null where the engine sees the venue of now. */
export function rememberedOf({ world }: Venue, { memory }: FaultState): Venue | null {
  if (memory === null) return null;
  const column = (prices: Memory['last']) => Float64Array.from(prices, (price) => price ?? Number.NaN);
  const prices = { last: column(memory.last), mark: column(memory.mark) };
  return venueOf(world, memory.state, prices);
}

type Sight = {
  readonly source: ViewSource;
  readonly remembered: Venue | null;
  readonly factors: readonly Scaled[];
};

/**
 * The view of the engine: the venue as it is, as it is remembered, or at the prices that it is shown. Completed bars come by
 * another way than prices: those of a corrupt feed are right, and one that is cut off knows those of before.
 */
export function viewThrough(
  { source, remembered, factors }: Sight,
  ground: Pick<EngineState, 'bases' | 'halts'>,
): View {
  const { venue, market } = source;
  if (remembered !== null) {
    const seen = { ...source, venue: remembered, market: marketUpTo(market, remembered.state.time) };
    return { ...accountView(seen, ground), time: venue.state.time };
  }
  if (factors.length === 0) return accountView(source, ground);
  const { scopes, bracket } = venue.view;
  const prices = { last: venue.prices.last.slice(), mark: venue.prices.mark.slice() };
  distort(prices, factors);
  // Columns of its own: the venue's hold what it read at true prices.
  const view = {
    ...venue.view,
    bracket: bracket.slice(),
    equity: new Float64Array(scopes),
    maintenance: new Float64Array(scopes),
  };
  return accountView({ ...source, venue: { ...venue, prices, view } }, ground);
}

/** A market in which nothing has completed after a moment. */
function marketUpTo({ at, hourlyReturns, hourlyVolume }: Market, end: number): Market {
  return {
    at: (symbol, time) => at(symbol, Math.min(time, end)),
    hourlyReturns: (symbol, time, hours) => hourlyReturns(symbol, Math.min(time, end), hours),
    hourlyVolume: (symbol, time, hours) => hourlyVolume(symbol, Math.min(time, end), hours),
  };
}
