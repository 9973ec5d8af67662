/**
 * What each position has in the VaR and ES of a book.
 *
 * Weights are signed fractions of one and the same value (equity, or any other), returns are fractions; so all figures are
 * fractions of that value. Components add up (VaR is homogeneous of degree 1: Euler); increments, which compare the book with
 * the one without a position, do not. A component below 0 is a hedge.
 *
 * Source  McNeil, Frey and Embrechts 2015, Quantitative Risk Management; Jorion 2006, Value at Risk
 */
import { normalDensity, normalQuantile } from '../../math/normal.ts';
import { sum } from '../../math/sum.ts';
import { requireReturns, requireTail } from './estimate.ts';
import { type HistoricalQuantile, historicalOfSorted } from './historical.ts';
import { normalVarEs } from './normal.ts';

/** One figure of the book with one number a position beside it, in the order of the weights. */
export type Split = {
  readonly total: number;
  /** What the figure rises by for a unit of weight more. */
  readonly marginal: Float64Array;
  /** weight * marginal; they sum to the total. */
  readonly component: Float64Array;
  /** The total less that of the book without this position; they do not sum to it. */
  readonly incremental: Float64Array;
};

export type NormalBook = {
  readonly weights: Float64Array;
  /** Mean return of each position's symbol; zeros for a book that is judged without drift. */
  readonly mean: Float64Array;
  /** n x n, row by row: cell (i, j) at i * n + j. */
  readonly covariance: Float64Array;
};

/**
 * VaR and ES of a book whose returns are jointly normal, with sigma = sqrt(w' C w), z the normal quantile at the tail:
 *
 *   VaR = -w' mean - z sigma,           its marginal -mean_i - z (C w)_i / sigma
 *   ES  = -w' mean + phi(z) / tail sigma,  its marginal -mean_i + phi(z) / tail (C w)_i / sigma
 *
 * A book without any variance has marginals of -mean_i.
 *
 * @throws RangeError where shapes do not fit, a number is not finite, or the tail is outside (0, 1)
 */
export function normalComponents(
  book: NormalBook,
  tail: number,
): { readonly var: Split; readonly es: Split } {
  requireTail(tail);
  requireBook(book);
  const z = normalQuantile(tail);
  const all = momentsOf(book, -1);
  const without = Array.from(book.weights, (_, i) => {
    const { mean, sigma } = momentsOf(book, i);
    return normalVarEs(mean, sigma, tail);
  });
  const { varRaw, esRaw } = normalVarEs(all.mean, all.sigma, tail);
  const split = (total: number, factor: number, rest: readonly number[]): Split => {
    const marginal = book.mean.map(
      (mean, i) => (all.sigma === 0 ? 0 : (factor * all.pulled[i]!) / all.sigma) - mean,
    );
    return {
      total,
      marginal,
      component: marginal.map((one, i) => one * book.weights[i]!),
      incremental: Float64Array.from(rest, (one) => total - one),
    };
  };
  return {
    var: split(
      varRaw,
      -z,
      without.map((one) => one.varRaw),
    ),
    es: split(
      esRaw,
      normalDensity(z) / tail,
      without.map((one) => one.esRaw),
    ),
  };
}

/** Mean, deviation and C w of the book without one of its positions, or with all of them (-1). */
function momentsOf({ weights, mean, covariance }: NormalBook, left: number) {
  const n = weights.length;
  const held = left < 0 ? weights : weights.with(left, 0);
  const pulled = held.map((_, i) => sum(held.map((weight, j) => covariance[i * n + j]! * weight)));
  const variance = sum(held.map((weight, i) => weight * pulled[i]!));
  return {
    mean: sum(held.map((weight, i) => weight * mean[i]!)),
    // A perfect hedge may leave a variance of rounding below 0.
    sigma: Math.sqrt(Math.max(0, variance)),
    pulled,
  };
}

function requireBook({ weights, mean, covariance }: NormalBook): void {
  const n = weights.length;
  if (n < 1 || mean.length !== n || covariance.length !== n * n) {
    throw new RangeError(
      `a book must have at least 1 weight, as many means and their square of covariances, were ${n}, ${mean.length} and ${covariance.length}`,
    );
  }
  for (const column of [weights, mean, covariance]) {
    const at = column.findIndex((one) => !Number.isFinite(one));
    if (at >= 0) throw new RangeError(`weights, means and covariances must be finite, was ${column[at]}`);
  }
}

export type HistoricalBook = {
  readonly weights: Float64Array;
  /** One column of returns a weight, row by row the same periods. */
  readonly returns: readonly Float64Array[];
};

export type HistoricalComponents = {
  readonly varRaw: number;
  readonly esRaw: number;
  /** The VaR shared as the ES is; null where the ES is 0. They sum to varRaw. */
  readonly componentVar: Float64Array | null;
  /** Mean of -weight * return over the tail of the book; they sum to esRaw. */
  readonly componentEs: Float64Array;
};

/**
 * Historical VaR and ES of a book, and each position's part. The tail is the n * tail worst periods of the book, the last of
 * them in part; of equal periods the earlier is the worse. A quantile is one day, too few to be shared by what each position
 * did on it: so the VaR is shared as the ES at the same tail is.
 *
 * @throws RangeError where shapes do not fit, a number is not finite, or the tail is outside (0, 1)
 * Source  Tasche 2000, Risk contributions and performance measurement; RULES 4.4
 */
export function historicalComponents(
  { weights, returns }: HistoricalBook,
  tail: number,
  quantile: HistoricalQuantile = 'linear',
): HistoricalComponents {
  requireTail(tail);
  if (weights.length < 1 || returns.length !== weights.length || !weights.every(Number.isFinite)) {
    throw new RangeError(
      `a book must have at least 1 finite weight and as many columns of returns, were ${weights.length} and ${returns.length}`,
    );
  }
  for (const column of returns) requireReturns(column, 1);
  const rows = returns[0]!.length;
  if (returns.some((column) => column.length !== rows))
    throw new RangeError('columns of returns must be of one length');
  const book = Float64Array.from({ length: rows }, (_, row) =>
    sum(weights.map((weight, i) => weight * returns[i]![row]!)),
  );
  const order = Uint32Array.from(book, (_, row) => row).sort((a, b) => book[a]! - book[b]! || a - b);
  const { varRaw, esRaw } = historicalOfSorted(book.slice().sort(), tail, quantile);
  const componentEs = weights.map((weight, i) => -weight * meanOfTail(returns[i]!, order, tail));
  const componentVar = esRaw === 0 ? null : componentEs.map((one) => (one / esRaw) * varRaw);
  return { varRaw, esRaw, componentVar, componentEs };
}

/** The mean of a column over the first n * tail rows of an order, the last of them in part. */
function meanOfTail(column: Float64Array, order: Uint32Array, tail: number): number {
  const size = order.length * tail;
  const terms = new Float64Array(Math.ceil(size));
  for (let k = 0; k < terms.length; k += 1) terms[k] = Math.min(1, size - k) * column[order[k]!]!;
  return sum(terms) / size;
}
