/** What happens in a replay besides prices and trades: funding, dated terms, events of the venue, the days of a limit. */

import { firstAtOrAfter } from '../../market/bars.ts';
import type { Funding } from '../../market/funding.ts';
import type { Contract } from '../../model/book.ts';
import { InputError } from '../../model/errors.ts';
import { nearestName } from '../../model/nearest-name.ts';
import { MS_PER_DAY, MS_PER_MINUTE, parseUtc } from '../../model/time.ts';
import type { Path } from '../../replay/path.ts';
import type { FundingStamp, Happening } from '../../replay/timeline.ts';
import { cappedRate } from '../../risk/funding.ts';
import type { VenueEventConfig } from '../../venue/venue-config.ts';
import type { VenueEvent } from '../../venue/venue-events.ts';
import { symbolTerms, termsAt, type VenueSpec } from '../../venue/venue-spec.ts';
import type { Plan, ReplayInputs, RunTree } from './inputs.ts';

export type Around = {
  readonly happenings: readonly Happening[];
  /** Whether some rate was the flat one of a venue. */
  readonly flat: boolean;
};

/** All of it for one path: the mark of a funding stamp is read from it. */
export function happeningsAround(inputs: ReplayInputs, plan: Plan, tree: RunTree, path: Path): Around {
  const funding = plan.symbols.map((_, symbol) => fundingOf(inputs, plan, tree, { symbol, path }));
  return {
    happenings: [
      ...inputs.venues.flatMap((spec, venue) => termChanges(spec, venue, plan)),
      ...tree.venue.events.flatMap((event, index) => eventsOf(event, index, inputs, plan)),
      ...funding.flatMap((one) => one.stamps),
      ...daysOf(plan),
      ...tree.engine.operator.map(operatorAct),
    ],
    flat: funding.some((one) => one.flat),
  };
}

type Settled = Pick<FundingStamp, 'rate' | 'interval' | 'venue'>;

type FundingOfSymbol = { readonly stamps: readonly Happening[]; readonly flat: boolean };

function fundingOf(
  { funding, venues }: ReplayInputs,
  plan: Plan,
  tree: RunTree,
  { symbol, path }: { readonly symbol: number; readonly path: Path },
): FundingOfSymbol {
  const name = plan.symbols[symbol] ?? '';
  const isHeld = plan.entries.some((entry) => entry.symbol === symbol);
  const positions = [
    ...plan.book.positions.filter((one) => one.symbol === name && one.type === 'perp'),
    ...plan.book.orders.filter((one) => one.symbol === name && !one.reduceOnly),
  ];
  if (!isHeld && positions.length === 0) return { stamps: [], flat: false };
  const contract = positions[0]?.contract ?? 'linear';
  const stampAt = (time: number, { rate, interval, venue }: Settled): Happening => {
    const stamp: FundingStamp = { symbol, venue, rate, interval, mark: markAt(path, symbol, time) };
    return { rank: 'funding', time, stamp };
  };
  const file = funding.find((one) => one.symbol === name);
  const times = file === undefined ? [] : snappedTimes(file);
  const stated = times.flatMap((time, i) => {
    const rate = file?.rate[i] ?? Number.NaN;
    return time >= plan.from && time <= plan.to
      ? [stampAt(time, { rate, interval: file?.interval[i] ?? 0, venue: -1 })]
      : [];
  });
  // Outside of what the file covers, and where there is none, the venue's own schedule goes on at its flat rate.
  const covered = coverageOf(file, times);
  const accounts = plan.book.accounts.filter(
    ({ id }) => isHeld || positions.some((one) => one.account === id),
  );
  const used = [...new Set(accounts.map(({ venue }) => venue))];
  const flat = used.flatMap((own) => {
    const venue = venues.findIndex((spec) => spec.name === own);
    const spec = venues[venue];
    if (spec === undefined) return [];
    return scheduled(spec, plan)
      .filter((time) => time <= covered.from || time > covered.to)
      .map((time) => {
        const rate = flatRate(spec, tree, { symbol: name, contract }, time);
        return stampAt(time, { rate, interval: termsAt(spec, time).terms.funding.interval, venue });
      });
  });
  return { stamps: [...stated, ...flat], flat: flat.length > 0 };
}

