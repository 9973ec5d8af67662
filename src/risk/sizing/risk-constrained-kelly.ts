/**
 * Kelly under a bound on how deep wealth may ever fall: the probability that it is ever below `alpha` of its start stays
 * below `beta`.
 *
 *   max sum p ln(1 + f r)   subject to   sum p (1 + f r)^-lambda <= 1,   lambda = ln beta / ln alpha
 *
 * With one bet the constraint is that f lies below one root, since the sum is convex in f, 1 at 0, and falls there wherever
 * there is an edge.
 *
 * Source  Busseti, Ryu, Boyd 2016, Risk-constrained Kelly gambling, arXiv:1603.06183
 */
import { sum } from '../../math/sum.ts';
import { lastWhere } from './last-where.ts';
import { logKelly } from './log-kelly.ts';
import { expectedReturn, type Outcomes, ruinBound } from './outcomes.ts';

export type FallBound = {
  /** The level that wealth must not fall below, as a fraction of its start, in (0, 1). */
  readonly alpha: number;
  /** The largest probability that it ever does, in (0, 1). */
  readonly beta: number;
};

/** lambda = ln beta / ln alpha, > 0: the aversion to risk that keeps the bound. */
export function riskAversion({ alpha, beta }: FallBound): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`a level must lie in (0, 1), was ${alpha}`);
  if (!(beta > 0 && beta < 1)) throw new RangeError(`a probability must lie in (0, 1), was ${beta}`);
  return Math.log(beta) / Math.log(alpha);
}

/** @returns a fraction of wealth, at most the Kelly fraction; 0 without an edge, null where no possible outcome loses */
export function riskConstrainedKelly(outcomes: Outcomes, bound: FallBound): number | null {
  const lambda = riskAversion(bound);
  const kelly = logKelly(outcomes);
  if (kelly === null || kelly === 0) return kelly;
  const { returns, probability } = outcomes;
  const terms = new Float64Array(returns.length);
  // Terms less 1, so that nothing is lost near f = 0, where the sum is 1.
  const keeps = (f: number): boolean => {
    for (let i = 0; i < terms.length; i += 1) {
      const p = probability[i]!;
      terms[i] = p === 0 ? 0 : p * Math.expm1(-lambda * Math.log1p(f * returns[i]!));
    }
    return sum(terms) <= 0;
  };
  return Math.min(kelly, lastWhere(keeps, 0, ruinBound(outcomes) ?? kelly));
}

/**
 * The quadratic approximation, in closed form: the least of E r / E r^2 and 2 E r / ((lambda + 1) E r^2).
 *
 * @returns a fraction of wealth; 0 without an edge. It does not know the ruin of the worst outcome
 * Source  the same paper
 */
export function quadraticConstrainedKelly(outcomes: Outcomes, bound: FallBound): number {
  const lambda = riskAversion(bound);
  const mean = expectedReturn(outcomes);
  if (!(mean > 0)) return 0;
  const { returns, probability } = outcomes;
  const square = sum(returns.map((r, i) => probability[i]! * r * r));
  return (mean / square) * Math.min(1, 2 / (lambda + 1));
}
