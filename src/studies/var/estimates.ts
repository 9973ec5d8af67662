/** VaR and ES by every method and confidence, with their intervals: fractions of the gross exposure over the horizon. */
import { forecastVariances } from '../../math/garch.ts';
import { sum } from '../../math/sum.ts';
import { refused, tailOf, type VarEstimate } from '../../risk/var/estimate.ts';
import { fhsOverPeriods } from '../../risk/var/fhs.ts';
import {
  blockIntervals,
  historicalIntervals,
  type Interval,
  type VarIntervals,
} from '../../risk/var/intervals.ts';
import { normalVarEs } from '../../risk/var/normal.ts';
import { refitIntervals, refitModels } from '../../risk/var/refit-intervals.ts';
import type { Volatility } from '../../risk/var/volatility.ts';
import type { VarConfig } from '../var-config.ts';
import {
  estimateMethod,
  fitVolatility,
  isModelMethod,
  type Method,
  type MethodOptions,
  type ModelMethod,
  modelEstimate,
} from './methods.ts';
import { heldToMost } from './most-loss.ts';

export type Sample = {
  /** Returns of the book over the horizon. */
  readonly returns: Float64Array;
  /** The same of one period; the same column up to a day. */
  readonly single: Float64Array;
  /** Periods in the horizon. */
  readonly periods: number;
  /** The most that the book can lose, of its gross exposure: by `mostLossOf`; Infinity where nothing bounds it. */
  readonly mostLoss: number;
  /** What a return is of the simple move of one price that moves the whole book: by `slopeOf`; null where none does. */
  readonly slope: number | null;
};

export type MethodEstimate = VarEstimate &
  VarIntervals & { readonly method: Method; readonly confidence: number };

/** Simulated ways of the book's own return beyond a day; more than the 2,520 returns of ten years. */
const RETURN_PATHS = 20_000;

export function estimatesOf(
  sample: Sample,
  config: VarConfig,
  { seed, done }: { readonly seed: number; readonly done: () => void },
): MethodEstimate[] {
  const model = config.methods.some(isModelMethod) ? modelOf(sample, config, seed) : null;
  return config.methods.flatMap((method) =>
    config.confidences.map((confidence): MethodEstimate => {
      const options: MethodOptions = { ...config, tail: tailOf(confidence) };
      const asked: Asked = { sample, config, options, seed };
      const told = isModelMethod(method) ? byModel(method, model, asked) : bySample(method, asked);
      done();
      return { method, confidence, ...heldToMost({ ...told, reason: withOutside(told) }, sample.mostLoss) };
    }),
  );
}

/**
 * Resampled histories end in any mood: where a method looks at the last days most, as ewma does, its figure of today may lie outside
 * of what it says of all of them. The reason with that, where it is so.
 */
function withOutside({ varRaw, varInterval, reason }: VarEstimate & VarIntervals): string | null {
  const { low, high } = varInterval;
  const isOutside = varRaw !== null && ((low !== null && varRaw < low) || (high !== null && varRaw > high));
  if (!isOutside) return reason;
  const doubt = 'today lies outside the interval, which is of histories that end in any mood';
  return reason === null ? doubt : `${reason}; ${doubt}`;
}

type Asked = {
  readonly sample: Sample;
  readonly config: VarConfig;
  readonly options: MethodOptions;
  readonly seed: number;
};

/** Methods without a fit of GARCH: from the returns of the horizon, but for ewma, which forecasts day by day. */
function bySample(method: Exclude<Method, ModelMethod>, { sample, config, options, seed }: Asked) {
  const { returns, single, periods } = sample;
  const { replicates, level, meanBlock } = config;
  const isDaily = method === 'ewma' && periods > 1;
  const overlap = isDaily ? 1 : periods;
  const base = isDaily ? single : returns;
  let failed = 0;
  const estimator = (xs: Float64Array): VarEstimate => {
    const estimate = estimateMethod(method, xs, { ...options, overlap });
    if (estimate.varRaw === null) failed += 1;
    return isDaily ? scaledByRoot(estimate, periods) : estimate;
  };
  const estimate = estimator(base);
  if (estimate.varRaw === null || replicates === 0)
    return { ...estimate, ...without(estimate.varRaw === null ? REFUSED : 'no histories were resampled') };
  // What overlaps hangs together at least as long as it overlaps.
  const resampling = { replicates, seed, level, meanBlock: Math.max(meanBlock, overlap) };
  const intervals =
    method === 'historical' && overlap === 1
      ? historicalIntervals(base, options, resampling)
      : blockIntervals(base, estimator, resampling);
  const few = tooFew(method, base.length, overlap, options.tail);
  return { ...unlessChance(estimate, failed, replicates), ...(few === null ? intervals : without(few)) };
}

/** Why overlapping returns tell no interval: they look like many, and are few. */
function tooFew(method: Method, n: number, overlap: number, tail: number): string | null {
  if (overlap === 1) return null;
  const independent = n / overlap;
  const as = `${n} overlapping returns are as ${Math.floor(independent)} that do not overlap`;
  if (independent < LEAST_INDEPENDENT) return `${as}, ${LEAST_INDEPENDENT} are needed to resample them`;
  if (method !== 'historical' || independent * tail >= LEAST_BEYOND) return null;
  return `${as}, ${(independent * tail).toFixed(2)} of them beyond the VaR: ${LEAST_BEYOND} are needed to tell its spread`;
}

/** As few as a window may have. */
const LEAST_INDEPENDENT = 30;
/** As for returns that do not overlap; order statistics hold for independent ones alone. */
const LEAST_BEYOND = 10;

