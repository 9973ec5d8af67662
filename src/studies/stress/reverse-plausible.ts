/**
 * The most plausible move that reaches each outcome: that of least Mahalanobis distance under a covariance of one-day simple
 * returns with mean 0. An asset moves all of its symbols alike; dollars stand still.
 *
 * An outcome of several limits (the first liquidation of all scopes, a jump of any price) is as near as the nearest of them.
 * Where a limit bends (brackets, contracts in coin) it may have several nearest points: the search starts from many moves, and
 * keeps the nearest point that is found. A loss that bends upwards at the end of each margin alone has one, which is solved.
 *
 * Source  EBA GL/2018/04 (reverse stress); Rackwitz, Fiessler 1978; PEERS 5
 */
import type { Bars } from '../../market/bars.ts';
import { type Limit, type Nearest, nearestConvex, nearestReached } from '../../math/mahalanobis.ts';
import { normalCdf } from '../../math/normal.ts';
import type { Slack, StressOutcome } from './reverse-outcome.ts';
import type { PlausibleResult, PlausibleRow } from './reverse-result.ts';
import { commonReturns, covarianceOf } from './reverse-returns.ts';
import { bySymbol, type Standing } from './reverse-standing.ts';

export function plausibleShocks(
  standing: Standing,
  outcomes: readonly StressOutcome[],
  { ohlcv, correlation }: { readonly ohlcv: readonly Bars[]; readonly correlation: 'sample' | 'crisis' },
): PlausibleResult {
  const { assets, venue } = standing;
  const returns = commonReturns(assets, venue.world.symbols, ohlcv);
  if (returns.reason !== null)
    return { correlation, days: returns.days, volatilities: [], outcomes: [], reason: returns.reason };
  const covariance = covarianceOf(returns, correlation);
  const volatilities = assets.map(({ name }, i) => {
    return { asset: name, volatility: Math.sqrt(covariance[i * assets.length + i]!) };
  });
  const rows = outcomes
    .map((outcome) => rowOf(standing, outcome, covariance))
    .toSorted((a, b) => (a.distance ?? Number.MAX_VALUE) - (b.distance ?? Number.MAX_VALUE));
  return { correlation, days: returns.days, volatilities, outcomes: rows, reason: null };
}

function rowOf(standing: Standing, outcome: StressOutcome, covariance: Float64Array): PlausibleRow {
  const { ref, isReached, slacks } = outcome;
  const none = (reason: string) => ({ ...ref, distance: null, probability: null, shocks: [], reason });
  if (isReached(standing.at(standing.rest))) return none('it is reached as the book stands');
  if (slacks.length === 0) return none('several limits at once: solved for uniform shocks alone');
  const found = nearestOutcome(standing, outcome, covariance);
  if (found === null) return none('no move of these assets above -100 % was found to reach it');
  const { distance, point } = found;
  const { symbols } = standing.venue.world;
  const shocks = bySymbol(standing, point);
  const moved = standing.assets.flatMap((asset) => asset.symbols).sort((a, b) => a - b);
  return {
    ...ref,
    distance,
    probability: normalCdf(-distance),
    shocks: moved.map((symbol) => ({ symbol: symbols[symbol] ?? '', shock: shocks[symbol]! })),
    reason: null,
  };
}

/** What a point must reach the outcome within, relative; that of the search is finer. */
const REACH = 1e-7;

/** The nearest point at which an outcome is reached; null where none is found with all prices above 0. */
export function nearestOutcome(
  standing: Standing,
  { slacks, isReached }: Pick<StressOutcome, 'slacks' | 'isReached'>,
  covariance: Float64Array,
): Nearest | null {
  const reaches = ({ point }: Nearest) => {
    const beyond = point.map((one) => one * (1 + REACH));
    return beyond.every((one) => one > LOWEST) && isReached(standing.at(bySymbol(standing, beyond)));
  };
  return slacks.reduce<Nearest | null>((best, slack) => {
    const own = assetsOf(standing, slack);
    const starts = startsOf(standing.assets.length, own);
    const limit = limitOf(standing, slack, own);
    const found = slack.convex
      ? [nearestConvex(limit, covariance, new Float64Array(standing.assets.length).fill(LOWEST))]
      : (slack.straight ? starts.slice(0, 1) : starts).map((start) =>
          nearestReached(limit, covariance, start),
        );
    return found.filter((one) => one !== null && reaches(one)).reduce(nearer, best);
  }, null);
}

/** The assets that a limit hangs on, by index. */
function assetsOf({ assets }: Standing, { symbols }: Slack): number[] {
  return [...assets.keys()].filter((i) => {
    return symbols === null || assets[i]?.symbols.some((symbol) => symbols.includes(symbol)) === true;
  });
}

function nearer(a: Nearest | null, b: Nearest | null): Nearest | null {
  if (a === null || b === null) return a ?? b;
  return b.distance < a.distance ? b : a;
}

/** Of the assets that count: no move at all, half and double of all together, of each, and of each against the others. */
function startsOf(assets: number, own: readonly number[]): Float64Array[] {
  const rest = new Float64Array(assets);
  const moved = (sizeOf: (i: number) => number) => rest.map((_, i) => (own.includes(i) ? sizeOf(i) : 0));
  return [
    rest,
    ...sizes.map((size) => moved(() => size)),
    ...own.flatMap((i) => sizes.map((size) => rest.with(i, size))),
    ...own.flatMap((i) => sizes.map((size) => moved((j) => (i === j ? size : -size / 2)))),
  ];
}

const sizes = [-0.5, 1];

/** Prices are read no lower than this: below there is none. */
const LOWEST = -1 + 1e-6;
/** Of the differences that slopes are taken by. */
const STEP = 1e-6;

function limitOf(standing: Standing, { value }: Slack, own: readonly number[]): Limit {
  const at = (x: Float64Array) =>
    value(
      standing.at(
        bySymbol(
          standing,
          x.map((one) => Math.max(one, LOWEST)),
        ),
      ),
    );
  return {
    value: at,
    slope: (x) => {
      // Well above the lowest price on either side, so that the difference is one of the limit and not of its edge.
      const from = x.map((one) => Math.max(one, LOWEST + 2 * STEP));
      const slope = new Float64Array(x.length);
      for (const i of own) {
        const middle = from[i]!;
        slope[i] = (at(from.with(i, middle + STEP)) - at(from.with(i, middle - STEP))) / (2 * STEP);
      }
      return slope;
    },
  };
}
