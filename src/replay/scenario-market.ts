/**
 * From a scenario's lines to the bars of a book's symbols: whose prices a symbol follows, at what level, and how far.
 *
 *   price = level x (price of the file / price of the file at the start) ^ (beta x scale)
 *
 * Before the start the scale is 1: history is not what is asked about.
 */

import type { Bars } from '../market/bars.ts';
import { createRandom, drawNormal } from '../math/random.ts';
import { assert } from '../model/errors.ts';
import { isDollar } from '../model/money.ts';
import { DEFAULT_ASSET, type Known, type Scenario } from '../model/scenario.ts';
import { MS_PER_DAY } from '../model/time.ts';
import {
  barsOfLine,
  lineOf,
  mapLine,
  multiplyLines,
  type PriceLine,
  priceAt,
  withKnot,
} from './price-line.ts';
import { seedOf } from './scenario-lines.ts';

export type MappedBy = 'points' | 'proxy' | 'beta' | 'default';

/** Whose prices an asset has. */
export type AssetMapping = {
  readonly by: MappedBy;
  /** The asset whose stated prices it follows; '' for a dollar that nothing happens to. */
  readonly of: string;
  readonly beta: number;
  /** Volatility of a day of what it does on its own, in a scenario of one factor. */
  readonly residual: number;
};

/** The mapping of an asset; a dollar that the file does not name stays what it is. */
export function mapAsset(scenario: Scenario, asset: string): AssetMapping {
  const own = namedMapping(scenario, asset);
  if (own !== null) return own;
  if (isDollar(asset)) return { by: 'default', of: '', beta: 0, residual: 0 };
  const { factor } = scenario;
  if (factor !== null)
    return { ...factorMapping(factor, asset), by: isNamedIn(factor, asset) ? 'beta' : 'default' };
  const rest = namedMapping(scenario, DEFAULT_ASSET);
  assert(rest !== null, `a scenario says what becomes of other assets, ${scenario.id} did not`);
  return { ...rest, by: 'default' };
}

function namedMapping({ stated, linked }: Scenario, asset: string): AssetMapping | null {
  if (stated.some((one) => one.asset === asset)) return { by: 'points', of: asset, beta: 1, residual: 0 };
  const first = linked.find((one) => one.asset === asset);
  if (first === undefined) return null;
  let { of, beta } = first;
  for (let next = linked.find((one) => one.asset === of); next !== undefined; ) {
    beta *= next.beta;
    of = next.of;
    next = linked.find((one) => one.asset === of);
  }
  return { by: first.by, of, beta, residual: 0 };
}

type Factor = NonNullable<Scenario['factor']>;

function isNamedIn({ sigmas }: Factor, asset: string): boolean {
  return sigmas.some((one) => one.asset === asset);
}

/** RULES 4.3: correlation x (sigma / sigma of the factor), and on its own the root of what is left of its variance. */
function factorMapping(factor: Factor, asset: string): AssetMapping {
  const { correlation, of, sigmas } = factor;
  const sigmaOf = (name: string) =>
    (sigmas.find((one) => one.asset === name) ?? sigmas.find((one) => one.asset === DEFAULT_ASSET))?.sigma ??
    0;
  const sigma = sigmaOf(asset);
  const residual = Math.sqrt(1 - correlation * correlation) * sigma;
  return { by: 'beta', of, beta: (correlation * sigma) / sigmaOf(of), residual };
}

/** A symbol of the book in a scenario. */
export type Placing = {
  readonly symbol: string;
  readonly asset: string;
  readonly mapping: AssetMapping;
  /** Its price at the start. */
  readonly level: number;
};

export type Degree = { readonly scale: number; readonly seed: number };

/** The last and mark prices of a symbol as lines; one where the file states no gap between them. */
export type PlacedLines = { readonly last: PriceLine; readonly mark: PriceLine | null };

export function placeLines(
  scenario: Scenario,
  lines: ReadonlyMap<string, PriceLine>,
  placing: Placing,
  degree: Degree,
): PlacedLines {
  const { mapping, level } = placing;
  const source = lines.get(mapping.of) ?? flat(scenario);
  const moved = levelled(source, scenario.start, { level, power: mapping.beta, scale: degree.scale });
  const own = mapping.residual === 0 ? moved : multiplyLines(moved, residualLine(scenario, placing, degree));
  const gap = gapOf(scenario, placing);
  if (gap === null) return { last: own, mark: null };
  const between = gap.map(({ time, value }) => ({ time, value: scaled(1 + value, degree.scale) }));
  return { last: multiplyLines(own, lineOf(between)), mark: own };
}

function flat({ start }: Scenario): PriceLine {
  return lineOf([{ time: start, value: 1 }]);
}

export type Level = { readonly level: number; readonly power: number; readonly scale: number };

/** A line at another level, with its log moves times `power`, and from the start on times `scale`. */
export function levelled(line: PriceLine, start: number, { level, power, scale }: Level): PriceLine {
  const base = priceAt(line, start);
  if (power === 1 && scale === 1 && base === level) return line;
  return mapLine(withKnot(line, start), (price, time) => {
    const degree = power * (time < start ? 1 : scale);
    // Where nothing is changed but the level, a fraction keeps its digits.
    return degree === 1 ? level * (price / base) : level * Math.exp(degree * Math.log(price / base));
  });
}

function scaled(factor: number, scale: number): number {
  return scale === 1 ? factor : Math.exp(scale * Math.log(factor));
}

/** What an asset does on its own, all of it even over the window. */
function residualLine(
  { id, start, end }: Scenario,
  { asset, mapping }: Placing,
  { scale, seed }: Degree,
): PriceLine {
  const draw = drawNormal(createRandom(seedOf(seed, `${id} residual ${asset}`)));
  const days = (end - start) / MS_PER_DAY;
  const way = scale * mapping.residual * Math.sqrt(days) * draw;
  return lineOf([
    { time: start, value: 1 },
    { time: end, value: Math.exp(way) },
  ]);
}

/** last / mark - 1 of a symbol over time: its own, else that of the asset it follows, else that of all; null where none is stated. */
export function gapOf(
  { gaps }: Scenario,
  { asset, mapping }: Pick<Placing, 'asset' | 'mapping'>,
): readonly Known[] | null {
  const stated = [asset, mapping.of, DEFAULT_ASSET].map((name) => gaps.find((one) => one.asset === name));
  return stated.find((one) => one !== undefined)?.points ?? null;
}

/** The bars of a line from its first whole interval to the end of the scenario. */
export function barsTo(line: PriceLine, symbol: string, { start, end, interval }: Window): Bars {
  const first = Math.min(start, line.time[0] ?? start);
  const from = start - Math.floor((start - first) / interval) * interval;
  return barsOfLine(line, symbol, { from, interval, count: Math.ceil((end - from) / interval) });
}

export type Window = { readonly start: number; readonly end: number; readonly interval: number };