/** A file covers the interval that its first stamp ends, not the settlement that began it, and the one after its last. */
function coverageOf(file: Funding | undefined, times: readonly number[]) {
  const first = times[0];
  const last = times.at(-1);
  if (file === undefined || first === undefined || last === undefined)
    return { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  return { from: first - (file.interval[0] ?? 0), to: last + (file.interval.at(-1) ?? 0) };
}

/** Stamps carry some milliseconds of jitter: they mean the nearest minute (RULES 2.4). */
function snappedTimes({ time }: Funding): number[] {
  return Array.from(time, (stamp) => Math.round(stamp / MS_PER_MINUTE) * MS_PER_MINUTE);
}

/** The settlements of a venue in the window, by the terms in force at its start. */
function scheduled(spec: VenueSpec, { from, to }: Plan): number[] {
  const { interval, offset } = termsAt(spec, from).terms.funding;
  const first = Math.ceil((from - offset) / interval) * interval + offset;
  const count = Math.max(0, Math.floor((to - first) / interval) + 1);
  return Array.from({ length: count }, (_, i) => first + i * interval);
}

function flatRate(
  spec: VenueSpec,
  tree: RunTree,
  { symbol, contract }: { readonly symbol: string; readonly contract: Contract },
  time: number,
): number {
  const { terms } = termsAt(spec, time);
  const rate = tree.venue.flatFunding ?? terms.funding.flatRate;
  return cappedRate(rate, symbolTerms(terms, symbol, contract).symbol.fundingCap);
}

/**
 * The mark of a stamp: of the mark file, else the open of the bar that begins there. NaN where no instant of the path lies
 * there; the price of the moment then stands in.
 */
function markAt({ time, mark, symbols }: Path, symbol: number, stamp: number): number {
  let row = firstAtOrAfter(time, stamp);
  if (row >= time.length || time[row] !== stamp) return Number.NaN;
  while (row + 1 < time.length && time[row + 1] === stamp) row += 1;
  return mark[row * symbols.length + symbol]!;
}

function termChanges({ terms }: VenueSpec, venue: number, { from, to }: Plan): Happening[] {
  return terms.flatMap(({ effectiveFrom }, index): Happening[] => {
    if (effectiveFrom <= from || effectiveFrom > to) return [];
    return [{ rank: 'venue', time: effectiveFrom, event: { kind: 'terms', venue, terms: index } }];
  });
}

function eventsOf(
  event: VenueEventConfig,
  index: number,
  { venues }: ReplayInputs,
  { book, symbols }: Plan,
): Happening[] {
  const path = `venue.events[${index}]`;
  const venueNames = venues.map((spec) => spec.name);
  const time = parseUtc(event.from);
  if (Number.isNaN(time)) throw unknown(`${path}.from`, 'a date of the calendar', event.from, []);
  if (event.kind === 'outage' || event.kind === 'halt' || event.kind === 'withdrawals') {
    const venue = indexIn(venueNames, event.venue, `${path}.venue`);
    const end = parseUtc(event.to);
    if (!(end > time)) throw unknown(`${path}.to`, `after ${event.from}`, event.to, []);
    const { kind } = event;
    // An outage is one while it is on; money can be taken out while withdrawals are.
    const begins = kind !== 'withdrawals';
    return [
      { rank: 'venue', time, event: { kind, venue, on: begins } },
      { rank: 'venue', time: end, event: { kind, venue, on: !begins } },
    ];
  }
  if (event.kind !== 'collateral' && event.kind !== 'transfer') {
    return [{ rank: 'venue', time, event: actOf(event, path, { venues: venueNames, symbols }) }];
  }
  if (event.kind === 'collateral') {
    const { kind, asset, price, haircut } = event;
    return [
      { rank: 'collateral', time, event: { kind, asset, price: price ?? null, haircut: haircut ?? null } },
    ];
  }
  const ids = book.accounts.map(({ id }) => id);
  const account = event.account === undefined ? 0 : ids.indexOf(event.account);
  if (account < 0) throw unknown(`${path}.account`, `one of ${ids.join(', ')}`, event.account ?? '', ids);
  const asset = event.asset ?? book.accounts[account]?.currency ?? '';
  const { kind, amount } = event;
  return [{ rank: 'transfer', time, event: { kind, account, asset, amount } }];
}

type Act = Extract<VenueEventConfig, { kind: 'leverage-cap' | 'settle' | 'adl' | 'bankruptcy' }>;

/** What a venue does at one moment, by the numbers of the run; -1 where a name is left out. */
function actOf(
  event: Act,
  path: string,
  { venues, symbols }: { readonly venues: readonly string[]; readonly symbols: readonly string[] },
): VenueEvent {
  const venue = indexIn(venues, event.venue, `${path}.venue`);
  if (event.kind === 'bankruptcy') return { kind: event.kind, venue, recovery: event.recovery };
  const symbol = indexIn(symbols, event.symbol, `${path}.symbol`);
  if (event.kind === 'settle') return { kind: event.kind, venue, symbol, price: event.price ?? null };
  if (event.kind === 'leverage-cap') return { kind: event.kind, venue, symbol, cap: event.cap };
  const side = event.side === undefined ? null : event.side === 'long' ? 1 : -1;
  return { kind: event.kind, venue, symbol, side, share: event.share };
}

/** Where a name stands among those of the run; -1, which is all of them, where it is left out. */
function indexIn(names: readonly string[], name: string | undefined, path: string): number {
  if (name === undefined) return -1;
  const found = names.indexOf(name);
  if (found < 0) throw unknown(path, `one of ${names.join(', ')}`, name, names);
  return found;
}

function unknown(path: string, rule: string, was: string, names: readonly string[]): InputError {
  const near = nearestName(was, names);
  const fault = { code: 'CONFIG_VALUE', message: `${path} must be ${rule}, was "${was}"` } as const;
  return new InputError(near === null ? fault : { ...fault, remedy: `Did you mean "${near}"?` });
}

/** The start of every UTC day: limits on a day begin anew, the venue's and ours. */
function daysOf({ from, to }: Plan): Happening[] {
  const first = (Math.floor(from / MS_PER_DAY) + 1) * MS_PER_DAY;
  const count = Math.max(0, Math.floor((to - first) / MS_PER_DAY) + 1);
  return Array.from({ length: count }, (_, i) => ({ rank: 'clock' as const, time: first + i * MS_PER_DAY }));
}

function operatorAct(
  { time, action, who, why }: RunTree['engine']['operator'][number],
  index: number,
): Happening {
  const at = parseUtc(time);
  if (Number.isNaN(at)) throw unknown(`engine.operator[${index}].time`, 'a date of the calendar', time, []);
  return { rank: 'operator', time: at, operator: { action, who, why } };
}
