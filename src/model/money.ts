/**
 * Exact decimals: the only import of decimal.js. Amounts of money, quantities and prices are decimals where a ledger
 * adds them, and texts where they are kept.
 *
 * A value carries up to 64 significant digits, so sums and products of amounts, quantities and quoted prices are exact;
 * a quotient is rounded half to even at the 64th digit, far below any currency's scale.
 */
import { Decimal } from 'decimal.js';

const Exact = Decimal.clone({
  precision: 64,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -100,
  toExpPos: 100,
});

export type Money = Decimal;

export const zero: Money = new Exact(0);

/**
 * A decimal from its text or a double; of a double it takes the shortest text that reads back as the same double, so
 * that 0.1 is one tenth.
 *
 * @throws RangeError where it is not finite
 */
export function money(value: string | number): Money {
  if (typeof value === 'number') return finite(new Exact(value), value);
  const before = read.get(value);
  if (before !== undefined) return before;
  const exact = finite(new Exact(value), value);
  if (read.size >= MOST_READ) read.clear();
  read.set(value, exact);
  return exact;
}

/** Amounts are kept as texts and read again and again; a decimal never changes, so that what was read last is handed out again. */
const read = new Map<string, Money>();
const MOST_READ = 2048;

function finite(exact: Money, value: string | number): Money {
  if (!exact.isFinite()) throw new RangeError(`an amount must be finite, was ${value}`);
  return exact;
}

/** The amount as plain digits, never an exponent; the form in which state and reports keep it. */
export function moneyText(amount: Money): string {
  return amount.isZero() ? '0' : amount.toFixed();
}

/**
 * Rounds a signed credit once, against the account: down, to `scale` places. A gain loses what lies beyond the last
 * place, a loss gains it. A charge is given as a negative credit.
 */
export function roundAgainst(credit: Money, scale: number): Money {
  return credit.toDecimalPlaces(scale, Decimal.ROUND_FLOOR);
}

/** Rounds a quantity towards zero, to `scale` places: never more than there is. */
export function roundToZero(amount: Money, scale: number): Money {
  return amount.toDecimalPlaces(scale, Decimal.ROUND_DOWN);
}

/** Places after the point at which a currency is kept: 8 for dollars and their tokens, 10 for coins (DESIGN 4). */
export function scaleOf(asset: string): number {
  return isDollar(asset) ? 8 : 10;
}

const dollars: ReadonlySet<string> = new Set(['USD', 'USDT', 'USDC', 'BUSD', 'FDUSD', 'TUSD', 'DAI', 'USDE']);

/** A dollar, or a token that is meant to be worth one. */
export function isDollar(asset: string): boolean {
  return dollars.has(asset);
}
