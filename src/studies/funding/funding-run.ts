/** One side and sizing of a funding replay, as its report carries it. */
import { sum } from '../../math/sum.ts';
import { InputError } from '../../model/errors.ts';
import { money, moneyText, scaleOf } from '../../model/money.ts';
import { MS_PER_DAY } from '../../model/time.ts';
import {
  type FundedPosition,
  liquidationPriceNow,
  notionalAt,
  openFunded,
} from '../../risk/funding/funded-position.ts';
import { breakEvenPrice, fundingShare } from '../../risk/funding/mark-and-funding.ts';
import { type FundingReplay, replayFunding } from '../../risk/funding/replay-funding.ts';
import { worstWindow } from '../../risk/funding/worst-window.ts';
import type { FundedDirection, Sizing } from '../funding-config.ts';
import type { FundingRun } from '../funding-replay-result.ts';
import { breakerOn } from './breaker-on.ts';
import type { FundedColumns } from './columns.ts';
import { curveOf } from './curve.ts';
import { endOf } from './funding-end.ts';
import type { FundedTree } from './inputs.ts';
import type { FundedTerms } from './terms.ts';

export type RunAsked = {
  readonly columns: FundedColumns;
  readonly terms: FundedTerms;
  readonly tree: FundedTree;
  /** Points of the curve at most. */
  readonly points: number;
};

export function fundingRun(asked: RunAsked, direction: FundedDirection, sizing: Sizing): FundingRun {
  const { columns, terms, tree } = asked;
  const position = positionOf(asked, direction, sizing);
  refuseSpent(position);
  const replay = replayFunding(position, columns);
  const opened = openFunded(position);
  const worth = notionalAt(opened, position.entry);
  const end = endOf(replay, columns, position);
  const text = (value: number) => moneyText(money(value).toDecimalPlaces(scaleOf(terms.asset)));
  const feeRate = replay.liquidation === null ? 0 : terms.liquidationFee;
  const owed = Math.abs(terms.contract === 'linear' ? end.qty * end.price : end.qty / end.price) * feeRate;
  const amounts = {
    margin: text(replay.margin),
    markPnl: text(end.markPnl),
    funding: text(end.funding),
    cost: text(end.cost),
  };
  const drift = driftOf(position, replay, columns);
  // What was paid is of these intervals, also where the first settlement came with the entry.
  const days = sum(columns.interval.subarray(0, replay.cash.length)) / MS_PER_DAY;
  const last = replay.liquidationPrice.at(-1) ?? replay.firstLiquidationPrice;
  const worst = (span: number) => worstOf(replay, columns, { span, worth, text });
  const [seven, thirty] = [worst(7), worst(30)];
  return {
    direction,
    sizing,
    settlements: replay.cash.length,
    ...amounts,
    ...closed(amounts, text(owed)),
    fundingOfNotional: end.funding / worth,
    fundingOfMargin: end.funding / replay.margin,
    fundingShare: fundingShare(end.markPnl, end.funding),
    breakEvenPrice: drift === null ? null : position.entry * (1 + drift),
    breakEvenDrift: drift,
    breakEvenDriftPerDay: drift === null || days === 0 ? null : drift / days,
    worst7d: seven.window,
    worst7dReason: seven.reason,
    worst30d: thirty.window,
    worst30dReason: thirty.reason,
    firstLiquidationPrice: replay.firstLiquidationPrice,
    lastLiquidationPrice: last === null || Number.isNaN(last) ? null : last,
    liquidation:
      replay.liquidation === null
        ? null
        : { time: end.time, cause: replay.liquidation.cause, price: replay.liquidation.price },
    breaker: breakerOn(tree.guards['funding-breaker'], {
      columns,
      position,
      tradeCost: terms.tradeCost,
      replay,
      end,
      worth,
      text,
    }),
    curve: curveOf(replay, { columns, position, end }, asked.points),
  };
}

type Amounts = Pick<FundingRun, 'margin' | 'markPnl' | 'funding' | 'cost'>;

