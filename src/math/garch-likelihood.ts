/** The likelihood of a GARCH(1,1) model with its derivatives. */
import type { Objective } from './bfgs.ts';
import { digamma } from './digamma.ts';
import { studentConstant } from './garch.ts';

/** Of z: normal, or a Student t scaled to variance 1, whose degrees of freedom are fitted too. */
export type Innovations = 'normal' | 'student-t';

const HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * The negative log-likelihood of (mu, omega, alpha, beta), with nu > 2 as the fifth for t innovations. The first variance is
 * the mean of squared shocks, and moves with mu. Where a variance is not above 0 the value is not finite.
 *
 * Derivatives go along with the recursion: dh[t+1] = d(omega) + d(alpha) e^2 + d(beta) h + alpha d(e^2) + beta dh[t].
 *
 * @param ys  in order of time, at least 1, of a size near 1
 * Source  Fiorentini, Calzolari and Panattoni 1996, Analytic derivatives and the computation of GARCH estimates, Journal of
 *         Applied Econometrics 11
 */
export function garchObjective(ys: Float64Array, innovations: Innovations): Objective {
  const isNormal = innovations === 'normal';
  return (at, gradient) => {
    const [mu, omega, alpha, beta] = [at[0]!, at[1]!, at[2]!, at[3]!];
    const nu = isNormal ? Number.NaN : at[4]!;
    let { h, hMu } = firstVariance(ys, mu);
    let [hOmega, hAlpha, hBeta] = [0, 0, 0];
    let [value, gMu, gOmega, gAlpha, gBeta, gNu] = [0, 0, 0, 0, 0, 0];
    for (let t = 0; t < ys.length; t += 1) {
      const e = ys[t]! - mu;
      const square = e * e;
      // What a term of the likelihood changes by with its variance, and with its shock.
      let byVariance: number;
      if (isNormal) {
        value += Math.log(h) + square / h;
        byVariance = (h - square) / (2 * h * h);
        gMu -= e / h;
      } else {
        const tail = h * (nu - 2);
        const log = Math.log1p(square / tail);
        const share = square / (tail + square);
        value += Math.log(h) + (nu + 1) * log;
        byVariance = (1 - (nu + 1) * share) / (2 * h);
        gMu -= ((nu + 1) * e) / (tail + square);
        gNu += log - ((nu + 1) * share) / (nu - 2);
      }
      gMu += byVariance * hMu;
      gOmega += byVariance * hOmega;
      gAlpha += byVariance * hAlpha;
      gBeta += byVariance * hBeta;
      hMu = beta * hMu - 2 * alpha * e;
      hOmega = beta * hOmega + 1;
      hAlpha = beta * hAlpha + square;
      hBeta = beta * hBeta + h;
      h = omega + alpha * square + beta * h;
    }
    gradient[0] = gMu;
    gradient[1] = gOmega;
    gradient[2] = gAlpha;
    gradient[3] = gBeta;
    if (isNormal) return value / 2 + ys.length * HALF_LOG_2_PI;
    gradient[4] = gNu / 2 - ys.length * slopeOfConstant(nu);
    return value / 2 - ys.length * studentConstant(nu);
  };
}

function firstVariance(ys: Float64Array, mu: number): { h: number; hMu: number } {
  let squares = 0;
  let plain = 0;
  for (let t = 0; t < ys.length; t += 1) {
    const e = ys[t]! - mu;
    squares += e * e;
    plain += e;
  }
  return { h: squares / ys.length, hMu: (-2 * plain) / ys.length };
}

function slopeOfConstant(nu: number): number {
  return (digamma((nu + 1) / 2) - digamma(nu / 2) - 1 / (nu - 2)) / 2;
}
