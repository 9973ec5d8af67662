/** A maintenance table of one bracket: a flat rate and, where a check asks for it, an amount. */
import type { BracketTable } from '../../src/risk/brackets.ts';

export function flatTable(rate: number, amount = 0, maxLeverage = 200): BracketTable {
  return {
    floor: Float64Array.of(0),
    cap: Float64Array.of(1e15),
    rate: Float64Array.of(rate),
    amount: Float64Array.of(amount),
    maxLeverage: Float64Array.of(maxLeverage),
  };
}
