/** The unit of an amount: two places are enough for dollars, a coin needs the digits that count. */
import { isDollar } from '../model/money.ts';
import type { Unit } from '../model/page.ts';

export function moneyUnit(asset: string): Unit {
  return isDollar(asset) ? 'money' : 'qty';
}
