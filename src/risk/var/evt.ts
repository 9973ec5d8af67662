/** VaR and ES by extreme value theory: a generalized Pareto tail is fitted to the losses over a threshold. */
import { fitGeneralizedPareto } from '../../math/generalized-pareto.ts';
import {
  type HeavyVarEs,
  refused,
  requireReturns,
  requireTail,
  type TailOptions,
  type VarEstimate,
} from './estimate.ts';
import type { Volatility } from './volatility.ts';

/** Share of the returns that are taken as the tail. */
const SHARE = 0.1;
/** With fewer excesses the standard error of xi is above 0.14: a tail without a variance looks like a normal one. */
const LEAST_EXCESSES = 50;

export type EvtOptions = TailOptions & {
  /** Of the returns, in (0, 1): the floor(n * share) largest losses are the excesses. Default 0.1. */
  readonly share?: number;
  /** Excesses below which the estimate is not valid; default 50. */
  readonly least?: number;
};

export type ParetoTail = {
  /** A loss. */
  readonly threshold: number;
  readonly excesses: number;
  /** All returns, of which the excesses are a part. */
  readonly count: number;
  readonly xi: number;
  readonly beta: number;
};

/**
 * The figures of a Pareto tail, with k excesses of n returns over the threshold u:
 *
 *   VaR = u + beta / xi ((n tail / k)^-xi - 1),   ES = (VaR + beta - xi u) / (1 - xi)
 *
 * @returns the ES null for xi >= 1, where the mean of the tail does not exist
 * @throws RangeError where the tail is outside (0, 1), or above k / n: the fit says nothing of losses below its threshold
 * Source  McNeil and Frey 2000, Estimation of tail-related risk measures for heteroscedastic financial time series, Journal
 *         of Empirical Finance 7
 */
export function paretoVarEs({ threshold, excesses, count, xi, beta }: ParetoTail, tail: number): HeavyVarEs {
  requireTail(tail);
  const ratio = (count * tail) / excesses;
  if (ratio > 1 + ROUNDING)
    throw new RangeError(`a tail must be at most the share of excesses ${excesses / count}, was ${tail}`);
  const log = Math.log(ratio);
  const varRaw = threshold + beta * (xi === 0 ? -log : Math.expm1(-xi * log) / xi);
  return { varRaw, esRaw: xi < 1 ? (varRaw + beta - xi * threshold) / (1 - xi) : null };
}

const ROUNDING = 1e-12;

/**
 * The estimate by peaks over threshold. The threshold is the loss next to the k largest.
 *
 * @param returns  fractions, in any order
 * @throws RangeError for no returns, a return that is not finite, or an option outside its range
 */
export function evt(returns: Float64Array, options: EvtOptions): VarEstimate {
  const { tail, share = SHARE, least = LEAST_EXCESSES } = options;
  requireTail(tail);
  requireReturns(returns, 1);
  if (!(share > 0 && share < 1)) throw new RangeError(`a share must lie in (0, 1), was ${share}`);
  const count = returns.length;
  const excesses = Math.floor(count * share);
  if (tail * count > excesses * (1 + ROUNDING))
    return refused(
      `a tail of ${tail} begins below the threshold of the ${excesses} largest losses of ${count}`,
    );
  const losses = returns.map((one) => -one).sort();
  const threshold = losses[count - excesses - 1]!;
  const over = losses.subarray(count - excesses).map((one) => one - threshold);
  if (excesses < 2 || over[excesses - 1] === 0)
    return refused(`the ${excesses} largest losses of ${count} have no excess to fit`);
  const fit = fitGeneralizedPareto(over);
  const figures = paretoVarEs({ threshold, excesses, count, xi: fit.xi, beta: fit.beta }, tail);
  return {
    ...figures,
    valid: excesses >= least && !fit.atBound,
    reason: reasonOf(excesses, least, fit),
    parameters: [
      { name: 'xi', value: fit.xi, standardError: fit.atBound ? null : fit.xiError },
      { name: 'beta', value: fit.beta, standardError: fit.atBound ? null : fit.betaError },
      { name: 'threshold', value: threshold, standardError: null },
      { name: 'excesses', value: excesses, standardError: null },
      { name: 'logLikelihood', value: fit.logLikelihood, standardError: null },
    ],
  };
}

function reasonOf(
  excesses: number,
  least: number,
  { xi, atBound }: { readonly xi: number; readonly atBound: boolean },
): string | null {
  if (excesses < least) return `${excesses} excesses over the threshold are too few, ${least} are needed`;
  if (atBound) return 'xi stands at its bound of -0.5, below which likelihood is not regular';
  if (xi >= 1) return `xi is ${xi.toFixed(2)}: from 1 on the mean of the tail, and so the ES, does not exist`;
  return null;
}

/**
 * The conditional estimate of McNeil and Frey: the tail of the standardised residuals of a volatility model, scaled to the
 * next period.
 *
 *   VaR = -mean + sigmaNext VaR of the residuals,   the ES alike
 *
 * Parameters are those of the model, then those of the tail of its residuals; threshold and beta are in deviations.
 *
 * @throws RangeError as `evt`
 */
export function conditionalEvt(volatility: Volatility, options: EvtOptions): VarEstimate {
  const { mean, sigmaNext, residuals } = volatility;
  const standard = evt(residuals, options);
  const scaled = (one: number | null) => (one === null ? null : sigmaNext * one - mean);
  const reasons = [volatility.reason, standard.reason].filter((one) => one !== null);
  return {
    varRaw: scaled(standard.varRaw),
    esRaw: scaled(standard.esRaw),
    valid: volatility.valid && standard.valid,
    reason: reasons.length === 0 ? null : reasons.join('; '),
    parameters: [...volatility.parameters, ...standard.parameters],
  };
}
