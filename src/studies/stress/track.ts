/** A staged scenario as a scene that runs can be driven through, and its path under a policy. */
import type { Bars } from '../../market/bars.ts';
import type { Funding } from '../../market/funding.ts';
import { assert } from '../../model/errors.ts';
import { DEFAULT_ASSET } from '../../model/scenario.ts';
import { type Line, pathOfKnots } from '../../replay/build-path.ts';
import { highFirst } from '../../replay/extremes-first.ts';
import { knotsOf } from '../../replay/knots.ts';
import { marketColumns } from '../../replay/market-columns.ts';
import { nextBarIn } from '../../replay/next-bar.ts';
import type { Path, PathPolicy } from '../../replay/path.ts';
import { knotsOfLine, lineOf, type PriceLine } from '../../replay/price-line.ts';
import { statedLines } from '../../replay/scenario-lines.ts';
import { scenarioLiquidity } from '../../replay/scenario-liquidity.ts';
import { barsTo, type PlacedLines, placeLines } from '../../replay/scenario-market.ts';
import type { Plan, ReplayInputs } from '../replay/inputs.ts';
import { type Scene, type Track, trackAlong } from '../replay/scene.ts';
import { scenarioEvents } from './events.ts';
import type { StressInputs, StressTree } from './inputs.ts';
import { orderEntries } from './orders.ts';
import { type Chosen, levelledBars, recordedOf, spliced } from './recorded.ts';
import { collateralName, followedBy, type Stage } from './stage.ts';

export type Degree = { readonly scale: number; readonly seed: number; readonly policy: PathPolicy };

export type Built = {
  readonly scene: Scene;
  readonly track: Track;
  /** By placing: the recorded file that its prices come from; null where the scenario's own do. */
  readonly recorded: readonly (Chosen | null)[];
  readonly notApplied: readonly string[];
};

export function buildTrack(stage: Stage, inputs: StressInputs, tree: StressTree, degree: Degree): Built {
  const market = seriesOf(stage, inputs, tree, degree);
  return sceneOf({ stage, inputs, tree, market }, degree);
}

/** Whether the path is another one under another policy: bars leave an order open, points do not. */
export function hangsOnPolicy({ scenario, placings }: Stage, { recorded }: Pick<Built, 'recorded'>): boolean {
  const followed = followedBy(placings);
  const stated = scenario.stated.filter(({ asset }) => followed.has(asset));
  return stated.some(({ bars }) => bars.length > 0) || recorded.some((one) => one !== null);
}

type Setting = {
  readonly stage: Stage;
  readonly inputs: StressInputs;
  readonly tree: StressTree;
  readonly market: Series;
};

function sceneOf({ stage, inputs, tree, market }: Setting, degree: Degree): Built {
  const { scenario, placings, book, exposures } = stage;
  const { start, end } = scenario;
  const { scale } = degree;
  const symbols = placings.map(({ symbol }) => symbol);
  const events = scenarioEvents(stage, inputs.venues, scale);
  const orders = orderEntries(stage, scale);
  const plan: Plan = {
    book,
    symbols,
    from: start,
    to: end,
    exposures,
    known: [],
    entries: orders.entries,
    exits: [],
    happenings: [...events.happenings, ...orders.happenings],
    selection: null,
    fidelity: [],
    warnings: [],
  };
  const replayInputs: ReplayInputs = {
    ohlcv: market.last,
    mark: [],
    ticks: [],
    funding: fundingOf(stage, scale),
    journal: null,
    book,
    venues: inputs.venues.map((spec) => scaledFunding(spec, scale)),
    equityPoints: inputs.equityPoints,
    listen: null,
  };
  const { atrPeriod, atrMethod } = tree.guards.stops;
  const columns = marketColumns(market.last, { atrPeriod, atrMethod, maxGap: tree.data.maxGap });
  const config = venueOf(tree, scale);
  const assets = placings.map(({ asset }) => asset);
  const scene: Scene = {
    inputs: replayInputs,
    plan,
    tree: { ...tree, engine: { ...tree.engine, operator: [] }, venue: config },
    world: {
      symbols,
      specs: replayInputs.venues,
      config,
      liquidityAt: scenarioLiquidity(scenario, market.last, assets, scale),
    },
    market: columns.market,
    nextBar: () => nextBarIn(columns),
  };
  return {
    scene,
    track: trackAlong(scene, pathOf(stage, market, degree.policy)),
    recorded: market.recorded,
    notApplied: [...events.notApplied, ...orders.notApplied],
  };
}

