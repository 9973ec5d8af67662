/** VaR and ES of the next period by a GARCH(1,1) model. */
import { variance } from '../../math/moments.ts';
import { type HeavyVarEs, refused, requireReturns, type TailOptions, type VarEstimate } from './estimate.ts';
import { normalVarEs } from './normal.ts';
import { studentVarEs } from './student-t.ts';
import { type GarchVolatilityOptions, garchVolatility, type Volatility } from './volatility.ts';

export type GarchOptions = TailOptions & GarchVolatilityOptions;

/**
 * The GARCH estimate for the period after the last return.
 *
 * @param returns  fractions in order of time, at least 20
 * @throws RangeError for fewer returns, a return that is not finite, or a tail outside (0, 1)
 */
export function garch(returns: Float64Array, { tail, ...options }: GarchOptions): VarEstimate {
  requireReturns(returns, 20);
  if (variance(returns) === 0) return refused('returns that never change have no variance to model');
  const volatility = garchVolatility(returns, options);
  const { valid, reason, parameters } = volatility;
  return { ...modelVarEs(volatility, tail), valid, reason, parameters };
}

/**
 * The figures of the next return under the innovations of the model: normal, or a t scaled to variance 1.
 *
 * @throws RangeError where the tail is outside (0, 1)
 */
export function modelVarEs(
  { mean, sigmaNext, nu }: Pick<Volatility, 'mean' | 'sigmaNext' | 'nu'>,
  tail: number,
): HeavyVarEs {
  if (nu === null) return normalVarEs(mean, sigmaNext, tail);
  return studentVarEs({ loc: mean, scale: sigmaNext * Math.sqrt((nu - 2) / nu), nu }, tail);
}
