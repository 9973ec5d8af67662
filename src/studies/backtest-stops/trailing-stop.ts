/**
 * Stops that follow the running favourable extreme: `trailing-atr` hangs a locked distance below it, `chandelier` hangs
 * the ATR of the last completed bar below it and never falls back (RULES 1.8).
 *
 * The order of a bar's prices matters here: with the favourable extreme first, the trail rises before the adverse extreme
 * meets it. The pessimistic side takes that order for its hits; both orders are computed, and the lower return counts.
 */
import { stopPrice, stopReached } from '../../risk/stop.ts';
import { firstLevelBeyond } from './grid.ts';
import { horizonOf } from './horizon.ts';
import { addTo, type LevelSums } from './level-sums.ts';
import {
  favourableFirst,
  type Horizon,
  openInside,
  type PriceRows,
  returnOf,
  type SignedTrade,
  type StopRule,
  slipped,
  type TradeFate,
} from './signed-trade.ts';

/** The distance of one multiple in a row: the ATR known when the row opened; null for the locked one. */
export type TrailUnits = Float64Array | null;

type Order = 'favourable-first' | 'adverse-first' | 'policy';

/** What the levels of one trade met under one order. */
type Trail = {
  /** Levels [0, reached) were hit. */
  reached: number;
  /** Signed fills of the reached levels, before slippage; NaN elsewhere. */
  readonly fill: Float64Array;
  /** The row of the hit; the horizon's end for a hit by the exit price. */
  readonly row: Int32Array;
  readonly atOpen: Uint8Array;
  readonly ambiguous: Uint8Array;
  excursion: number;
};

type Walk = {
  readonly trade: SignedTrade;
  readonly rows: PriceRows;
  readonly rule: StopRule;
  readonly units: TrailUnits;
  readonly horizon: Horizon;
};

/** Adds one trade to the sums of all levels. */
export function addTrailingStop(
  trade: SignedTrade,
  rows: PriceRows,
  rule: StopRule & { readonly units: TrailUnits },
  sums: LevelSums,
): TradeFate {
  const { units } = rule;
  const horizon = horizonOf(trade, rows, rule.intrabar);
  const walk = { trade, rows, rule, units, horizon };
  const pessimistic = rule.intrabar === 'pessimistic';
  const main = follow(walk, pessimistic ? 'favourable-first' : 'policy');
  const other = pessimistic ? follow(walk, 'adverse-first') : main;
  const best =
    rule.intrabar === 'optimistic'
      ? main
      : follow({ ...walk, horizon: horizonOf(trade, rows, 'optimistic') }, 'adverse-first');

  addTo(sums.hits, 0, main.reached, 1);
  addTo(sums.hitsOptimistic, 0, best.reached, 1);
  if (returnOf(trade, horizon.end) > 0) addTo(sums.stoppedWinners, 0, main.reached, 1);
  if (trade.censored && !horizon.endsAtTarget) addTo(sums.censored, main.reached, rule.multipliers.length, 1);
  addReturns(walk, main, other, sums);
  return { reached: main.reached, reachedOptimistic: best.reached, excursion: main.excursion, horizon };
}

/** Walks the rows once and finds, for every level, where its stop was hit. */
function follow(walk: Walk, order: Order): Trail {
  const { trade, rows, rule, units, horizon } = walk;
  const { side } = trade;
  const favourable = side === 1 ? rows.high : rows.low;
  const adverse = side === 1 ? rows.low : rows.high;
  const trail = createTrail(rule.multipliers.length);
  const stops = new Float64Array(rule.multipliers.length).fill(Number.NEGATIVE_INFINITY);
  let best = trade.entry;
  raise(stops, best, trade.unit, { trail, rule });
  for (let row = horizon.first; row < horizon.last; row += 1) {
    const unit = units === null ? trade.unit : units[row]!;
    const open = openInside(rows, row) ? side * rows.open[row]! : Number.POSITIVE_INFINITY;
    const low = side * adverse[row]!;
    const high = side * favourable[row]!;
    if (units !== null) raise(stops, best, unit, { trail, rule });
    hitAtOpen(trail, stops, { open, low, row }, rule);
    const contested = row === horizon.contested;
    if (contested && horizon.targetFirst) break;
    const rises = !contested && isFavourableFirst(order, walk, row);
    // Levels that this row reaches in either order.
    let certain = rises ? levelsAt(stops, low, trail.reached, rule) : trail.reached;
    if (rises && high > best) {
      best = high;
      raise(stops, best, unit, { trail, rule });
    }
    // Every order of a whole bar ends at its close: what lies between the extreme and the close is passed.
    const close = !contested && row < rows.partialFrom ? side * rows.close[row]! : Number.POSITIVE_INFINITY;
    if (rises) certain = Math.max(certain, levelsAt(stops, close, trail.reached, rule));
    trail.excursion = Math.max(trail.excursion, (best - low) / unit);
    hitAtStop(trail, stops, { low, row }, rule);
    if (rises || contested) trail.ambiguous.fill(1, certain, Math.max(certain, trail.reached));
    if (!rises && high > best) {
      best = high;
      raise(stops, best, unit, { trail, rule });
    }
    trail.excursion = Math.max(trail.excursion, (best - close) / unit);
    if (!rises) hitAtStop(trail, stops, { low: close, row }, rule);
  }
  if (!horizon.endsAtTarget) hitAtExit(trail, stops, walk);
  return trail;
}

