/** How a fate of some levels enters the sums: as a return on the entry price, and as a return on margin. */
import { firstLevelBeyond } from './grid.ts';
import { addTo, type LevelSums } from './level-sums.ts';
import { returnOf, type SignedTrade, slipped } from './signed-trade.ts';

/** One trade on its way into the sums. */
export type Entry = {
  readonly trade: SignedTrade;
  readonly sums: LevelSums;
  /** Levels from here on have their (first) stop at or beyond the liquidation price. */
  readonly deadFrom: number;
};

export function openEntry(trade: SignedTrade, sums: LevelSums): Entry {
  const { entry, unit, liquidation } = trade;
  const levels = sums.multipliers.length;
  const stops = { anchor: entry, unit, multipliers: sums.multipliers };
  const deadFrom = liquidation === null ? levels : firstLevelBeyond(liquidation, stops);
  addTo(sums.beyondLiquidation, deadFrom, levels, 1);
  return { trade, sums, deadFrom };
}

/**
 * Levels [from, to) end at a stop that hangs from `anchor`: the fill is anchor - m * unit, less slippage, and the
 * return is linear in m.
 */
export function addStopFills(
  { trade, sums, deadFrom }: Entry,
  from: number,
  to: number,
  anchor: number,
): void {
  const { side, entry, unit, slippage, feeExit, leverage } = trade;
  const base = returnOf(trade, slipped(trade, anchor));
  const slope = (-unit * (1 - side * slippage) * (1 - feeExit * side)) / (side * entry);
  const alive = Math.min(to, deadFrom);
  addTo(sums.returnBase, from, to, base);
  addTo(sums.returnSlope, from, to, slope);
  addTo(sums.marginBase, from, alive, base * leverage);
  addTo(sums.marginSlope, from, alive, slope * leverage);
}

/**
 * Levels [from, to) end at one price, `fill` (signed, slippage included where it applies). A known price at or beyond the
 * liquidation price that no bar led to liquidates (RULES 2.5): an isolated position never loses more than its margin.
 */
export function addPriceFills(
  { trade, sums, deadFrom }: Entry,
  from: number,
  to: number,
  fill: number,
): void {
  const paid = returnOf(trade, fill);
  const alive = Math.min(to, deadFrom);
  const liquidated = trade.liquidation !== null && fill <= trade.liquidation;
  addTo(sums.returnBase, from, to, paid);
  addTo(sums.marginBase, from, alive, liquidated ? -1 : paid * trade.leverage);
  if (liquidated) addTo(sums.liquidated, from, alive, 1);
}

/**
 * Levels [from, to) end at the open of a bar at or beyond their stop. A bar that opens beyond the liquidation price
 * too liquidates (RULES 2.5).
 */
export function addGapFills({ trade, sums, deadFrom }: Entry, from: number, to: number, open: number): void {
  const paid = returnOf(trade, slipped(trade, open));
  const alive = Math.min(to, deadFrom);
  const liquidated = trade.liquidation !== null && open <= trade.liquidation;
  addTo(sums.returnBase, from, to, paid);
  addTo(sums.marginBase, from, alive, liquidated ? -1 : paid * trade.leverage);
  if (liquidated) addTo(sums.liquidated, from, alive, 1);
}

/**
 * What the levels [deadFrom, ...) earn on margin: the venue acts before their stop does, and a liquidated trade loses
 * its whole isolated margin.
 *
 * @param worst      the worst signed price that the trade saw
 * @param unstopped  the signed price at which it ended without a stop
 */
export function addDeadLevels({ trade, sums, deadFrom }: Entry, worst: number, unstopped: number): void {
  const levels = sums.multipliers.length;
  const liquidated = trade.liquidation !== null && worst <= trade.liquidation;
  addTo(sums.marginBase, deadFrom, levels, liquidated ? -1 : returnOf(trade, unstopped) * trade.leverage);
  if (liquidated) addTo(sums.liquidated, deadFrom, levels, 1);
}
