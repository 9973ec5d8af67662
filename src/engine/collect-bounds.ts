/** Takes the bounds of guards into the columns of a watch; the tightest of each stays. */
import { NEAR } from '../risk/compare.ts';
import type { MarginView } from '../risk/read-margin.ts';
import type { Bounds } from './bounds.ts';
import type { Columns, EngineWatch } from './watch.ts';

type LowColumn = 'equityLow' | 'levelLow' | 'markLow' | 'lastLow';
type HighColumn = 'equityHigh' | 'levelHigh' | 'markHigh' | 'lastHigh';
type LowCell = 'totalLow' | 'peakLow' | 'weekLow';
type HighCell = 'totalHigh' | 'peakHigh' | 'weekHigh';

/** What guards write their bounds with. Made at every look of a guard: named keys are ten times as fast as spread ones. */
export function boundsOf(watch: EngineWatch, margin: MarginView, dayEquity: number): Bounds {
  const scope = scopeBounds(watch, margin);
  const total = totalBounds(watch, dayEquity);
  const price = priceBounds(watch);
  const feed = feedBounds(watch);
  return {
    remainingBelow: scope.remainingBelow,
    remainingAbove: scope.remainingAbove,
    levelBelow: scope.levelBelow,
    levelAbove: scope.levelAbove,
    dayLossAbove: total.dayLossAbove,
    dayLossBelow: total.dayLossBelow,
    drawdownAbove: total.drawdownAbove,
    drawdownBelow: total.drawdownBelow,
    weekDrawdownAbove: total.weekDrawdownAbove,
    weekDrawdownBelow: total.weekDrawdownBelow,
    markBelow: price.markBelow,
    markAbove: price.markAbove,
    lastBelow: price.lastBelow,
    lastAbove: price.lastAbove,
    newHigh: feed.newHigh,
    newLow: feed.newLow,
    moveAbove: feed.moveAbove,
    gapAbove: feed.gapAbove,
    volatilityAbove: feed.volatilityAbove,
    volatilityBelow: feed.volatilityBelow,
    everyBar: feed.everyBar,
    wake: (time) => {
      watch.wake = Math.min(watch.wake, time);
    },
  };
}

/** Both columns of a watch: generous for points, beyond the bound for legs. */
function both({ point, leg }: EngineWatch): readonly { readonly columns: Columns; readonly slack: number }[] {
  return [
    { columns: point, slack: NEAR },
    { columns: leg, slack: -NEAR },
  ];
}

function lower(watch: EngineWatch, column: LowColumn, at: number, value: number): void {
  for (const { columns, slack } of both(watch)) {
    columns[column][at] = Math.max(columns[column][at]!, value + slack * Math.abs(value));
  }
}

function upper(watch: EngineWatch, column: HighColumn, at: number, value: number): void {
  for (const { columns, slack } of both(watch)) {
    columns[column][at] = Math.min(columns[column][at]!, value - slack * Math.abs(value));
  }
}

function mark(watch: EngineWatch, kind: 'scopes' | 'prices'): void {
  for (const { columns } of both(watch)) columns[kind] = true;
}

type ScopeBound = 'remainingBelow' | 'remainingAbove' | 'levelBelow' | 'levelAbove';

function scopeBounds(watch: EngineWatch, { initial }: MarginView): Pick<Bounds, ScopeBound> {
  return {
    remainingBelow: (scope, value) => {
      lower(watch, 'equityLow', scope, value * initial[scope]!);
      mark(watch, 'scopes');
    },
    remainingAbove: (scope, value) => {
      upper(watch, 'equityHigh', scope, value * initial[scope]!);
      mark(watch, 'scopes');
    },
    levelBelow: (scope, value) => {
      lower(watch, 'levelLow', scope, value);
      mark(watch, 'scopes');
    },
    levelAbove: (scope, value) => {
      upper(watch, 'levelHigh', scope, value);
      mark(watch, 'scopes');
    },
  };
}