/**
 * An isolated loss ends at its margin; the venue bears the rest (RULES 2.6). Its fee takes no more than is left.
 *
 * @param owed  the fee of a liquidation, >= 0
 */
function closed(
  { margin, markPnl, funding, cost }: Amounts,
  owed: string,
): Pick<FundingRun, 'liquidationFee' | 'shortfall' | 'endEquity'> {
  const left = money(margin).plus(markPnl).plus(funding).minus(cost);
  if (left.isNegative()) return { liquidationFee: '0', shortfall: moneyText(left.negated()), endEquity: '0' };
  const fee = left.lessThan(owed) ? left : money(owed);
  return { liquidationFee: moneyText(fee), shortfall: '0', endEquity: moneyText(left.minus(fee)) };
}

function positionOf(
  { columns, terms, tree }: RunAsked,
  direction: FundedDirection,
  sizing: Sizing,
): FundedPosition {
  const { leverage, notional } = tree.studies.funding.replay;
  return {
    contract: terms.contract,
    side: direction === 'long' ? 1 : -1,
    notional: Number(notional),
    entry: columns.entry.price,
    leverage,
    table: terms.table,
    sizing,
    // What is left alone trades nothing.
    tradeCost: sizing === 'constant-leverage' ? terms.tradeCost : 0,
  };
}

/** A position that is at maintenance when it is opened has no history. */
function refuseSpent(position: FundedPosition): void {
  const { leverage, tradeCost } = position;
  if (tradeCost * leverage >= 1) {
    throw new InputError({
      code: 'USAGE',
      message: `a trade that holds the leverage must cost less than 1 / leverage, was ${tradeCost} of its notional at ${leverage}x`,
      remedy: 'Lower --leverage or --taker-fee, or hold the size: --sizing constant-size',
    });
  }
  const price = liquidationPriceNow(openFunded(position));
  if (price === null || position.side * (position.entry - price) > 0) return;
  throw new InputError({
    code: 'USAGE',
    message: `a position must have more than its maintenance when opened, was ${position.leverage}x, liquidated at ${price} with an entry of ${position.entry}`,
    remedy: 'Lower --leverage or --notional',
  });
}

/**
 * null where no price earns what was paid. At a constant leverage one move before each settlement keeps the equity, on either side:
 *
 *   linear   move = (1 + move) rate                    1 + move = 1 / (1 - rate)
 *   inverse  1 - 1 / (1 + move) = rate / (1 + move)    1 + move = 1 + rate
 */
function driftOf(position: FundedPosition, replay: FundingReplay, { rate }: FundedColumns): number | null {
  const paid = replay.cash.length;
  if (position.sizing === 'constant-size') {
    const { qty } = openFunded(position);
    const { contract, entry } = position;
    const price = breakEvenPrice({ contract, qty, entry }, sum(replay.cash));
    return price === null ? null : price / entry - 1;
  }
  let factor = 1;
  for (let i = 0; i < paid; i += 1)
    factor *= position.contract === 'linear' ? 1 / (1 - rate[i]!) : 1 + rate[i]!;
  return factor - 1;
}

type Worst = { readonly span: number; readonly worth: number; readonly text: (value: number) => string };

function worstOf(replay: FundingReplay, columns: FundedColumns, { span, worth, text }: Worst) {
  const rows = replay.cash.length;
  const time = columns.time.slice(0, rows);
  const covered = rows === 0 ? 0 : time[rows - 1]! - time[0]! + columns.interval[0]!;
  if (covered < span * MS_PER_DAY) {
    const days = Math.floor((covered / MS_PER_DAY) * 10) / 10;
    return { window: null, reason: `needs ${span} days of settlements, lived ${days}` };
  }
  const window = worstWindow(time, replay.cash, span * MS_PER_DAY);
  if (window === null) return { window: null, reason: `paid in no ${span} days on balance` };
  const { sum: paid, from, to } = window;
  return {
    window: { funding: text(paid), ofNotional: paid / worth, from: time[from]!, to: time[to]! },
    reason: null,
  };
}
