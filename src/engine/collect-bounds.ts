/** Takes the bounds of guards into the columns of a watch; the tightest of each stays. */
import { NEAR } from '../risk/compare.ts';
import type { Bounds } from './bounds.ts';
import type { View } from './view.ts';
import { clearWatch, createWatch, type EngineWatch } from './watch.ts';

type LowColumn = 'equityLow' | 'levelLow' | 'markLow' | 'lastLow';
type HighColumn = 'equityHigh' | 'levelHigh' | 'markHigh' | 'lastHigh';
type LowCell = 'totalLow' | 'peakLow' | 'weekLow';
type HighCell = 'totalHigh' | 'peakHigh' | 'weekHigh';

/** The columns that guards write their bounds into, what they write them with, and what these bounds are multiples of. */
export type Asking = {
  readonly ground: { initial: Float64Array; dayEquity: number };
  watch: EngineWatch;
  bounds: Bounds;
};

export function createAsking({ margin, symbols }: Pick<View, 'margin' | 'symbols'>): Asking {
  const ground = { initial: margin.initial, dayEquity: 0 };
  const watch = createWatch(margin.scopes, symbols.length);
  return { ground, watch, bounds: boundsOf(watch, ground) };
}

/** Makes ready for another round of asking: no bound at all; new columns only where the number of scopes is another one. */
export function prepareAsking(asking: Asking, { margin, symbols }: View, dayEquity: number): void {
  asking.ground.initial = margin.initial;
  asking.ground.dayEquity = dayEquity;
  if (asking.watch.point.equityLow.length === margin.scopes) {
    clearWatch(asking.watch);
    return;
  }
  asking.watch = createWatch(margin.scopes, symbols.length);
  asking.bounds = boundsOf(asking.watch, asking.ground);
}

/** What guards write their bounds with: named keys are ten times as fast as spread ones. */
function boundsOf(watch: EngineWatch, ground: Asking['ground']): Bounds {
  const scope = scopeBounds(watch, ground);
  const total = totalBounds(watch, ground);
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

/** Into both columns of a watch: generously for points, beyond the bound for legs. */
function lower({ point, leg }: EngineWatch, column: LowColumn, at: number, value: number): void {
  const slack = NEAR * Math.abs(value);
  point[column][at] = Math.max(point[column][at]!, value + slack);
  leg[column][at] = Math.max(leg[column][at]!, value - slack);
}

function upper({ point, leg }: EngineWatch, column: HighColumn, at: number, value: number): void {
  const slack = NEAR * Math.abs(value);
  point[column][at] = Math.min(point[column][at]!, value - slack);
  leg[column][at] = Math.min(leg[column][at]!, value + slack);
}

function mark({ point, leg }: EngineWatch, kind: 'scopes' | 'prices'): void {
  point[kind] = true;
  leg[kind] = true;
}

type ScopeBound = 'remainingBelow' | 'remainingAbove' | 'levelBelow' | 'levelAbove';

function scopeBounds(watch: EngineWatch, ground: Asking['ground']): Pick<Bounds, ScopeBound> {
  return {
    remainingBelow: (scope, value) => {
      lower(watch, 'equityLow', scope, value * ground.initial[scope]!);
      mark(watch, 'scopes');
    },
    remainingAbove: (scope, value) => {
      upper(watch, 'equityHigh', scope, value * ground.initial[scope]!);
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
function totalBounds(watch: EngineWatch, ground: Asking['ground']): Pick<Bounds, TotalBound> {
  const { point, leg } = watch;
  const fallTo = (cell: LowCell, value: number) => {
    const slack = NEAR * Math.abs(value);
    point[cell] = Math.max(point[cell], value + slack);
    leg[cell] = Math.max(leg[cell], value - slack);
  };
  const riseTo = (cell: HighCell, value: number) => {
    const slack = NEAR * Math.abs(value);
    point[cell] = Math.min(point[cell], value - slack);
    leg[cell] = Math.min(leg[cell], value + slack);
  };
  return {
    dayLossAbove: (fraction) => {
      const { dayEquity } = ground;
      if (dayEquity > 0) fallTo('totalLow', dayEquity * (1 - fraction));
    },
    dayLossBelow: (fraction) => {
      const { dayEquity } = ground;
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
