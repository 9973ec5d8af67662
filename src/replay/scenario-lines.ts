/** From what a scenario states of each asset to its line: bars in an order, points with a seeded bridge, a cascade. */

import type { Bars } from '../market/bars.ts';
import { createRandom, splitMix64 } from '../math/random.ts';
import type { Known, KnownBar, KnownBars, Scenario, StatedAsset } from '../model/scenario.ts';
import { cascadePath } from '../risk/cascade.ts';
import { bridge } from './bridge.ts';
import { highFirst } from './extremes-first.ts';
import type { Exposure, PathPolicy } from './path.ts';
import { lineOf, type PriceLine, priceAt } from './price-line.ts';

export type LineChoice = {
  /** The order of prices inside stated bars. */
  readonly policy: PathPolicy;
  /** What the book holds of each stated asset, followers included: base quantity in the prices of the file. */
  readonly exposures: readonly Exposure[];
  readonly seed: number;
  /** The assets that are wanted; all that are stated where it is left out. */
  readonly only?: ReadonlySet<string>;
};

/** The lines of the assets that a scenario states, in the prices of its file. */
export function statedLines(scenario: Scenario, choice: LineChoice): ReadonlyMap<string, PriceLine> {
  const { only } = choice;
  const wanted =
    only === undefined ? scenario.stated : scenario.stated.filter(({ asset }) => only.has(asset));
  const blocks = wanted.flatMap(({ asset, bars }) => bars.map((block) => ({ asset, block })));
  const series = blocks.map(({ asset, block }) => ({ kind: 'last' as const, bars: columnsOf(asset, block) }));
  const orders = highFirst(series, choice.exposures, choice.policy);
  return new Map(
    wanted.map((one) => {
      const rows = blocks.flatMap(({ asset, block }, k) =>
        asset === one.asset
          ? block.rows.map((row, i): Piece => {
              const points = knotsOf(row, block.interval, orders[k]![i]!);
              return { points, bar: block.interval > scenario.interval ? row : 'whole' };
            })
          : [],
      );
      const random = createRandom(seedOf(choice.seed, `${scenario.id} ${one.asset}`));
      const stated = one.points.toSorted((a, b) => a.time - b.time);
      const points = withBridges(one, joined(rows, stated), scenario.interval, random);
      return [one.asset, lineOf(withCascade(scenario, one.asset, points))];
    }),
  );
}

/** A seed of its own for each asset of each scenario, so that another asset in the file changes none of them. */
export function seedOf(seed: number, name: string): number {
  let mixed = BigInt(seed);
  for (const sign of name) mixed = splitMix64(mixed ^ BigInt(sign.codePointAt(0) ?? 0), 1)[0] ?? 0n;
  return Number(mixed >> 11n);
}

function columnsOf(symbol: string, { interval, rows }: KnownBars): Bars {
  const column = (key: keyof KnownBar) => Float64Array.from(rows, (row) => row[key]);
  const volume = new Float64Array(rows.length);
  return {
    symbol,
    interval,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume,
  };
}

/** Each leg takes an equal share of the bar (RULES 2.1). */
function knotsOf({ time, open, high, low, close }: KnownBar, interval: number, isHighFirst: number): Known[] {
  const third = interval / 3;
  return [
    { time, value: open },
    { time: time + third, value: isHighFirst === 1 ? high : low },
    { time: time + 2 * third, value: isHighFirst === 1 ? low : high },
    { time: time + interval, value: close },
  ];
}

/** A point, a bar no finer than those of the scenario, or a coarser one with what bounds the way inside it. */
type Piece = {
  readonly points: readonly Known[];
  readonly bar: Pick<KnownBar, 'low' | 'high'> | 'whole' | null;
};

/** Bars and points in the order of time; a bar that opens where the one before closed is no step. */
function joined(rows: readonly Piece[], points: readonly Known[]): Piece[] {
  const pieces: Piece[] = [...rows, ...points.map((one) => ({ points: [one], bar: null }))];
  return pieces.sort((a, b) => (a.points[0]?.time ?? 0) - (b.points[0]?.time ?? 0));
}

/** Fills the way from piece to piece, and inside bars that are coarser than those of the scenario, within their extremes. */
function withBridges(
  { bridge: sigma }: StatedAsset,
  pieces: readonly Piece[],
  interval: number,
  random: ReturnType<typeof createRandom>,
): Known[] {
  const bounds = knownExtremes(pieces);
  const all: Known[] = [];
  for (const { points, bar } of pieces) {
    for (const [i, point] of points.entries()) {
      const last = all.at(-1);
      if (last?.time === point.time && last.value === point.value) continue;
      const within = i === 0 ? bounds : bar === 'whole' ? null : bar;
      if (last !== undefined && sigma > 0 && within !== null)
        all.push(...bridge(last, point, { sigma, interval, low: within.low, high: within.high }, random));
      all.push(point);
    }
  }
  return all;
}

/** The lowest stated price is the low of the event where the price fell to it at all, and the highest its high. */
function knownExtremes(pieces: readonly Piece[]): { readonly low: number; readonly high: number } {
  const prices = pieces.flatMap(({ points }) => points.map(({ value }) => value));
  const first = prices[0] ?? 1;
  const low = prices.reduce((least, one) => Math.min(least, one), first);
  const high = prices.reduce((most, one) => Math.max(most, one), first);
  return { low: low < first ? low : 0, high: high > first ? high : Number.POSITIVE_INFINITY };
}

/** Forced sales from their moment on: the gap first, then a round each `every`; then the way to the next point. */
function withCascade({ cascade }: Scenario, asset: string, points: readonly Known[]): readonly Known[] {
  if (cascade === null || cascade.asset !== asset) return points;
  const { at, shock, k, every, levels } = cascade;
  const price = priceAt(lineOf(points), at);
  const stated = levels.map((one) => ({ price: one.price * price, notional: one.notional }));
  const { prices } = cascadePath({ price, shock, k, levels: stated });
  const rounds = prices.map((value, round) => ({ time: at + round * every, value }));
  const end = rounds.at(-1)?.time ?? at;
  return [
    ...points.filter(({ time }) => time < at),
    { time: at, value: price },
    ...rounds,
    ...points.filter(({ time }) => time > end),
  ];
}
