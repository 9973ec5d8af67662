/**
 * How long funding takes to liquidate an isolated position at a flat mark, by leverage: RULES 4.7.
 *
 *   settlements = ceil((1 / leverage - mmr) / rate)     in decimals
 *   days        = settlements x interval
 *
 * Size stays as it is, nothing is added, fees are left aside. In practice the price ends most positions before.
 */
import type { Contract } from '../../model/book.ts';
import { type Money, money } from '../../model/money.ts';
import { MS_PER_DAY } from '../../model/time.ts';
import { bracketTable } from '../brackets.ts';
import { settlementsUntilLiquidation } from '../funding.ts';
import { liquidationPrices } from '../liquidation-price.ts';
import { documentDays } from './document-table.ts';

export type FundingTableTerms = {
  /** What the position pays at a settlement, a fraction of notional; 0 or less where it pays nothing or is paid. */
  readonly rate: number;
  /** Between settlements, ms. */
  readonly interval: number;
  /** Maintenance, a fraction of notional, in [0, 1). */
  readonly mmr: number;
  readonly contract: Contract;
  readonly side: 1 | -1;
  /** Quote per base, > 0. */
  readonly entry: number;
  /** Weeks to print at most, whole, >= 0. */
  readonly weeks: number;
};

export type FundingTableRow = {
  /** Notional / margin, >= 1. */
  readonly leverage: number;
  /** (equity - maintenance) / notional when opened; not above 0 where it is liquidated at once. */
  readonly marginBuffer: number;
  /** |mark - liquidation price| / mark when opened, a fraction; null where no price liquidates. */
  readonly liquidationDistance: number | null;
  /** Fractions a day; negative where the position is paid. */
  readonly drainPerDayNotional: number;
  readonly drainPerDayMargin: number;
  /** The settlement that liquidates, counted from 1; 0 where opening does, null where the position never pays. */
  readonly settlements: number | null;
  readonly days: number | null;
  /** What S2 prints for this leverage, whatever the rate; null where it prints nothing. */
  readonly documentDays: number | null;
  /** After each whole week in which the position lives; null where no price liquidates. */
  readonly liquidationPriceByWeek: readonly (number | null)[];
};

/** @throws RangeError where a term or leverage lies outside its range */
export function fundingTable(leverages: readonly number[], terms: FundingTableTerms): FundingTableRow[] {
  checkTableTerms(terms);
  return leverages.map((leverage) => rowOf(leverage, terms));
}

function rowOf(leverage: number, terms: FundingTableTerms): FundingTableRow {
  if (!(leverage >= 1 && Number.isFinite(leverage)))
    throw new RangeError(`a leverage must be finite and at least 1, was ${leverage}`);
  const { rate, interval, mmr, entry } = terms;
  const settlements = settlementsUntilLiquidation({ leverage, mmr, rate });
  const perDay = money(rate).times(MS_PER_DAY).div(money(interval));
  const price = priceAfter(leverage, terms, 0);
  return {
    leverage,
    marginBuffer: marginShare(leverage).minus(money(mmr)).toNumber(),
    liquidationDistance: price === null ? null : distanceOf(price, entry, terms.side),
    drainPerDayNotional: perDay.toNumber(),
    drainPerDayMargin: perDay.times(money(leverage)).toNumber(),
    settlements,
    days: settlements === null ? null : money(settlements).times(interval).div(MS_PER_DAY).toNumber(),
    documentDays: documentDays(leverage),
    liquidationPriceByWeek: pricesByWeek(leverage, terms, settlements),
  };
}

function marginShare(leverage: number): Money {
  return money(1).div(money(leverage));
}

/** What is liquidated at once has no distance left. */
function distanceOf(price: number, entry: number, side: 1 | -1): number {
  return Math.max(0, (side * (entry - price)) / entry);
}

function pricesByWeek(
  leverage: number,
  terms: FundingTableTerms,
  settlements: number | null,
): (number | null)[] {
  const prices: (number | null)[] = [];
  for (let week = 1; week <= terms.weeks; week += 1) {
    const paid = Math.floor((week * 7 * MS_PER_DAY) / terms.interval);
    if (settlements !== null && paid >= settlements) break;
    prices.push(priceAfter(leverage, terms, paid));
  }
  return prices;
}

/** The liquidation price after so many payments at a flat mark; one unit of notional holds 1 / leverage - paid x rate. */
function priceAfter(leverage: number, terms: FundingTableTerms, paid: number): number | null {
  const { contract, side, entry, mmr, rate } = terms;
  const margin = marginShare(leverage).minus(money(rate).times(paid)).toNumber();
  const table = bracketTable([{ cap: Number.MAX_VALUE, rate: mmr, maxLeverage: leverage }]);
  // A notional of 1 in the asset of the margin: 1 / entry base, or `entry` quote, which is one coin.
  const qty = side * (contract === 'linear' ? 1 / entry : entry);
  const { lower, upper } = liquidationPrices(margin, [{ contract, qty, entry, table, feeRate: 0 }]);
  return (side > 0 ? lower : upper)?.price ?? null;
}

function checkTableTerms({ rate, interval, mmr, entry, weeks }: FundingTableTerms): void {
  if (!Number.isFinite(rate)) throw new RangeError(`a rate must be finite, was ${rate}`);
  if (!(interval > 0 && Number.isFinite(interval)))
    throw new RangeError(`an interval must be finite and above 0, was ${interval}`);
  if (!(mmr >= 0 && mmr < 1)) throw new RangeError(`a maintenance rate must lie in [0, 1), was ${mmr}`);
  if (!(entry > 0 && Number.isFinite(entry)))
    throw new RangeError(`an entry must be finite and above 0, was ${entry}`);
  if (!(Number.isSafeInteger(weeks) && weeks >= 0))
    throw new RangeError(`weeks must be a whole number from 0, was ${weeks}`);
}