/** What a venue did on the dates of a replay is no part of another event, nor is what operators did. */
function venueOf({ venue }: StressTree, scale: number): StressTree['venue'] {
  const { flatFunding } = venue;
  return { ...venue, events: [], flatFunding: flatFunding === null ? null : flatFunding * scale };
}

type Series = {
  /** By placing: what measures look at, history included. */
  readonly last: readonly Bars[];
  /** The lines of last and mark prices; null where recorded bars stand in their place. */
  readonly lines: readonly (PlacedLines | null)[];
  readonly recorded: readonly (Chosen | null)[];
};

function seriesOf(
  { scenario, placings, ownExposures }: Stage,
  { recorded }: StressInputs,
  { data }: StressTree,
  { scale, seed, policy }: Degree,
): Series {
  const lines = new Map<string, PriceLine>([
    ...statedLines(scenario, { policy, exposures: ownExposures, seed, only: followedBy(placings) }),
    ...scenario.collateral.map(({ asset, points }) => [collateralName(asset), lineOf(points)] as const),
  ]);
  const placed = placings.map((placing) => {
    const chosen = recordedOf(placing.symbol, recorded, scenario, data.maxGap);
    const line = lines.get(placing.mapping.of);
    if (chosen !== null && line !== undefined) {
      const bars = spliced(chosen.bars, line, scenario);
      const moved = levelledBars(bars, scenario.start, { level: placing.level, scale });
      return { last: { ...moved, symbol: placing.symbol }, lines: null, chosen };
    }
    const own = placeLines(scenario, lines, placing, { scale, seed });
    return { last: barsTo(own.last, placing.symbol, scenario), lines: own, chosen: null };
  });
  return {
    last: placed.map((one) => one.last),
    lines: placed.map((one) => one.lines),
    recorded: placed.map(({ chosen }) => chosen),
  };
}

function barsAt(series: readonly Bars[], symbol: number): Bars {
  const bars = series[symbol];
  assert(bars !== undefined, `symbol ${symbol} has bars`);
  return bars;
}

/** Lines are followed as they are; recorded bars in the order that a policy gives them, like those of a replay. */
function pathOf({ scenario, placings, exposures }: Stage, { last, lines }: Series, policy: PathPolicy): Path {
  const { start: from, end: to, interval } = scenario;
  const bars = last.map((series) => ({ kind: 'last' as const, bars: series }));
  const orders = highFirst(
    bars.filter((_, symbol) => lines[symbol] === null),
    exposures,
    policy,
  );
  const series = placings.flatMap((_, symbol): Line[] => {
    const own = lines[symbol] ?? null;
    if (own === null) {
      const order = orders.shift() ?? new Uint8Array();
      return [{ symbol, kind: 'last', knots: knotsOf(barsAt(last, symbol), order, null) }];
    }
    const along = (line: PriceLine) => knotsOfLine(line, { from, to, interval });
    const traded: Line = { symbol, kind: 'last', knots: along(own.last) };
    return own.mark === null ? [traded] : [traded, { symbol, kind: 'mark', knots: along(own.mark) }];
  });
  return pathOfKnots(
    placings.map(({ symbol }) => symbol),
    series,
    { from, to },
  );
}

/** The settlements that a scenario states, as files of funding; symbols without any go by the venue's flat rate. */
function fundingOf({ scenario, placings }: Stage, scale: number): Funding[] {
  const { funding, start, end } = scenario;
  return placings.flatMap(({ symbol, asset, mapping }): Funding[] => {
    const [own] = [asset, mapping.of, DEFAULT_ASSET].flatMap((name) =>
      funding.filter((one) => one.asset === name),
    );
    if (own === undefined) return [];
    const { interval, rates } = own;
    const first = Math.ceil(start / interval) * interval;
    const count = Math.max(0, Math.floor((end - first) / interval) + 1);
    const time = Float64Array.from({ length: count }, (_, i) => first + i * interval);
    const rate = time.map((stamp) => scale * (rates.findLast((one) => one.time <= stamp)?.value ?? 0));
    return [{ symbol, time, rate, interval: new Float64Array(count).fill(interval) }];
  });
}

function scaledFunding(spec: StressInputs['venues'][number], scale: number): StressInputs['venues'][number] {
  if (scale === 1) return spec;
  const terms = spec.terms.map((one) => ({
    ...one,
    funding: { ...one.funding, flatRate: one.funding.flatRate * scale },
  }));
  return { ...spec, terms };
}
