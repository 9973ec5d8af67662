/** What the venue does and what breaks on our side, as happenings of a run; names of the file become numbers of the run. */
import { type Money, zero } from '../../model/money.ts';
import type { OurFault, VenueAction } from '../../model/scenario.ts';
import type { Happening } from '../../replay/timeline.ts';
import type { VenueEvent } from '../../venue/venue-events.ts';
import type { VenueSpec } from '../../venue/venue-spec.ts';
import { type Stage, startPrices } from './stage.ts';
import { equityAtStart } from './standing-book.ts';

export type ScenarioEvents = {
  readonly happenings: readonly Happening[];
  /** Parts of the file that this book has nothing for, each in a sentence. */
  readonly notApplied: readonly string[];
};

/** At scale 0 the venue works and nothing of ours breaks (RULES 4.2). */
export function scenarioEvents(stage: Stage, venues: readonly VenueSpec[], scale: number): ScenarioEvents {
  const { scenario } = stage;
  if (scale === 0) return { happenings: [], notApplied: [] };
  const names = venues.map(({ name }) => name);
  const places: Places = { stage, names, scale };
  const acts = scenario.venue.map((action) => ({ action, found: actionOf(action, places) }));
  const faults = scenario.faults.filter((one) => one.kind !== 'orders');
  return {
    happenings: [
      ...acts.flatMap(({ found }) => found ?? []),
      ...faults.flatMap((fault) => faultOf(fault, stage)),
    ],
    notApplied: [
      ...acts.flatMap(({ action, found }) => (found === null ? [leftAside(action)] : [])),
      ...faults.flatMap((fault) => unmetFault(fault, stage)),
    ],
  };
}

type Places = { readonly stage: Stage; readonly names: readonly string[]; readonly scale: number };

/** Null where the book has no such venue or asset. */
function actionOf(action: VenueAction, places: Places): Happening[] | null {
  const { stage } = places;
  if (action.kind === 'haircut') {
    const { asset, at, haircut } = action;
    const isHeld = stage.book.accounts.some((one) => one.collateral.some((held) => held.asset === asset));
    const event = { kind: 'collateral', asset, price: null, haircut } as const;
    return isHeld ? [{ rank: 'collateral', time: at, event }] : null;
  }
  const venues = venuesOf(action.venue, places);
  if (venues.length === 0) return null;
  const happen = (time: number, event: VenueEvent): Happening => ({ rank: 'venue', time, event });
  switch (action.kind) {
    case 'outage':
    case 'halt':
    case 'withdrawals': {
      const { kind, from, to } = action;
      // Money can be taken out while `withdrawals` is on; an outage is one while it is on.
      const begins = kind !== 'withdrawals';
      return venues.flatMap((venue) => [
        happen(from, { kind, venue, on: begins }),
        happen(to, { kind, venue, on: !begins }),
      ]);
    }
    case 'bankruptcy':
      return venues.map((venue) =>
        happen(action.at, { kind: 'bankruptcy', venue, recovery: action.recovery }),
      );
    default:
      return onSymbols(action, venues, places);
  }
}

type OnSymbols = Extract<VenueAction, { kind: 'leverage-cap' | 'settle' | 'adl' }>;

function onSymbols(
  action: OnSymbols,
  venues: readonly number[],
  { stage, scale }: Places,
): Happening[] | null {
  const { asset, at } = action;
  const symbols = asset === null ? [-1] : symbolsOf(stage, asset);
  if (symbols.length === 0) return null;
  return venues.flatMap((venue) =>
    symbols.map((symbol): Happening => {
      if (action.kind === 'leverage-cap')
        return { rank: 'venue', time: at, event: { kind: 'leverage-cap', venue, symbol, cap: action.cap } };
      if (action.kind === 'settle') {
        const price = action.price === null ? null : levelOf(stage, symbol, action.price, scale);
        return { rank: 'venue', time: at, event: { kind: 'settle', venue, symbol, price } };
      }
      const { side, share } = action;
      return { rank: 'venue', time: at, event: { kind: 'adl', venue, symbol, side, share } };
    }),
  );
}

/** Symbols that follow an asset by its own prices. */
function symbolsOf({ placings }: Stage, asset: string): number[] {
  return placings.flatMap((one, index) =>
    one.asset === asset || (one.mapping.of === asset && one.mapping.by === 'points') ? [index] : [],
  );
}

function venuesOf(name: string, { stage, names }: Places): number[] {
  if (name === 'any') return names.map((_, index) => index);
  if (name === 'largest') return [names.indexOf(largestVenue(stage))];
  return names.flatMap((one, index) => (one === name ? [index] : []));
}

/** The venue with the most of the book's equity at the start. */
function largestVenue(stage: Stage): string {
  const held = new Map<string, Money>();
  for (const account of stage.book.accounts) {
    const before = held.get(account.venue) ?? zero;
    held.set(account.venue, before.plus(equityAtStart(stage, account)));
  }
  const [first] = [...held].toSorted(([, a], [, b]) => b.comparedTo(a));
  return first?.[0] ?? '';
}

/** A price of the file at the level of a symbol. */
function levelOf({ scenario, placings }: Stage, symbol: number, price: number, scale: number): number {
  const placing = placings[symbol];
  const base = startPrices(scenario)(placing?.mapping.of ?? '') ?? price;
  const level = placing?.level ?? price;
  return scale === 1 ? level * (price / base) : level * Math.exp(scale * Math.log(price / base));
}

function leftAside(action: VenueAction): string {
  const at = 'venue' in action ? ` at ${action.venue}` : '';
  const asset = 'asset' in action && action.asset !== null ? ` of ${action.asset}` : '';
  return `${action.kind}${asset}${at}: the book has nothing there`;
}

function faultOf(fault: OurFault, stage: Stage): Happening[] {
  if (fault.kind === 'orders') return [];
  if (fault.kind === 'corrupt') {
    const { asset, from, to, factor } = fault;
    const symbols = asset === null ? [-1] : symbolsOf(stage, asset);
    return symbols.flatMap((symbol): Happening[] => [
      { rank: 'fault', time: from, fault: { kind: 'corrupt', symbol, factor } },
      { rank: 'fault', time: to, fault: { kind: 'corrupt', symbol, factor: 1 } },
    ]);
  }
  const { kind, from, to } = fault;
  const begin: Happening = { rank: 'fault', time: from, fault: { kind, on: true } };
  return to === null ? [begin] : [begin, { rank: 'fault', time: to, fault: { kind, on: false } }];
}

function unmetFault(fault: OurFault, stage: Stage): string[] {
  if (fault.kind !== 'corrupt' || fault.asset === null || symbolsOf(stage, fault.asset).length > 0) return [];
  return [`corrupt prices of ${fault.asset}: the book does not hold it`];
}
