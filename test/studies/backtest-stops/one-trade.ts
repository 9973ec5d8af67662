/** Small trades in trade space for the tests of the stop study. */

import { addFixedStop } from '../../../src/studies/backtest-stops/fixed-stop.ts';
import {
  accumulate,
  createLevelSums,
  type LevelSums,
} from '../../../src/studies/backtest-stops/level-sums.ts';
import type {
  PriceRows,
  SignedTrade,
  StopRule,
  TradeFate,
} from '../../../src/studies/backtest-stops/signed-trade.ts';
import { addTrailingStop, type TrailUnits } from '../../../src/studies/backtest-stops/trailing-stop.ts';
import type { Intrabar } from '../../../src/studies/backtest-stops-config.ts';

/** open, high, low, close */
export type Ohlc = readonly [number, number, number, number];

/** A trade without costs, leverage and take-profit; prices unsigned. */
export function tradeOf(
  side: 1 | -1,
  prices: { entry: number; exit: number; unit: number },
  more: Partial<SignedTrade> = {},
): SignedTrade {
  return {
    side,
    entry: side * prices.entry,
    exit: side * prices.exit,
    exitFill: side * prices.exit,
    unit: prices.unit,
    censored: false,
    feeEntry: 0,
    feeExit: 0,
    slippage: 0,
    liquidation: null,
    leverage: 1,
    target: null,
    ...more,
  };
}

/** All bars whole unless told otherwise. */
export function rowsOf(bars: readonly Ohlc[], more: Partial<PriceRows> = {}): PriceRows {
  return {
    open: Float64Array.from(bars, (bar) => bar[0]),
    high: Float64Array.from(bars, (bar) => bar[1]),
    low: Float64Array.from(bars, (bar) => bar[2]),
    close: Float64Array.from(bars, (bar) => bar[3]),
    from: 0,
    to: bars.length,
    entryPartial: false,
    partialFrom: bars.length,
    nextWorse: null,
    nextBetter: null,
    prints: null,
    ...more,
  };
}

export function ruleOf(
  multipliers: readonly number[],
  intrabar: Intrabar = 'pessimistic',
  trigger: StopRule['trigger'] = 'touch',
): StopRule {
  return { multipliers: Float64Array.from(multipliers), intrabar, trigger };
}

export type Seen = {
  readonly fate: TradeFate;
  readonly sums: LevelSums;
  readonly returns: number[];
  readonly margin: number[];
};

/** Runs one trade alone and gives the return of every level. */
export function runFixed(trade: SignedTrade, rows: PriceRows, rule: StopRule): Seen {
  const sums = createLevelSums(rule.multipliers);
  return finish(addFixedStop(trade, rows, rule, sums), sums);
}

export function runTrailing(
  trade: SignedTrade,
  rows: PriceRows,
  rule: StopRule,
  units: TrailUnits = null,
): Seen {
  const sums = createLevelSums(rule.multipliers);
  return finish(addTrailingStop(trade, rows, { ...rule, units }, sums), sums);
}

function finish(fate: TradeFate, sums: LevelSums): Seen {
  accumulate(sums);
  const values = (base: Float64Array, slope: Float64Array) =>
    Array.from(sums.multipliers, (m, i) => (base[i] ?? 0) + m * (slope[i] ?? 0));
  return {
    fate,
    sums,
    returns: values(sums.returnBase, sums.returnSlope),
    margin: values(sums.marginBase, sums.marginSlope),
  };
}
