/** The closed list of methods for VaR and ES, and one way to ask any of them about a window of returns. */
import type { Innovations } from '../../math/garch-likelihood.ts';
import { standardDeviation } from '../../math/moments.ts';
import { cornishFisher } from '../../risk/var/cornish-fisher.ts';
import { refused, requireReturns, requireTail, type VarEstimate } from '../../risk/var/estimate.ts';
import { conditionalEvt } from '../../risk/var/evt.ts';
import { ewma } from '../../risk/var/ewma.ts';
import { fhs } from '../../risk/var/fhs.ts';
import { modelVarEs } from '../../risk/var/garch.ts';
import { type HistoricalQuantile, historical } from '../../risk/var/historical.ts';
import { normal } from '../../risk/var/normal.ts';
import { studentT } from '../../risk/var/student-t.ts';
import { type GarchVolatilityOptions, garchVolatility, type Volatility } from '../../risk/var/volatility.ts';

export const varMethods = [
  'historical',
  'normal',
  'student-t',
  'cornish-fisher',
  'ewma',
  'garch',
  'fhs',
  'evt',
] as const;

export type Method = (typeof varMethods)[number];

/** Those that rest on one fit of GARCH(1,1): it is made once for all of them and all confidences. */
export type ModelMethod = 'garch' | 'fhs' | 'evt';

export function isModelMethod(method: Method): method is ModelMethod {
  return method === 'garch' || method === 'fhs' || method === 'evt';
}

/** Returns below which the likelihood of GARCH(1,1) is not asked for its maximum. */
const LEAST_FOR_MODEL = 20;

export type MethodOptions = {
  /** The probability beyond the VaR, in (0, 1). */
  readonly tail: number;
  /** Of historical and fhs. */
  readonly quantile: HistoricalQuantile;
  /** Decay of ewma; its first variance is that of the window. */
  readonly lambda: number;
  /** Periods that a return spans where returns overlap, one that ends with each period: n of them tell as much as n / overlap. Default 1. */
  readonly overlap?: number;
  /** Of garch, fhs and evt, where no fit of theirs is handed in. */
  readonly innovations: Innovations;
  /** The fit of these returns that garch, fhs and evt share; undefined makes one. */
  readonly volatility?: Volatility;
};

/**
 * The estimate of one method for the period after a window. What is doubtful is said in `reason`: a window shorter than 1 / tail
 * (where an empirical quantile does not exist: not valid), a Student t without a variance, and what each method says itself.
 * Returns that never change are no sample of anything: every method gives their one value and says so.
 *
 * @param returns  fractions in order of time, gains > 0, at least 5
 * @throws RangeError where returns are too few or not finite, or the tail is outside (0, 1)
 */
export function estimateMethod(method: Method, returns: Float64Array, options: MethodOptions): VarEstimate {
  requireReturns(returns, 5);
  requireTail(options.tail);
  if (isConstant(returns)) return constantEstimate(returns[0]!);
  const estimate = byMethod(method, returns, options);
  return held(doubted(method, { ...options, n: returns.length }, widened(estimate, options.overlap ?? 1)));
}

/** Standard errors fall with the root of what is independent. */
function widened(estimate: VarEstimate, overlap: number): VarEstimate {
  if (overlap === 1) return estimate;
  const root = Math.sqrt(overlap);
  const parameters = estimate.parameters.map((one) => ({
    ...one,
    standardError: one.standardError === null ? null : one.standardError * root,
  }));
  return { ...estimate, parameters };
}

/** `lower` takes a whole return where the ES takes a part of it, and may so lie beyond the ES: the larger of the two is both. */
function held(estimate: VarEstimate): VarEstimate {
  const { varRaw, esRaw, reason } = estimate;
  if (varRaw === null || esRaw === null || esRaw >= varRaw) return estimate;
  const doubt = 'the ES lies below the VaR of this quantile, which takes its place';
  return { ...estimate, esRaw: varRaw, reason: reason === null ? doubt : `${reason}; ${doubt}` };
}

