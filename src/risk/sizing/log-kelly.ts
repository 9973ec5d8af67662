import { sum } from '../../math/sum.ts';
import { lastWhere } from './last-where.ts';
import { expectedReturn, type Outcomes, ruinBound } from './outcomes.ts';

/**
 * The fraction that makes the mean logarithm of wealth largest, over the distribution as it is:
 *
 *   max over 0 <= f < 1 / |worst| of   sum p ln(1 + f r)
 *
 * by the root of its derivative, sum p r / (1 + f r), which falls all along. Unlike mean / variance it knows the tail: it stays
 * below the fraction that the worst outcome ruins.
 *
 * @returns 0 where the expected return is not above 0; null where no possible outcome loses, so that nothing bounds it
 * Source  Kelly 1956; Vince 1990, Portfolio management formulas (optimal f on one's own trades)
 */
export function logKelly(outcomes: Outcomes): number | null {
  if (!(expectedReturn(outcomes) > 0)) return 0;
  const bound = ruinBound(outcomes);
  if (bound === null) return null;
  const { returns, probability } = outcomes;
  const terms = new Float64Array(returns.length);
  const rises = (f: number): boolean => {
    for (let i = 0; i < terms.length; i += 1) {
      const p = probability[i]!;
      const r = returns[i]!;
      // What cannot happen may lie beyond its own ruin, where the term has no meaning.
      terms[i] = p === 0 ? 0 : (p * r) / (1 + f * r);
    }
    return sum(terms) > 0;
  };
  return lastWhere(rises, 0, bound);
}
