import { sum } from '../../math/sum.ts';
import type { Outcomes } from './outcomes.ts';

/**
 * The growth rate of wealth that stakes a fraction of itself each time:
 *
 *   g(f) = sum p ln(1 + f r)
 *
 * a logarithm for each bet, natural. Its maximum over f is the Kelly fraction; at about twice that it is 0 again.
 *
 * @param fraction  of wealth, >= 0
 * @returns null where a possible outcome leaves nothing or less: the growth rate is minus infinity there
 * Source  Kelly 1956, A new interpretation of information rate
 */
export function growthRate({ returns, probability }: Outcomes, fraction: number): number | null {
  if (!(fraction >= 0 && Number.isFinite(fraction)))
    throw new RangeError(`a fraction must be finite and at least 0, was ${fraction}`);
  const terms = new Float64Array(returns.length);
  for (let i = 0; i < returns.length; i += 1) {
    const p = probability[i]!;
    const change = fraction * returns[i]!;
    if (p === 0) continue;
    if (!(change > -1)) return null;
    terms[i] = p * Math.log1p(change);
  }
  return sum(terms);
}