function byMethod(method: Method, returns: Float64Array, options: MethodOptions): VarEstimate {
  const { tail, quantile, lambda } = options;
  switch (method) {
    case 'historical':
      return historical(returns, { tail, quantile });
    case 'normal':
      return normal(returns, { tail });
    case 'student-t':
      return studentT(returns, { tail });
    case 'cornish-fisher':
      return cornishFisher(returns, { tail });
    case 'ewma': {
      const sd = standardDeviation(returns);
      return ewma(returns, { tail, lambda, seedVariance: sd * sd });
    }
    case 'garch':
    case 'fhs':
    case 'evt':
      return byModel(method, returns, options);
  }
}

function byModel(method: ModelMethod, returns: Float64Array, options: MethodOptions): VarEstimate {
  if (returns.length < LEAST_FOR_MODEL)
    return refused(`a GARCH model needs at least ${LEAST_FOR_MODEL} returns, were ${returns.length}`);
  const volatility = options.volatility ?? fitVolatility(returns, { innovations: options.innovations });
  return modelEstimate(method, volatility, options);
}

/** The fit that garch, fhs and evt share; `start` warms it with the parameters of the window before. */
export function fitVolatility(returns: Float64Array, options: GarchVolatilityOptions): Volatility {
  return garchVolatility(returns, options);
}

/** The estimate of a fitted model: under its innovations, of its residuals, of the Pareto tail of its residuals. */
export function modelEstimate(
  method: ModelMethod,
  volatility: Volatility,
  { tail, quantile }: Pick<MethodOptions, 'tail' | 'quantile'>,
): VarEstimate {
  switch (method) {
    case 'garch': {
      const { valid, reason, parameters } = volatility;
      return { ...modelVarEs(volatility, tail), valid, reason, parameters };
    }
    case 'fhs':
      return fhs(volatility, { tail, quantile });
    case 'evt':
      return conditionalEvt(volatility, { tail });
  }
}

function isConstant(returns: Float64Array): boolean {
  const first = returns[0]!;
  return returns.every((one) => one === first);
}

function constantEstimate(value: number): VarEstimate {
  const loss = value === 0 ? 0 : -value;
  return {
    varRaw: loss,
    esRaw: loss,
    valid: true,
    reason: `the returns never change: every one is ${value}`,
    parameters: [],
  };
}

type Counted = Pick<MethodOptions, 'tail' | 'overlap'> & { readonly n: number };

function doubted(method: Method, { n, tail, overlap = 1 }: Counted, estimate: VarEstimate): VarEstimate {
  const doubts: string[] = [];
  const independent = n / overlap;
  const isShort = independent * tail < 1 - ROUNDING;
  if (isShort)
    doubts.push(`${windowText(n, overlap)} shorter than 1 / ${tail} = ${Math.round(1 / tail)} of them`);
  const nu = method === 'student-t' ? estimate.parameters.find(({ name }) => name === 'nu') : undefined;
  if (nu !== undefined && nu.value > 1 && nu.value <= 2)
    doubts.push(`nu is ${nu.value.toFixed(2)}: up to 2 the returns have no variance`);
  if (doubts.length === 0) return estimate;
  // An empirical quantile beyond the worst return does not exist; a distribution that was fitted goes on.
  const empirical = method === 'historical' || method === 'fhs';
  const own = estimate.reason === null || method === 'historical' ? [] : [estimate.reason];
  return {
    ...estimate,
    valid: estimate.valid && !(isShort && empirical),
    reason: [...doubts, ...own].join('; '),
  };
}

function windowText(n: number, overlap: number): string {
  return overlap === 1
    ? `a window of ${n} returns is`
    : `a window of ${n} overlapping returns is as ${Math.floor(n / overlap)} that do not overlap,`;
}

/** Of a product such as 100 * 0.01. */
const ROUNDING = 1e-12;
