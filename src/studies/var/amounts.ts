/** From fractions of the gross exposure to amounts of money as reports carry them. */
import { money, moneyText, scaleOf } from '../../model/money.ts';

export type Scale = {
  readonly currency: string;
  /** Sum of the sizes of all exposures. */
  readonly gross: number;
  readonly equity: number;
};

/** An amount of the currency, signed, rounded to its places. */
export function amountText(amount: number, currency: string): string {
  return moneyText(money(amount).toDecimalPlaces(scaleOf(currency)));
}

/** A signed figure in money; null stays null. */
export function rawText(fraction: number | null, { gross, currency }: Scale): string | null {
  return fraction === null ? null : amountText(fraction * gross, currency);
}

/** A loss in money: a gain is none. */
export function lossText(fraction: number | null, scale: Scale): string | null {
  return fraction === null ? null : rawText(Math.max(0, fraction), scale);
}

/** A loss as a fraction of the equity; null where there is no equity to lose. */
export function lossOfEquity(fraction: number | null, { gross, equity }: Scale): number | null {
  return fraction === null || equity <= 0 ? null : (Math.max(0, fraction) * gross) / equity;
}
