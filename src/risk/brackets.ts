/**
 * Maintenance brackets: the rate that a venue asks rises with the notional at mark, and an amount is deducted so that
 * the margin itself never jumps:
 *
 *   maintenance = notional * rate - amount,   floor < notional <= cap
 *   amount[n]   = floor[n] * (rate[n] - rate[n - 1]) + amount[n - 1],   amount[0] = 0
 *
 * Source  Binance, Leverage and margin of USD-M futures; QUANT 6
 */
import { money, zero } from '../model/money.ts';

export type BracketTable = {
  /** Ascending; floor[0] = 0, floor[n] = cap[n - 1]. */
  readonly floor: Float64Array;
  /** The last cap is the largest position that the venue allows; maintenance goes on by the last rate above it. */
  readonly cap: Float64Array;
  /** Fractions of notional, ascending. */
  readonly rate: Float64Array;
  /** In the currency of the notional. */
  readonly amount: Float64Array;
  /** The largest leverage at which a position of this notional may be opened. */
  readonly maxLeverage: Float64Array;
};

/**
 * The bracket that a notional falls in, floor < notional <= cap: the first for 0, the last above every cap.
 *
 * @param notional  >= 0
 */
export function bracketOf({ cap }: BracketTable, notional: number): number {
  const last = cap.length - 1;
  let index = 0;
  while (index < last && notional > cap[index]!) index += 1;
  return index;
}

/** Maintenance margin of a notional at mark, >= 0, in its currency. */
export function maintenanceMargin(table: BracketTable, notional: number): number {
  const index = bracketOf(table, notional);
  return notional * table.rate[index]! - table.amount[index]!;
}

export type BracketRow = { readonly cap: number; readonly rate: number; readonly maxLeverage: number };

/**
 * A table from the facts that venues publish; floors and amounts follow from them, exact before they become doubles.
 *
 * @param rows  ascending by cap, rates ascending, at least one
 * @throws RangeError where they are not
 */
export function bracketTable(rows: readonly BracketRow[]): BracketTable {
  const floors: number[] = [];
  const amounts: number[] = [];
  let amount = zero;
  for (const [index, { cap, rate }] of rows.entries()) {
    const before = rows[index - 1];
    if (!(cap > (before?.cap ?? 0)))
      throw new RangeError(`caps must ascend, was ${cap} after ${before?.cap ?? 0}`);
    if (!(rate >= (before?.rate ?? 0) && rate < 1))
      throw new RangeError(`rates must ascend below 1, was ${rate} after ${before?.rate ?? 0}`);
    const floor = before?.cap ?? 0;
    if (before !== undefined) amount = amount.plus(money(floor).times(money(rate).minus(before.rate)));
    floors.push(floor);
    amounts.push(amount.toNumber());
  }
  if (rows.length === 0) throw new RangeError('a table must have at least one bracket, was none');
  return {
    floor: Float64Array.from(floors),
    cap: Float64Array.from(rows, ({ cap }) => cap),
    rate: Float64Array.from(rows, ({ rate }) => rate),
    amount: Float64Array.from(amounts),
    maxLeverage: Float64Array.from(rows, ({ maxLeverage }) => maxLeverage),
  };
}
