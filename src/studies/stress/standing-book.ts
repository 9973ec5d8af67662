/** The book before any event: at the venue by its newest terms, at its marks, with what bars say of its markets. */
import type { Bars } from '../../market/bars.ts';
import { matchSymbol } from '../../market/symbol.ts';
import type { BookAccount, BookPosition } from '../../model/book.ts';
import { type Money, money } from '../../model/money.ts';
import { DEFAULT_ASSET, type Scenario } from '../../model/scenario.ts';
import { marketColumns } from '../../replay/market-columns.ts';
import type { Placing } from '../../replay/scenario-market.ts';
import { createVenueState } from '../../venue/create-venue.ts';
import { venueOf } from '../../venue/venue.ts';
import type { StressInputs, StressTree } from './inputs.ts';
import { accountEquity } from './portfolio.ts';
import type { StandingBook } from './reverse-standing.ts';
import { type Stage, stageOf } from './stage.ts';

export function standingBook({ book, venues, ohlcv }: StressInputs, tree: StressTree): StandingBook {
  const time = Math.max(
    0,
    ...ohlcv.map(endOf),
    ...venues.flatMap(({ terms }) => terms.map((one) => one.effectiveFrom)),
  );
  const { placings, book: held } = stageOf(stillWorld(time), book, { shifts: new Map(), unmarked: 'entry' });
  const symbols = placings.map(({ symbol }) => symbol);
  const names = ohlcv.map(({ symbol }) => symbol);
  const series = symbols.map((symbol) => {
    const name = matchSymbol(symbol, names);
    return ohlcv.find((bars) => bars.symbol === name) ?? null;
  });
  const { atrPeriod, atrMethod } = tree.guards.stops;
  const { market } = marketColumns(series, { atrPeriod, atrMethod, maxGap: tree.data.maxGap });
  const world = {
    symbols,
    specs: venues,
    config: { ...tree.venue, events: [] },
    liquidityAt: () => ({ sigmaDaily: 0, volumeDaily: 0, barVolume: 0, barEnd: time, spread: 1, depth: 0 }),
  };
  const levels = Float64Array.from(placings, ({ level }) => level);
  const prices = { last: levels, mark: levels.slice() };
  return { book: held, venue: venueOf(world, createVenueState(world, held, time), prices), market, tree };
}

/** The price of a position at the start of a scenario. */
export function levelAt(placings: readonly Placing[], { symbol, entry }: BookPosition): Money {
  return money(placings.find((one) => one.symbol === symbol)?.level ?? entry);
}

/** The equity of an account at the start of a scenario, as the venue counts it. */
export function equityAtStart({ book, placings }: Stage, account: BookAccount): Money {
  return accountEquity(book, account, {
    of: (position) => levelAt(placings, position),
    unit: (asset) => {
      const placed = placings.find(({ symbol }) => symbol === `${asset}${account.currency}`);
      return placed === undefined ? null : money(placed.level);
    },
  });
}

function endOf({ time, interval }: Bars): number {
  return (time.at(-1) ?? 0) + interval;
}

/** A world in which nothing moves. */
function stillWorld(time: number): Scenario {
  return {
    id: 'still',
    title: 'Nothing happens',
    kind: 'control',
    origin: 'synthetic',
    story: '',
    sources: [],
    claims: [],
    start: time,
    end: time,
    interval: 1,
    prices: 'relative',
    stated: [{ asset: DEFAULT_ASSET, bars: [], points: [{ time, value: 1 }], exact: false, bridge: 0 }],
    linked: [],
    factor: null,
    cascade: null,
    gaps: [],
    funding: [],
    spread: [],
    depth: [],
    depths: [],
    collateral: [],
    venue: [],
    faults: [],
    shocks: [],
    notModelled: [],
  };
}
