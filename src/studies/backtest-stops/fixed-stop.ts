/**
 * Fixed stops: the fate of a trade at every level follows from the records of its adverse excursion. A record is a bar
 * with a new adverse extreme; it decides the levels that no earlier record had reached.
 */
import { stopFill, stopPrice } from '../../risk/stop.ts';
import { levelsReached } from './grid.ts';
import { horizonOf, isCertain } from './horizon.ts';
import { addTo, type LevelSums } from './level-sums.ts';
import { addDeadLevels, addGapFills, addPriceFills, addStopFills, type Entry, openEntry } from './outcome.ts';
import {
  type Horizon,
  openInside,
  type PriceRows,
  returnOf,
  type SignedTrade,
  type StopRule,
  type TradeFate,
} from './signed-trade.ts';

/** Adds one trade to the sums of all levels. */
export function addFixedStop(
  trade: SignedTrade,
  rows: PriceRows,
  rule: StopRule,
  sums: LevelSums,
): TradeFate {
  const entry = openEntry(trade, sums);
  const levels = rule.multipliers.length;
  const horizon = horizonOf(trade, rows, rule.intrabar);
  const reached = addRecords(entry, rows, rule, horizon);
  const worst = worstPrice(trade, rows, horizon);
  addPriceFills(entry, reached, levels, horizon.end);
  addDeadLevels(entry, worst, horizon.end);

  const reachedOptimistic = isCertain(trade, rows) ? reached : optimisticReach(trade, rows, rule);
  addTo(sums.hits, 0, reached, 1);
  addTo(sums.hitsOptimistic, 0, reachedOptimistic, 1);
  if (returnOf(trade, horizon.end) > 0) addTo(sums.stoppedWinners, 0, reached, 1);
  if (trade.censored && !horizon.endsAtTarget) addTo(sums.censored, reached, levels, 1);
  return { reached, reachedOptimistic, excursion: (trade.entry - worst) / trade.unit, horizon };
}

/** The levels that are hit for certain. */
function optimisticReach(trade: SignedTrade, rows: PriceRows, rule: StopRule): number {
  const stops = { anchor: trade.entry, unit: trade.unit, multipliers: rule.multipliers };
  return levelsReached(worstPrice(trade, rows, horizonOf(trade, rows, 'optimistic')), stops, rule.trigger);
}

/** Follows the records, adds the fills of the levels that each reaches, and returns how many were hit in all. */
function addRecords(entry: Entry, rows: PriceRows, rule: StopRule, horizon: Horizon): number {
  const { trade, sums } = entry;
  const { trigger, multipliers } = rule;
  const stops = { anchor: trade.entry, unit: trade.unit, multipliers };
  const adverse = trade.side === 1 ? rows.low : rows.high;
  let reached = levelsReached(trade.entry, stops, trigger);
  addStopFills(entry, 0, reached, trade.entry);
  for (let row = horizon.first; row < horizon.last && reached < multipliers.length; ) {
    const touched = levelsReached(trade.side * adverse[row]!, stops, trigger, reached);
    if (touched > reached) {
      const open = openInside(rows, row) ? trade.side * rows.open[row]! : Number.POSITIVE_INFINITY;
      const gapped = Math.min(touched, levelsReached(open, stops, 'touch', reached));
      if (gapped > reached) {
        if (rows.prints?.[row] !== 1) addTo(sums.gapFills, reached, gapped, 1);
        addGapFills(
          entry,
          reached,
          gapped,
          stopFill(open, stopPrice(trade.entry, trade.unit, multipliers[reached]!)),
        );
      }
      if (row === horizon.contested) addTo(sums.ambiguous, gapped, touched, 1);
      const hit = row === horizon.contested && horizon.targetFirst ? gapped : touched;
      addStopFills(entry, gapped, hit, trade.entry);
      reached = hit;
    }
    row = rows.nextWorse === null ? row + 1 : rows.nextWorse[row]!;
  }
  if (horizon.endsAtTarget) return reached;
  // The exit price is known: at or beyond the stop it is a hit, and no earlier fill was possible.
  const atExit = levelsReached(trade.exit, stops, trigger, reached);
  addPriceFills(entry, reached, atExit, trade.exitFill);
  return atExit;
}

/** The worst signed price that certainly counts inside a horizon, the entry and a journal's exit included. */
function worstPrice(trade: SignedTrade, rows: PriceRows, horizon: Horizon): number {
  const { side } = trade;
  const adverse = side === 1 ? rows.low : rows.high;
  let worst = horizon.endsAtTarget ? trade.entry : Math.min(trade.entry, trade.exit);
  for (let row = horizon.first; row < horizon.last; ) {
    const onlyOpen = row === horizon.contested && horizon.targetFirst;
    const price = side * (onlyOpen ? rows.open[row]! : adverse[row]!);
    if (price < worst && !(onlyOpen && !openInside(rows, row))) worst = price;
    row = rows.nextWorse === null ? row + 1 : rows.nextWorse[row]!;
  }
  return worst;
}
