/** VaR over the window of a crisis: the book of today in every period of the horizon that a scenario holds. */

import { intervalText } from '../../market/gate/interval.ts';
import type { Book } from '../../model/book.ts';
import { DataError } from '../../model/errors.ts';
import type { Scenario } from '../../model/scenario.ts';
import { type PriceLine, priceAt } from '../../replay/price-line.ts';
import { statedLines } from '../../replay/scenario-lines.ts';
import { mapAsset, placeLines } from '../../replay/scenario-market.ts';
import { tailOf } from '../../risk/var/estimate.ts';
import { historical } from '../../risk/var/historical.ts';
import { assetOf } from '../stress/asset-of.ts';
import { followedBy, stageOf } from '../stress/stage.ts';
import type { VarConfig } from '../var-config.ts';
import type { VarResult } from '../var-result.ts';
import { amountText, lossOfEquity, lossText, rawText, type Scale } from './amounts.ts';
import type { Factor } from './factors.ts';
import { gainsOf } from './gains.ts';
import type { Leg } from './legs.ts';
import type { Moves } from './periods.ts';
import type { Horizon } from './window.ts';

export type StressedBook = {
  readonly book: Book;
  readonly factors: readonly Factor[];
  readonly legs: readonly Leg[];
  readonly horizon: Horizon;
  readonly scale: Scale;
};

/**
 * Historical VaR and ES over the scenario's window; a period ends with each of its bars, so that periods overlap.
 *
 * @throws DataError SERIES_SHORT  where the window is not longer than the horizon
 */
export function stressedOf(
  of: StressedBook,
  scenario: Scenario,
  config: VarConfig,
  seed: number,
): NonNullable<VarResult['stressed']> {
  const { legs, scale } = of;
  const moves = movesOf(of, scenario, seed);
  const { book: gains } = gainsOf(legs, moves, { gross: scale.gross, returns: config.returns });
  const worst = gains.reduce((at, one, row) => (one < gains[at]! ? row : at), 0);
  return {
    scenario: scenario.id,
    title: scenario.title,
    from: scenario.start,
    to: scenario.end,
    returns: gains.length,
    mapping: of.factors.map(({ symbol }) => {
      const { by, of: source } = mapAsset(scenario, assetOf(symbol));
      return { symbol, by, of: source, joined: isJoined(scenario, source) };
    }),
    worst: amountText(Math.max(0, -gains[worst]! * scale.gross), scale.currency),
    worstAt: moves.time[worst]!,
    rows: config.confidences.map((confidence) => {
      const { varRaw, esRaw, reason } = historical(gains, {
        tail: tailOf(confidence),
        quantile: config.quantile,
      });
      const es = varRaw === null || esRaw === null ? esRaw : Math.max(varRaw, esRaw);
      return {
        confidence,
        var: lossText(varRaw, scale) ?? '0',
        varFraction: lossOfEquity(varRaw, scale),
        es: lossText(es, scale) ?? '0',
        esFraction: lossOfEquity(es, scale),
        varRaw: rawText(varRaw, scale) ?? '0',
        ...trustOf(of, scenario, { tail: tailOf(confidence), returns: gains.length }, reason),
      };
    }),
  };
}

/** Whether its prices are points, between which there is nothing but a line. */
function isJoined({ stated }: Scenario, source: string): boolean {
  return stated.some(({ asset, points }) => asset === source && points.length > 0);
}

/** Periods that share bars tell as much as those that fit into the window side by side. */
function trustOf(
  { factors, horizon }: StressedBook,
  scenario: Scenario,
  { tail, returns }: { readonly tail: number; readonly returns: number },
  own: string | null,
): { readonly valid: boolean; readonly reason: string | null } {
  const independent = Math.floor((scenario.end - scenario.start) / horizon.ms);
  const isShort = independent * tail < 1 - ROUNDING;
  const joined = factors.some(({ symbol }) => isJoined(scenario, mapAsset(scenario, assetOf(symbol)).of));
  const doubts = [
    ...(isShort
      ? [
          `${returns} overlapping periods are as ${independent} that do not overlap, fewer than 1 / ${tail} = ${Math.round(1 / tail)} of them`,
        ]
      : []),
    ...(joined ? ['prices are points that are joined: what they did between them is not known'] : []),
    ...(own === null ? [] : [own]),
  ];
  return { valid: !isShort, reason: doubts.length === 0 ? null : doubts.join('; ') };
}

/** Of a product such as 100 * 0.01. */
const ROUNDING = 1e-12;

function movesOf({ book, factors, horizon }: StressedBook, scenario: Scenario, seed: number): Moves {
  const { start, end, interval } = scenario;
  const count = Math.floor((end - start - horizon.ms) / interval) + 1;
  if (!(count >= 1) || horizon.ms < interval) {
    throw new DataError({
      code: 'SERIES_SHORT',
      message: `the window of ${scenario.id} must be longer than the horizon of ${intervalText(horizon.ms)}, and its bars no longer; was ${intervalText(end - start)} in bars of ${intervalText(interval)}`,
      remedy: 'Ask for another --horizon or scenario',
    });
  }
  const lines = linesOf(book, scenario, factors, seed);
  const time = Float64Array.from({ length: count }, (_, i) => start + horizon.ms + i * interval);
  return {
    time,
    ratios: lines.map((line) => time.map((one) => priceAt(line, one) / priceAt(line, one - horizon.ms))),
  };
}

/** The marks of each factor through the scenario. */
function linesOf(book: Book, scenario: Scenario, factors: readonly Factor[], seed: number): PriceLine[] {
  const stage = stageOf(scenario, book, { shifts: new Map(), unmarked: 'entry' });
  const placings = factors.map(({ symbol, price }) => {
    const asset = assetOf(symbol);
    return { symbol, asset, mapping: mapAsset(scenario, asset), level: price };
  });
  const only = followedBy(placings);
  const stated = statedLines(scenario, { policy: 'pessimistic', exposures: stage.ownExposures, seed, only });
  return placings.map((placing) => {
    const { last, mark } = placeLines(scenario, stated, placing, { scale: 1, seed });
    return mark ?? last;
  });
}
