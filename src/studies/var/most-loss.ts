/** The most that a book can lose: a price cannot fall below 0, so what only holds long ends there. */
import type { VarEstimate } from '../../risk/var/estimate.ts';
import type { Leg } from './legs.ts';

/**
 * The most that the legs can lose together, in the currency of the book. Straight lines of one price are netted; where the net of a
 * price is short, or a leg loses more and more as 1 / P rises, nothing bounds the loss.
 *
 * @returns at least 0; Infinity where there is no bound
 */
export function mostLossOf(legs: readonly Pick<Leg, 'exposure' | 'form' | 'factor'>[]): number {
  const nets = new Map<number, number>();
  let most = 0;
  for (const { exposure, form, factor } of legs) {
    if (form === 'price') nets.set(factor, (nets.get(factor) ?? 0) + exposure);
    else most += exposure > 0 ? Number.POSITIVE_INFINITY : -exposure;
  }
  for (const net of nets.values()) most += net < 0 ? Number.POSITIVE_INFINITY : net;
  return most;
}

/** An estimate that says all that can be lost, or more, is none: its numbers stay to be seen, and are not valid. */
export function heldToMost<T extends VarEstimate>(estimate: T, mostLoss: number): T {
  const { varRaw, esRaw, reason } = estimate;
  const isBeyond = (one: number | null) =>
    one !== null && (one > mostLoss + ROUNDING || (mostLoss > ROUNDING && one >= mostLoss - ROUNDING));
  if (!isBeyond(varRaw) && !isBeyond(esRaw)) return estimate;
  const figure = isBeyond(varRaw) ? 'VaR' : 'ES';
  const doubt = `the ${figure} is at or above the most that the book can lose, with every price at 0`;
  return { ...estimate, valid: false, reason: reason === null ? doubt : `${doubt}; ${reason}` };
}

/** Of the gross exposure: of sums of legs that offset, or that lose all. */
const ROUNDING = 1e-9;
