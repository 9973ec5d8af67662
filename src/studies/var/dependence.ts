/** How the symbols of a book move together: correlations, lower tails, and what the correlations of a crisis make of the book. */

import { baseAsset } from '../../market/symbol.ts';
import { correlation } from '../../math/correlation.ts';
import { sampleCovariance } from '../../math/covariance.ts';
import { spearman } from '../../math/spearman.ts';
import { mean } from '../../math/sum.ts';
import { lowerTailDependence } from '../../math/tail-dependence.ts';
import { normalComponents } from '../../risk/var/components.ts';
import { tailOf } from '../../risk/var/estimate.ts';
import type { VarConfig } from '../var-config.ts';
import type { VarResult } from '../var-result.ts';
import { lossText, type Scale } from './amounts.ts';
import type { Factor } from './factors.ts';
import type { Leg } from './legs.ts';
import type { Moves } from './periods.ts';

/** Between any two coins in a crisis, where it is not higher already (S4 correlation crisis; RULES 4.3). */
const CRISIS = 0.9;
/** Rows that a correlation needs, and rows that a tail needs. */
const ROWS_MIN = 30;
const TAIL_MIN = 10;

/** Returns of each factor, simple or log. */
export function factorReturns({ ratios }: Moves, returns: 'simple' | 'log'): Float64Array[] {
  return ratios.map((column) => column.map((ratio) => (returns === 'log' ? Math.log(ratio) : ratio - 1)));
}

export function dependenceOf(
  factors: readonly Factor[],
  columns: readonly Float64Array[],
  tailShare: number,
): VarResult['correlation'] {
  const matrix = (measure: (x: Float64Array, y: Float64Array) => number | null) =>
    columns.map((x) => columns.map((y) => measure(x, y)));
  return {
    symbols: factors.map(({ symbol }) => symbol),
    pearson: matrix((x, y) => correlation(x, y, ROWS_MIN)),
    spearman: matrix((x, y) => spearman(x, y, ROWS_MIN)),
    lowerTail: matrix((x, y) => lowerTailDependence(x, y, tailShare, TAIL_MIN)?.coefficient ?? null),
    tailShare,
  };
}

/**
 * The normal VaR and ES with the volatilities of the window and a correlation of at least 0.9 between any two coins, beside that
 * with their own correlations: both of first order, exposure times move. Two markets of one coin keep their own.
 */
export function crisisOf(
  { legs, factors }: { readonly legs: readonly Leg[]; readonly factors: readonly Factor[] },
  columns: readonly Float64Array[],
  { confidences }: Pick<VarConfig, 'confidences'>,
  scale: Scale,
): NonNullable<VarResult['crisis']> {
  const weights = new Float64Array(columns.length);
  for (const { factor, exposure } of legs) weights[factor] = weights[factor]! + exposure / scale.gross;
  const sample = sampleCovariance(columns);
  const means = Float64Array.from(columns, mean);
  const crisis = inCrisis(sample, factors);
  const rows = confidences.map((confidence) => {
    const tail = tailOf(confidence);
    const own = normalComponents({ weights, mean: means, covariance: sample }, tail);
    const stressed = normalComponents({ weights, mean: means, covariance: crisis }, tail);
    const text = (fraction: number) => lossText(fraction, scale) ?? '0';
    return {
      confidence,
      sampleVar: text(own.var.total),
      sampleEs: text(own.es.total),
      var: text(stressed.var.total),
      es: text(stressed.es.total),
    };
  });
  return { correlation: CRISIS, rows };
}

function inCrisis(sample: Float64Array, factors: readonly Factor[]): Float64Array {
  const n = factors.length;
  const coins = factors.map(({ symbol }) => baseAsset(symbol));
  const sigma = factors.map((_, i) => Math.sqrt(sample[i * n + i]!));
  return sample.map((own, cell) => {
    const i = Math.floor(cell / n);
    const j = cell % n;
    return coins[i] === coins[j] ? own : Math.max(own, CRISIS * (sigma[i] ?? 0) * (sigma[j] ?? 0));
  });
}