function isFavourableFirst(order: Order, walk: Walk, row: number): boolean {
  if (order !== 'policy') return order === 'favourable-first';
  // A long's trail rises before its low under O-H-L-C; the optimistic side has the low before the trail rises.
  if (walk.rule.intrabar === 'optimistic') return false;
  return favourableFirst(walk.rule.intrabar, walk.trade.side, walk.rows, row);
}

function createTrail(levels: number): Trail {
  return {
    reached: 0,
    fill: new Float64Array(levels).fill(Number.NaN),
    row: new Int32Array(levels),
    atOpen: new Uint8Array(levels),
    ambiguous: new Uint8Array(levels),
    excursion: 0,
  };
}

/** Lifts the stops of the levels that are still open; a stop never falls back. */
function raise(
  stops: Float64Array,
  best: number,
  unit: number,
  { trail, rule }: { readonly trail: Trail; readonly rule: StopRule },
): void {
  for (let level = trail.reached; level < stops.length; level += 1) {
    const stop = stopPrice(best, unit, rule.multipliers[level]!);
    if (stop > stops[level]!) stops[level] = stop;
  }
}

/** The first level from `reached` on whose stop a price does not reach. */
function levelsAt(stops: Float64Array, price: number, reached: number, rule: StopRule): number {
  let level = reached;
  while (level < stops.length && stopReached(price, stops[level]!, rule.trigger)) level += 1;
  return level;
}

/** Levels whose stop lies at the open or on its far side fill there, where the row reaches them at all. */
function hitAtOpen(
  trail: Trail,
  stops: Float64Array,
  { open, low, row }: { readonly open: number; readonly low: number; readonly row: number },
  rule: StopRule,
): void {
  const touched = levelsAt(stops, low, trail.reached, rule);
  let until = trail.reached;
  while (until < touched && open <= stops[until]!) until += 1;
  trail.fill.fill(open, trail.reached, until);
  trail.row.fill(row, trail.reached, until);
  trail.atOpen.fill(1, trail.reached, until);
  trail.reached = until;
}

function hitAtStop(
  trail: Trail,
  stops: Float64Array,
  { low, row }: { readonly low: number; readonly row: number },
  rule: StopRule,
): void {
  const until = levelsAt(stops, low, trail.reached, rule);
  for (let level = trail.reached; level < until; level += 1) trail.fill[level] = stops[level]!;
  trail.row.fill(row, trail.reached, until);
  trail.reached = until;
}

/** The journal's exit price is known: at or beyond the stop it is a hit, filled there. */
function hitAtExit(trail: Trail, stops: Float64Array, walk: Walk): void {
  const { trade, horizon, rule } = walk;
  const until = levelsAt(stops, trade.exit, trail.reached, rule);
  trail.fill.fill(trade.exitFill, trail.reached, until);
  trail.row.fill(horizon.last, trail.reached, until);
  trail.reached = until;
}

/** Adds the lower of the two orders' returns for every level, and what it comes to on margin. */
function addReturns(walk: Walk, main: Trail, other: Trail, sums: LevelSums): void {
  const { trade, rule, rows } = walk;
  const levels = rule.multipliers.length;
  const { liquidation } = trade;
  const ruinRow = liquidation === null ? -1 : firstAtLiquidation(walk, liquidation);
  if (liquidation !== null) {
    const stops = { anchor: trade.entry, unit: trade.unit, multipliers: rule.multipliers };
    addTo(sums.beyondLiquidation, firstLevelBeyond(liquidation, stops), levels, 1);
  }
  for (let level = 0; level < levels; level += 1) {
    const earned = Math.min(levelReturn(walk, main, level), levelReturn(walk, other, level));
    addTo(sums.returnBase, level, level + 1, earned);
    if (level < main.reached && main.atOpen[level] === 1 && rows.prints?.[main.row[level]!] !== 1)
      addTo(sums.gapFills, level, level + 1, 1);
    if (level < main.reached && main.ambiguous[level] === 1) addTo(sums.ambiguous, level, level + 1, 1);
    const liquidated = ruinRow !== -1 && !stoppedBefore(main, level, ruinRow, liquidation ?? Number.NaN);
    addTo(sums.marginBase, level, level + 1, liquidated ? -1 : earned * trade.leverage);
    if (liquidated) addTo(sums.liquidated, level, level + 1, 1);
  }
}

function levelReturn({ trade, horizon }: Walk, trail: Trail, level: number): number {
  if (level >= trail.reached) return returnOf(trade, horizon.end);
  const fill = trail.fill[level]!;
  return returnOf(trade, trail.row[level] === horizon.last ? fill : slipped(trade, fill));
}

/** The first row whose adverse extreme reaches the liquidation price; the horizon's end for the exit price, else -1. */
function firstAtLiquidation({ trade, rows, horizon }: Walk, liquidation: number): number {
  const adverse = trade.side === 1 ? rows.low : rows.high;
  for (let row = horizon.first; row < horizon.last; row += 1) {
    const onlyOpen = row === horizon.contested && horizon.targetFirst;
    const price = trade.side * (onlyOpen ? rows.open[row]! : adverse[row]!);
    if (price <= liquidation) return row;
  }
  return !horizon.endsAtTarget && trade.exit <= liquidation ? horizon.last : -1;
}

/** Whether a level's stop ended the trade before the venue did: in an earlier row, or at a better price of the same row. */
function stoppedBefore(trail: Trail, level: number, ruinRow: number, liquidation: number): boolean {
  if (level >= trail.reached) return false;
  const row = trail.row[level]!;
  return row < ruinRow || (row === ruinRow && trail.fill[level]! > liquidation);
}
