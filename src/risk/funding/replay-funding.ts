/**
 * A funding column over one isolated position: what the mark brought and what funding did, apart; the liquidation price as it
 * moves; and where the margin ends.
 *
 * At each settlement, in this order (RULES 2.4):
 *   1. the marks since the last one, where they are given: one that reaches the liquidation price of then liquidates
 *   2. the payment, -qty x mark x rate (inverse: -(qty / mark) x rate in coin)
 *   3. the venue's look: equity <= maintenance at the mark of the stamp liquidates
 *   4. at constant leverage, the trade that brings notional / equity back, at its cost
 *
 * Left alone, the margin falls in a line at a flat mark, and ends. At constant leverage equity falls by a factor, and never is 0.
 */
import { addToSum, sumSoFar } from '../../math/running-sum.ts';
import { type Money, money } from '../../model/money.ts';
import { bracketOf, maintenanceMargin } from '../brackets.ts';
import { compareNear } from '../compare.ts';
import { fundingPayment } from '../funding.ts';
import {
  equityAt,
  type FundedPosition,
  type HeldPosition,
  holdLeverage,
  liquidationPriceNow,
  markPnlAt,
  notionalAt,
  openFunded,
} from './funded-position.ts';

export type FundingColumns = {
  /** A fraction per settlement; + longs pay. */
  readonly rate: Float64Array;
  /** At the stamp, > 0. */
  readonly mark: Float64Array;
  /** The least and the largest mark after the settlement before, or the entry, up to this one; null: stamps alone are looked at. */
  readonly range: { readonly low: Float64Array; readonly high: Float64Array } | null;
};

/** A row for each settlement that was paid; amounts in the settlement asset, + is good. */
export type FundingReplay = {
  /** What was received or paid. */
  readonly cash: Float64Array;
  /** Since the entry: what the mark brought, what funding did, what trades cost (>= 0). */
  readonly markPnl: Float64Array;
  readonly funding: Float64Array;
  readonly cost: Float64Array;
  /** After the settlement: margin + markPnl + funding - cost. */
  readonly equity: Float64Array;
  /** Signed, after the settlement. */
  readonly qty: Float64Array;
  /** From this settlement on until the next; NaN where no price liquidates. */
  readonly liquidationPrice: Float64Array;
  /** When opened. */
  readonly margin: number;
  /** When opened; null where no price liquidates. */
  readonly firstLiquidationPrice: number | null;
  readonly liquidation: FundingLiquidation | null;
};

export type FundingLiquidation = {
  /** The settlement whose look ended it; by price, the one before which a mark reached it, and which was not paid. */
  readonly row: number;
  readonly cause: 'price' | 'funding';
  /** The liquidation price that was reached, or the mark of the stamp. */
  readonly price: number;
};

/** @throws RangeError where a term lies outside its range, or columns have different lengths */
export function replayFunding(position: FundedPosition, columns: FundingColumns): FundingReplay {
  const held = openFunded(position);
  const rows = checkedLength(columns);
  const out = columnsOf(rows);
  const firstLiquidationPrice = liquidationPriceNow(held);
  let inForce = firstLiquidationPrice;
  let liquidation: FundingLiquidation | null = null;
  let paid = 0;
  while (paid < rows && liquidation === null) {
    const row = paid;
    if (inForce !== null && isReached(position.side, inForce, columns, row)) {
      liquidation = { row, cause: 'price', price: inForce };
      break;
    }
    const mark = columns.mark[row]!;
    const cash = fundingPayment(position.contract, held.qty, mark, columns.rate[row]!);
    addToSum(held.funding, cash);
    if (isAtMaintenance(held, columns, row)) liquidation = { row, cause: 'funding', price: mark };
    else if (position.sizing === 'constant-leverage') holdLeverage(held, mark);
    inForce = liquidationPriceNow(held);
    out.cash[row] = cash;
    out.markPnl[row] = markPnlAt(held, mark);
    out.funding[row] = sumSoFar(held.funding);
    out.cost[row] = sumSoFar(held.cost);
    out.equity[row] = equityAt(held, mark);
    out.qty[row] = held.qty;
    out.liquidationPrice[row] = inForce ?? Number.NaN;
    paid += 1;
  }
  return { ...firstRows(out, paid), margin: held.margin, firstLiquidationPrice, liquidation };
}