type TotalBound =
  | 'dayLossAbove'
  | 'dayLossBelow'
  | 'drawdownAbove'
  | 'drawdownBelow'
  | 'weekDrawdownAbove'
  | 'weekDrawdownBelow';

/**
 * A loss that rises is an equity that falls: to a share of what it is measured from. Where the day began with nothing it is all
 * of it, whatever the equity, so that nothing bounds it.
 */
function totalBounds(watch: EngineWatch, dayEquity: number): Pick<Bounds, TotalBound> {
  const fallTo = (cell: LowCell, value: number) => {
    for (const { columns, slack } of both(watch)) {
      columns[cell] = Math.max(columns[cell], value + slack * Math.abs(value));
    }
  };
  const riseTo = (cell: HighCell, value: number) => {
    for (const { columns, slack } of both(watch)) {
      columns[cell] = Math.min(columns[cell], value - slack * Math.abs(value));
    }
  };
  return {
    dayLossAbove: (fraction) => {
      if (dayEquity > 0) fallTo('totalLow', dayEquity * (1 - fraction));
    },
    dayLossBelow: (fraction) => {
      if (dayEquity > 0) riseTo('totalHigh', dayEquity * (1 - fraction));
    },
    drawdownAbove: (fraction) => fallTo('peakLow', 1 - fraction),
    drawdownBelow: (fraction) => riseTo('peakHigh', 1 - fraction),
    weekDrawdownAbove: (fraction) => fallTo('weekLow', 1 - fraction),
    weekDrawdownBelow: (fraction) => riseTo('weekHigh', 1 - fraction),
  };
}

type PriceBound = 'markBelow' | 'markAbove' | 'lastBelow' | 'lastAbove';

function priceBounds(watch: EngineWatch): Pick<Bounds, PriceBound> {
  return {
    markBelow: (symbol, price) => {
      lower(watch, 'markLow', symbol, price);
      mark(watch, 'prices');
    },
    markAbove: (symbol, price) => {
      upper(watch, 'markHigh', symbol, price);
      mark(watch, 'prices');
    },
    lastBelow: (symbol, price) => {
      lower(watch, 'lastLow', symbol, price);
      mark(watch, 'prices');
    },
    lastAbove: (symbol, price) => {
      upper(watch, 'lastHigh', symbol, price);
      mark(watch, 'prices');
    },
  };
}

type FeedBound =
  | 'newHigh'
  | 'newLow'
  | 'moveAbove'
  | 'gapAbove'
  | 'volatilityAbove'
  | 'volatilityBelow'
  | 'everyBar';

function feedBounds(watch: EngineWatch): Pick<Bounds, FeedBound> {
  return {
    newHigh: (symbol, price) => {
      watch.newHigh[symbol] = Math.min(watch.newHigh[symbol]!, price);
      watch.extremes = true;
    },
    newLow: (symbol, price) => {
      watch.newLow[symbol] = Math.max(watch.newLow[symbol]!, price);
      watch.extremes = true;
    },
    moveAbove: (symbol, sigmas) => {
      watch.move[symbol] = Math.min(watch.move[symbol]!, sigmas);
      watch.feeds = true;
    },
    gapAbove: (symbol, fraction) => {
      watch.gap[symbol] = Math.min(watch.gap[symbol]!, fraction);
      watch.feeds = true;
    },
    volatilityAbove: (symbol, value) => {
      watch.volatilityHigh[symbol] = Math.min(watch.volatilityHigh[symbol]!, value);
      watch.bars = true;
    },
    volatilityBelow: (symbol, value) => {
      watch.volatilityLow[symbol] = Math.max(watch.volatilityLow[symbol]!, value);
      watch.bars = true;
    },
    everyBar: (symbol) => {
      watch.everyBar[symbol] = 1;
      watch.bars = true;
    },
  };
}
