/** Kelly for wealth that moves in small steps (a diffusion): a fraction of notional to equity, so a leverage. */
import { unroundedVolatility } from './unrounded-volatility.ts';

export type Drift = {
  /** Mean return and interest that equity earns, of one period: annual ones give an annual growth. */
  readonly mean: number;
  readonly riskFree: number;
  /** Standard deviation of the return of the same period, >= 0. */
  readonly volatility: number;
};

/**
 * f = (mean - riskFree) / volatility^2, signed.
 *
 * @returns null where the volatility is 0, or no more than rounding: nothing bounds it then
 * Source  Merton 1969, Lifetime portfolio selection under uncertainty; Thorp 2006, The Kelly criterion in blackjack, sports betting, and the
 *         stock market
 */
export function continuousKelly(drift: Drift): number | null {
  checkDrift(drift);
  const { mean, riskFree } = drift;
  const volatility = unroundedVolatility(drift.volatility, mean);
  const fraction = (mean - riskFree) / (volatility * volatility);
  return Number.isFinite(fraction) ? fraction : null;
}

/**
 * The growth rate at c times the Kelly fraction: riskFree + s^2 (c - c^2 / 2), s = (mean - riskFree) / volatility. At c = 2 it
 * is that of staking nothing.
 *
 * @param multiple  c; 0.25 for quarter Kelly
 * @returns a logarithm for each period; null where the volatility is 0, or no more than rounding
 */
export function continuousGrowth(drift: Drift, multiple: number): number | null {
  checkDrift(drift);
  if (!Number.isFinite(multiple)) throw new RangeError(`a multiple must be finite, was ${multiple}`);
  const ratio = (drift.mean - drift.riskFree) / unroundedVolatility(drift.volatility, drift.mean);
  if (!Number.isFinite(ratio * ratio)) return null;
  return drift.riskFree + ratio * ratio * (multiple - (multiple * multiple) / 2);
}

function checkDrift({ mean, riskFree, volatility }: Drift): void {
  if (!(Number.isFinite(mean) && Number.isFinite(riskFree)))
    throw new RangeError(`mean and interest must be finite, was ${mean} and ${riskFree}`);
  if (!(volatility >= 0 && Number.isFinite(volatility)))
    throw new RangeError(`a volatility must be finite and at least 0, was ${volatility}`);
}
