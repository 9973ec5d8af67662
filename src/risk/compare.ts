/**
 * Comparisons that decide: in doubles where these are far enough apart, and again in decimals where they are not (DESIGN 4).
 */
import { type Money, money } from '../model/money.ts';

/** Relative distance within which doubles do not decide. */
export const NEAR = 1e-9;

export type Order = -1 | 0 | 1;

/**
 * The order of two amounts, -1 where `a` is the smaller.
 *
 * @param exact  both in decimals; asked only where the doubles are within 1e-9 of each other
 */
export function compareNear(
  a: number,
  b: number,
  exact: () => { readonly a: Money; readonly b: Money },
): Order {
  const size = Math.max(Math.abs(a), Math.abs(b));
  if (Math.abs(a - b) > NEAR * size) return a < b ? -1 : 1;
  const decimals = exact();
  return sign(decimals.a.comparedTo(decimals.b));
}

/**
 * The order of `part / whole` and a bound, decided as `part` against `bound * whole`; of doubles, their shortest decimal text
 * is meant, so that 500 of 10,000 is exactly 0.05.
 *
 * @param whole  > 0
 */
export function compareShare(part: number, whole: number, bound: number): Order {
  return compareNear(part, bound * whole, () => ({ a: money(part), b: money(bound).times(whole) }));
}

function sign(value: number): Order {
  return value < 0 ? -1 : value > 0 ? 1 : 0;
}
