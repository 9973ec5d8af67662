/**
 * S0's position by confidence and volatility, a fraction of equity as notional:
 *
 *   max(0, min(0.8 x signal / volatility^2, 0.05, 0.02 / volatility))
 *
 * The first term is in no unit that the others share (a confidence is not a return): for any volatility below four times the
 * root of the signal the cap of 5 % is smaller, so that on a market the first term never decides.
 *
 * Source  S0, LiquidationProtector.calculate_position_size
 */
import type { SizingReason } from './allowed.ts';
import { volatilityCap } from './caps.ts';

export type SignalLimits = {
  /** Share of signal / volatility^2 that is used. */
  readonly buffer: number;
  /** The largest position, a fraction of equity. */
  readonly maxPosition: number;
  /** The largest volatility of a position, a fraction of equity. */
  readonly maxRisk: number;
};

export const signalLimits: SignalLimits = { buffer: 0.8, maxPosition: 0.05, maxRisk: 0.02 };

export type SignalSize = {
  /** A fraction of equity, >= 0. */
  readonly fraction: number;
  /** 0.8 x signal / volatility^2, signed, and 0.02 / volatility; null where the volatility is 0. */
  readonly bySignal: number | null;
  readonly byRisk: number | null;
  /** The term that decides; of equal ones the first of signal, position, risk. */
  readonly binding: 'signal' | 'position' | 'risk';
  readonly reason: Extract<SizingReason, 'no-edge' | 'no-volatility'> | null;
};

/**
 * @param signal      confidence of a model, in [0, 1]; 0 or less opens nothing
 * @param volatility  of the market, a fraction >= 0; at 0 the cap on the position is what is left
 */
export function signalSize(
  signal: number,
  volatility: number,
  limits: SignalLimits = signalLimits,
): SignalSize {
  if (!Number.isFinite(signal)) throw new RangeError(`a signal must be finite, was ${signal}`);
  const byRisk = volatilityCap(limits.maxRisk, volatility).fraction;
  const plain = (signal / (volatility * volatility)) * limits.buffer;
  const bySignal = Number.isFinite(plain) ? plain : null;
  if (!(signal > 0)) return { fraction: 0, bySignal, byRisk, binding: 'signal', reason: 'no-edge' };
  let fraction = limits.maxPosition;
  let binding: SignalSize['binding'] = 'position';
  if (bySignal !== null && bySignal <= fraction) [fraction, binding] = [bySignal, 'signal'];
  if (byRisk !== null && byRisk < fraction) [fraction, binding] = [byRisk, 'risk'];
  return { fraction, bySignal, byRisk, binding, reason: bySignal === null ? 'no-volatility' : null };
}
