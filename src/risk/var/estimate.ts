/**
 * What an estimator of value at risk and expected shortfall says. Losses are positive: VaR = -quantile of the returns at
 * the tail, ES = -mean of the returns beyond it. Both are fractions, for one period of the returns.
 */

export type Parameter = {
  readonly name: string;
  readonly value: number;
  /** null where the method has none, or none that may be trusted. */
  readonly standardError: number | null;
};

export type VarEstimate = {
  /** Below 0 where even the tail gains; null where the method does not hold. */
  readonly varRaw: number | null;
  /** null also where the mean of the tail does not exist. */
  readonly esRaw: number | null;
  /** Whether the numbers may be used: the assumptions of the method hold for this sample. */
  readonly valid: boolean;
  /** What is missing or doubtful; null where nothing is. */
  readonly reason: string | null;
  readonly parameters: readonly Parameter[];
};

/** The two figures of a distribution that is given. */
export type VarEs = { readonly varRaw: number; readonly esRaw: number };

/** The same of a tail so heavy that its mean may not exist; the ES is null then. */
export type HeavyVarEs = { readonly varRaw: number; readonly esRaw: number | null };

export type TailOptions = {
  /** The probability beyond the VaR, in (0, 1): 0.01 for a confidence of 99 %. */
  readonly tail: number;
};

/** An estimate that the method refuses to make. */
export function refused(reason: string, parameters: readonly Parameter[] = []): VarEstimate {
  return { varRaw: null, esRaw: null, valid: false, reason, parameters };
}

/**
 * The tail of a confidence: 0.01 of 0.99, where 1 - 0.99 is 0.010000000000000009.
 *
 * @throws RangeError where the confidence is not strictly between 0 and 1
 */
export function tailOf(confidence: number): number {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`a confidence must lie strictly between 0 and 1, was ${confidence}`);
  return Math.round((1 - confidence) * DIGITS) / DIGITS;
}

/** A confidence is written with fewer digits than a double has. */
const DIGITS = 1e12;

/** @throws RangeError where the tail is not strictly between 0 and 1 */
export function requireTail(tail: number): void {
  if (!(tail > 0 && tail < 1))
    throw new RangeError(`a tail probability must lie strictly between 0 and 1, was ${tail}`);
}

/** @throws RangeError where there are fewer returns than that, or one is not a finite number */
export function requireReturns(returns: Float64Array, least: number): void {
  if (returns.length < least)
    throw new RangeError(`returns must be at least ${least}, were ${returns.length}`);
  const at = returns.findIndex((one) => !Number.isFinite(one));
  if (at >= 0) throw new RangeError(`returns must be finite numbers, was ${returns[at]} in row ${at}`);
}
