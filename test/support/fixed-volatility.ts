import { filterGarch, type Garch } from '../../src/math/garch.ts';
import type { Volatility } from '../../src/risk/var/volatility.ts';

/** A GARCH model of parameters that are given, over a sample. */
export function fixedVolatility(returns: Float64Array, garch: Garch, nu: number | null = null): Volatility {
  const { residuals, varianceNext } = filterGarch(returns, garch);
  return {
    garch,
    nu,
    residuals,
    mean: garch.mu,
    sigmaNext: Math.sqrt(varianceNext),
    valid: true,
    reason: null,
    parameters: [],
  };
}