/** A method that most histories like this one refuse holds for this one by chance. */
function unlessChance(estimate: VarEstimate, failed: number, replicates: number): VarEstimate {
  if (failed <= replicates / 2) return estimate;
  const doubt = `the method has no figure for ${failed} of ${replicates} resampled histories: that it has one for this is chance`;
  const { reason } = estimate;
  return { ...estimate, valid: false, reason: reason === null ? doubt : `${doubt}; ${reason}` };
}

const REFUSED = 'the method has no figure';

function without(reason: string): VarIntervals {
  const none: Interval = { low: null, high: null, reason };
  return { varInterval: none, esInterval: none };
}

type Model = {
  readonly fitted: Volatility;
  readonly refitted: readonly (Volatility | null)[];
};

/** The fit that the methods share; null where the returns have none: `estimateMethod` says why. */
function modelOf({ single }: Sample, { innovations, refits }: VarConfig, seed: number): Model | null {
  if (single.every((one) => one === single[0])) return null;
  const fitted = fitVolatility(single, { innovations });
  return { fitted, refitted: refits === 0 ? [] : refitModels(single, fitted, { replicates: refits, seed }) };
}

function byModel(method: ModelMethod, model: Model | null, { sample, config, options, seed }: Asked) {
  const { single, periods, slope } = sample;
  const several: Several = { ...options, periods, seed, slope, returns: config.returns };
  if (model === null) {
    const estimate = estimateMethod(method, single, options);
    return { ...estimate, ...without('returns that never change have no spread') };
  }
  const { fitted, refitted } = model;
  const estimate =
    periods === 1
      ? estimateMethod(method, single, { ...options, volatility: fitted })
      : overPeriods(method, fitted, several);
  if (estimate.varRaw === null) return { ...estimate, ...without(REFUSED) };
  if (refitted.length === 0) return { ...estimate, ...without('no model was fitted again') };
  if (periods > 1 && method === 'fhs') return { ...estimate, ...without(NOT_REFITTED) };
  const again = (one: Volatility) =>
    periods === 1 ? modelEstimate(method, one, options) : overPeriods(method, one, several);
  return { ...estimate, ...refitIntervals(refitted, again, config.level) };
}

/** ewma has mean 0 and a variance that stays: that of several days is theirs times one, as the method has it. */
function scaledByRoot(estimate: VarEstimate, periods: number): VarEstimate {
  const root = Math.sqrt(periods);
  const scaled = (one: number | null) => (one === null ? null : one * root);
  return { ...estimate, varRaw: scaled(estimate.varRaw), esRaw: scaled(estimate.esRaw) };
}

const NOT_REFITTED =
  'the model of simulated days is not fitted again: the standard error of pathVar, a parameter, is of the simulation alone';

type Several = MethodOptions &
  Pick<Sample, 'slope'> & {
    readonly periods: number;
    readonly seed: number;
    readonly returns: VarConfig['returns'];
  };

/** Simple returns of one day are of the value at its start: those of several days are not their sum. */
const SUMMED = 'simple returns of several days are added up: the book is not valued anew at their end';

/** Several days ahead: the sum of forecast variances, simulated ways, or nothing. */
function overPeriods(method: ModelMethod, volatility: Volatility, options: Several): VarEstimate {
  const { periods, tail, quantile, seed, slope, returns } = options;
  const { garch, mean, sigmaNext, valid, reason, parameters } = volatility;
  switch (method) {
    case 'garch': {
      const variance = sum(forecastVariances(garch, sigmaNext * sigmaNext, periods));
      const doubt = volatility.nu === null ? null : 'the sum of several days is taken for normal';
      const told = [reason, doubt].filter((one) => one !== null).join('; ');
      const figures = normalVarEs(periods * mean, Math.sqrt(variance), tail);
      return summed({ ...figures, valid, reason: told === '' ? null : told, parameters }, returns);
    }
    case 'fhs': {
      const asked = { tail, quantile, periods, paths: RETURN_PATHS, seed };
      if (returns === 'log' || slope === null) return summed(fhsOverPeriods(volatility, asked), returns);
      return fhsOverPeriods(volatility, { ...asked, slope });
    }
    case 'evt':
      return refused('the tail of one day says nothing of that of several', parameters);
  }
}

/** Log returns add up, as does the first order that they stand for. */
function summed(estimate: VarEstimate, returns: VarConfig['returns']): VarEstimate {
  if (returns === 'log') return estimate;
  const { reason } = estimate;
  return { ...estimate, valid: false, reason: reason === null ? SUMMED : `${SUMMED}; ${reason}` };
}

/** VaR and ES of one period times the root of the periods, as rules of thumb have it: no model of several days. */
export function sqrtTimeEstimates(
  { single, periods, mostLoss }: Sample,
  config: VarConfig,
): (VarEstimate & {
  readonly method: Method;
  readonly confidence: number;
})[] {
  const hasModel = config.methods.some(isModelMethod) && !single.every((one) => one === single[0]);
  const volatility = hasModel ? fitVolatility(single, config) : undefined;
  return config.methods.flatMap((method) =>
    config.confidences.map((confidence) => {
      const options = {
        ...config,
        tail: tailOf(confidence),
        ...(volatility === undefined ? {} : { volatility }),
      };
      const scaled = scaledByRoot(estimateMethod(method, single, options), periods);
      return { method, confidence, ...heldToMost(scaled, mostLoss) };
    }),
  );
}
