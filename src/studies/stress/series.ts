/** The prices of a staged book: a line for each symbol, or recorded bars in its place; and the path along them. */
import type { Bars } from '../../market/bars.ts';
import { resampleBars } from '../../market/resample.ts';
import { canonicalSymbol } from '../../market/symbol.ts';
import { assert } from '../../model/errors.ts';
import type { Scenario } from '../../model/scenario.ts';
import { parseDuration } from '../../model/time.ts';
import { type Line, pathOfKnots } from '../../replay/build-path.ts';
import { highFirst } from '../../replay/extremes-first.ts';
import { type Knots, knotsOf } from '../../replay/knots.ts';
import type { Path, PathPolicy } from '../../replay/path.ts';
import { knotsOfLine, lineOf, type PriceLine } from '../../replay/price-line.ts';
import { statedLines } from '../../replay/scenario-lines.ts';
import {
  barsTo,
  mapAsset,
  type PlacedLines,
  type Placing,
  placeLines,
} from '../../replay/scenario-market.ts';
import type { Recorded, StressInputs, StressTree } from './inputs.ts';
import {
  type Covered,
  coveredBy,
  fromStart,
  holdsAll,
  levelledBars,
  priceAtStart,
  recordedOf,
  spliced,
} from './recorded.ts';
import { collateralName, followedBy, type Stage } from './stage.ts';

export type Degree = { readonly scale: number; readonly seed: number; readonly policy: PathPolicy };

/** A recorded series in the place of points. */
export type Chosen = Recorded & {
  /** The file of the spot bars that marks come from; null where marks are last prices. */
  readonly markFile: string | null;
  /** The part of the window that it covers. */
  readonly covered: Covered;
  /** Whether nothing happens outside of that part. */
  readonly whole: boolean;
};

/** The prices of one symbol. */
type Played = {
  /** What measures look at, history included. */
  readonly measured: Bars;
  /** Recorded bars as they are; those of measures where there are none. */
  readonly last: Bars;
  /** Recorded marks; null where there are none beside the recorded last prices. */
  readonly mark: Bars | null;
  /** The lines of last and mark prices; null where recorded bars stand in their place. */
  readonly lines: PlacedLines | null;
  readonly recorded: Chosen | null;
};

/** By placing. */
export type Series = readonly Played[];

export function seriesOf(stage: Stage, inputs: StressInputs, tree: StressTree, degree: Degree): Series {
  const { scenario, placings, ownExposures } = stage;
  const { start, end } = scenario;
  const { seed, policy } = degree;
  const interval = parseDuration(tree.studies.stress.barInterval) ?? scenario.interval;
  const lines = new Map<string, PriceLine>([
    ...statedLines(scenario, { policy, exposures: ownExposures, seed, only: followedBy(placings) }),
    ...scenario.collateral.map(({ asset, points }) => [collateralName(asset), lineOf(points)] as const),
  ]);
  return placings.map((placing): Played => {
    const onBars = lines.has(placing.mapping.of)
      ? recordedBars(stage, { lines, placing, recorded: inputs.recorded, maxGap: tree.data.maxGap }, degree)
      : null;
    if (onBars !== null) return { ...onBars, measured: coarser(onBars.last, interval) };
    const own = placeLines(scenario, lines, placing, degree);
    const last = barsTo(own.last, placing.symbol, { start, end, interval });
    return { measured: last, last, mark: null, lines: own, recorded: null };
  });
}

/** Bars of a longer interval where they can be built, so that an ATR is the same measure in every event. */
function coarser(bars: Bars, interval: number): Bars {
  const canBe = interval % bars.interval === 0 && bars.time.length * bars.interval >= 2 * interval;
  return canBe ? resampleBars(bars, interval).bars : bars;
}

type Source = {
  readonly lines: ReadonlyMap<string, PriceLine>;
  readonly placing: Placing;
  readonly recorded: readonly Recorded[];
  readonly maxGap: number;
};

