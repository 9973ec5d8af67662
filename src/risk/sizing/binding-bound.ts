/** Which of several bounds on a position decides: the one that allows the least notional. */
import type { Allowed } from './allowed.ts';

export type SizingBound = Allowed & {
  readonly name: string;
  /** `risk`: the fraction is lost when the trade loses; `notional`: it is the position itself. */
  readonly of: 'risk' | 'notional';
  /**
   * What a unit of notional loses when the trade loses, a fraction > 0; null where it is not known, or not asked for. Rules
   * differ in it: Kelly counts in the average loss, a risk limit in the distance to the stop.
   */
  readonly loss: number | null;
};

export type SizedBound = SizingBound & {
  /** In the unit of equity, >= 0; null where the rule sets no bound. */
  readonly notional: number | null;
  /** Notional / leverage. */
  readonly margin: number | null;
};

export type SizingTerms = {
  /** >= 0. */
  readonly equity: number;
  /** >= 1. */
  readonly leverage: number;
};

export type BoundSize = {
  readonly bounds: readonly SizedBound[];
  /** The name of the bound that decides, the first of equal ones; null where none sets a bound. */
  readonly binding: string | null;
  /** In the unit of equity; null where none sets a bound. */
  readonly notional: number | null;
};

/**
 * Every bound as a notional, and the least: fraction x equity, over the loss where the fraction is at risk. A fraction at
 * risk of 0 is a notional of 0 whatever the loss; above 0 it bounds nothing where the loss is not known.
 *
 * @throws RangeError where equity, leverage, loss or a fraction lies outside its range
 */
export function bindingBound(bounds: readonly SizingBound[], terms: SizingTerms): BoundSize {
  checkTerms(terms);
  const sized = bounds.map((bound): SizedBound => {
    const notional = notionalOf(bound, terms);
    return { ...bound, notional, margin: notional === null ? null : notional / terms.leverage };
  });
  let least: SizedBound | null = null;
  for (const one of sized) {
    if (one.notional === null) continue;
    if (least === null || least.notional === null || one.notional < least.notional) least = one;
  }
  return { bounds: sized, binding: least?.name ?? null, notional: least?.notional ?? null };
}

function notionalOf({ fraction, of, loss, name }: SizingBound, { equity }: SizingTerms): number | null {
  if (loss !== null && !(loss > 0 && Number.isFinite(loss)))
    throw new RangeError(`the loss of ${name} must be finite and above 0, was ${loss}`);
  if (fraction === null) return null;
  if (!(fraction >= 0 && Number.isFinite(fraction)))
    throw new RangeError(`the bound ${name} must be finite and at least 0, was ${fraction}`);
  if (of === 'notional' || fraction === 0) return fraction * equity;
  return loss === null ? null : (fraction * equity) / loss;
}

function checkTerms({ equity, leverage }: SizingTerms): void {
  if (!(equity >= 0 && Number.isFinite(equity)))
    throw new RangeError(`equity must be finite and at least 0, was ${equity}`);
  if (!(leverage >= 1 && Number.isFinite(leverage)))
    throw new RangeError(`a leverage must be finite and at least 1, was ${leverage}`);
}
