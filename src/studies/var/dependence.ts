/** How the symbols of a book move together: correlations, lower tails, and what the correlations of a crisis make of the book. */
import { correlation } from '../../math/correlation.ts';
import { sampleCovariance, withCorrelation } from '../../math/covariance.ts';
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

/** Between any two assets in a crisis (S4 correlation crisis; RULES 4.3). */
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
 * The normal VaR and ES with the volatilities of the window and a correlation of 0.9 between any two symbols, beside that with their
 * own correlations: both of first order, exposure times move.
 */
export function crisisOf(
  legs: readonly Leg[],
  columns: readonly Float64Array[],
  { confidences }: Pick<VarConfig, 'confidences'>,
  scale: Scale,
): NonNullable<VarResult['crisis']> {
  const weights = new Float64Array(columns.length);
  for (const { factor, exposure } of legs) weights[factor] = weights[factor]! + exposure / scale.gross;
  const sample = sampleCovariance(columns);
  const means = Float64Array.from(columns, mean);
  const crisis = withCorrelation(sample, CRISIS);
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