/**
 * Recorded bars of a symbol: last prices, and beside those of a perpetual marks from spot bars, which an index looks at. Both begin
 * from the same price, so that the way between them is that of the market.
 */
function recordedBars(
  { scenario }: Stage,
  { lines, placing, recorded, maxGap }: Source,
  { scale, seed }: Degree,
): Omit<Played, 'measured'> | null {
  const { symbol, level } = placing;
  const { start } = scenario;
  const name = recordedName(scenario, placing);
  const traded = name === null ? null : recordedOf(name, recorded, scenario, maxGap);
  if (name === null || traded === null) return null;
  const spots = traded.market === 'perp' ? recorded.filter(({ market }) => market === 'spot') : [];
  const spot = recordedOf(name, spots, scenario, maxGap);
  const stated = placeLines(scenario, lines, placing, { scale: 1, seed });
  const index = stated.mark ?? stated.last;
  const line = traded.market === 'perp' ? stated.last : index;
  const last = spliced(traded.bars, line, scenario);
  const mark = spot === null ? null : spliced(spot.bars, index, scenario);
  const base = priceAtStart(mark ?? last, start);
  const moved = (bars: Bars) => ({ ...levelledBars(bars, { start, base, level, scale }), symbol });
  return {
    last: moved(last),
    mark: mark === null ? null : moved(mark),
    lines: null,
    recorded: {
      ...traded,
      markFile: spot?.file ?? null,
      covered: coveredBy(traded.bars, scenario),
      whole: holdsAll(traded.bars, line, scenario),
    },
  };
}

/**
 * Under what name a symbol is looked for: its own; where it takes another asset's part, that asset's, or null where that one has no
 * prices of its own either.
 */
function recordedName(scenario: Scenario, { symbol, asset, mapping }: Placing): string | null {
  // What counts as margin has prices apart, and is shifted by nobody.
  if (scenario.stated.every((one) => one.asset !== mapping.of)) return symbol;
  const own = mapAsset(scenario, asset);
  if (own.by === mapping.by && own.of === mapping.of && own.beta === mapping.beta) return symbol;
  if (mapping.by !== 'points') return null;
  const market = canonicalSymbol(symbol);
  return market.startsWith(asset) ? mapping.of + market.slice(asset.length) : mapping.of;
}

/** Lines are followed as they are; recorded bars in the order that a policy gives them, like those of a replay. */
export function pathOf({ scenario, placings, exposures }: Stage, all: Series, policy: PathPolicy): Path {
  const { start: from, end: to, interval } = scenario;
  const bars = all.flatMap(({ last, mark, lines }, symbol) => {
    if (lines !== null) return [];
    const traded = { symbol, kind: 'last', bars: fromStart(last, from) } as const;
    return mark === null
      ? [traded]
      : [traded, { symbol, kind: 'mark', bars: fromStart(mark, from) } as const];
  });
  const orders = highFirst(bars, exposures, policy);
  const onBars = bars.map(({ symbol, kind, bars: own }, k): Line => {
    const order = orders[k];
    assert(order !== undefined, 'every series of bars has an order');
    return { symbol, kind, knots: begun(knotsOf(own, order, null)) };
  });
  const onLines = all.flatMap(({ lines }, symbol): Line[] => {
    if (lines === null) return [];
    const along = (line: PriceLine) => knotsOfLine(line, { from, to, interval });
    const traded: Line = { symbol, kind: 'last', knots: along(lines.last) };
    return lines.mark === null ? [traded] : [traded, { symbol, kind: 'mark', knots: along(lines.mark) }];
  });
  return pathOfKnots(
    placings.map(({ symbol }) => symbol),
    [...onBars, ...onLines],
    { from, to },
  );
}

/** Without the step out of nothing: every series of a scenario has a price when it begins. */
function begun({ time, price }: Knots): Knots {
  return { time: time.subarray(1), price: price.subarray(1) };
}