function isReached(side: 1 | -1, price: number, { range }: FundingColumns, row: number): boolean {
  if (range === null) return false;
  return side > 0 ? range.low[row]! <= price : range.high[row]! >= price;
}

/** Equity <= maintenance: equality liquidates. */
function isAtMaintenance(held: HeldPosition, columns: FundingColumns, row: number): boolean {
  const mark = columns.mark[row]!;
  const owed = maintenanceMargin(held.terms.table, notionalAt(held, mark));
  return compareNear(equityAt(held, mark), owed, () => exactSides(held, columns, row)) <= 0;
}

/** Places after the point at which quotients that do not end are the same. */
const PLACES = 30;

/** Equity and maintenance in decimals, every payment from its own digits; at constant leverage the doubles as they are. */
function exactSides(held: HeldPosition, { rate, mark }: FundingColumns, row: number): { a: Money; b: Money } {
  const { contract, side, notional, leverage, table, sizing } = held.terms;
  const now = mark[row]!;
  const bracket = bracketOf(table, notionalAt(held, now));
  const owed = (value: Money) => value.times(table.rate[bracket]!).minus(table.amount[bracket]!);
  if (sizing === 'constant-leverage') {
    return { a: money(equityAt(held, now)), b: owed(money(notionalAt(held, now))) };
  }
  const entry = money(held.terms.entry);
  const linear = contract === 'linear';
  const valueAt = (price: Money) =>
    linear ? money(notional).times(price).div(entry) : money(notional).div(price);
  const opened = valueAt(entry);
  const value = valueAt(money(now));
  let equity = opened.div(money(leverage)).plus(value.minus(opened).times(linear ? side : -side));
  for (let i = 0; i <= row; i += 1) {
    equity = equity.minus(valueAt(money(mark[i]!)).times(money(rate[i]!)).times(side));
  }
  return { a: equity.toDecimalPlaces(PLACES), b: owed(value).toDecimalPlaces(PLACES) };
}

type Columns = Omit<FundingReplay, 'margin' | 'firstLiquidationPrice' | 'liquidation'>;

function columnsOf(rows: number): Columns {
  return {
    cash: new Float64Array(rows),
    markPnl: new Float64Array(rows),
    funding: new Float64Array(rows),
    cost: new Float64Array(rows),
    equity: new Float64Array(rows),
    qty: new Float64Array(rows),
    liquidationPrice: new Float64Array(rows),
  };
}

function firstRows(columns: Columns, rows: number): Columns {
  return {
    cash: columns.cash.slice(0, rows),
    markPnl: columns.markPnl.slice(0, rows),
    funding: columns.funding.slice(0, rows),
    cost: columns.cost.slice(0, rows),
    equity: columns.equity.slice(0, rows),
    qty: columns.qty.slice(0, rows),
    liquidationPrice: columns.liquidationPrice.slice(0, rows),
  };
}

function checkedLength({ rate, mark, range }: FundingColumns): number {
  const rows = rate.length;
  if (mark.length !== rows || (range !== null && (range.low.length !== rows || range.high.length !== rows)))
    throw new RangeError(`every column must have ${rows} rows, as the rates have`);
  for (let i = 0; i < rows; i += 1) {
    if (!Number.isFinite(rate[i]!)) throw new RangeError(`a rate must be finite, was ${rate[i]} at ${i}`);
    if (!(mark[i]! > 0 && Number.isFinite(mark[i]!)))
      throw new RangeError(`a mark must be finite and above 0, was ${mark[i]} at ${i}`);
  }
  return rows;
}
