/** A staged scenario as a scene that runs can be driven through, and its path under a policy. */
import type { Funding } from '../../market/funding.ts';
import { DEFAULT_ASSET } from '../../model/scenario.ts';
import { marketColumns } from '../../replay/market-columns.ts';
import { nextBarIn } from '../../replay/next-bar.ts';
import { scenarioLiquidity } from '../../replay/scenario-liquidity.ts';
import type { Plan, ReplayInputs } from '../replay/inputs.ts';
import { type Scene, type Track, trackAlong } from '../replay/scene.ts';
import { scenarioEvents } from './events.ts';
import type { StressInputs, StressTree } from './inputs.ts';
import { orderEntries } from './orders.ts';
import { type Chosen, type Degree, pathOf, type Series, seriesOf } from './series.ts';
import { followedBy, type Stage } from './stage.ts';

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
  const measured = market.map((one) => one.measured);
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
    ohlcv: market.map(({ last }) => last),
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
  const columns = marketColumns(measured, { atrPeriod, atrMethod, maxGap: tree.data.maxGap });
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
      liquidityAt: scenarioLiquidity(scenario, measured, assets, scale),
    },
    market: columns.market,
    nextBar: () => nextBarIn(columns),
  };
  return {
    scene,
    track: trackAlong(scene, pathOf(stage, market, degree.policy)),
    recorded: market.map(({ recorded }) => recorded),
    notApplied: [...events.notApplied, ...orders.notApplied],
  };
}

/** What a venue did on the dates of a replay is no part of another event, nor is what operators did. */
function venueOf({ venue }: StressTree, scale: number): StressTree['venue'] {
  const { flatFunding } = venue;
  return { ...venue, events: [], flatFunding: flatFunding === null ? null : flatFunding * scale };
}

/**
 * The settlements that a scenario states, as files of funding, from the first of its rates on; before it, and for symbols without
 * any, the venue's flat rate holds.
 */
function fundingOf({ scenario, placings }: Stage, scale: number): Funding[] {
  const { funding, start, end } = scenario;
  return placings.flatMap(({ symbol, asset, mapping }): Funding[] => {
    const [own] = [asset, mapping.of, DEFAULT_ASSET].flatMap((name) =>
      funding.filter((one) => one.asset === name),
    );
    if (own === undefined) return [];
    const { interval, rates } = own;
    const stated = rates[0];
    if (stated === undefined) return [];
    const first = Math.ceil(Math.max(start, stated.time) / interval) * interval;
    const count = Math.max(0, Math.floor((end - first) / interval) + 1);
    const time = Float64Array.from({ length: count }, (_, i) => first + i * interval);
    const rate = time.map((stamp) => scale * (rates.findLast((one) => one.time <= stamp) ?? stated).value);
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
