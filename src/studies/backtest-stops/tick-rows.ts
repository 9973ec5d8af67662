/** Market prints in the place of the bars that they cover: a print has one price and one time, so nothing is assumed. */

import { firstAtOrAfter } from '../../market/bars.ts';
import type { Trade } from '../../market/journal.ts';
import type { Ticks } from '../../market/ticks.ts';
import type { TradePath } from '../../market/trade-path.ts';
import type { Series } from './series.ts';
import type { PriceRows } from './signed-trade.ts';

/**
 * The rows of a trade with every covered bar replaced by its prints; null where no bar of the trade is covered.
 *
 * A bar is covered where the file of prints begins before and ends after the part of it that the trade touches. Prints
 * between the entry and the exit are certain; prints in the window of an exit known only to its candle stay partial.
 */
export function tickRows(
  series: Series,
  path: TradePath,
  trade: Trade,
  ticks: Ticks,
): {
  readonly rows: PriceRows /** The ATR known when the bar of each row opened. */;
  readonly units: Float64Array;
} | null {
  const { bars } = series;
  const first = ticks.time[0] ?? Number.POSITIVE_INFINITY;
  const last = ticks.time.at(-1) ?? Number.NEGATIVE_INFINITY;
  const end = trade.exitTime + trade.exitSlack;
  const rows: Point[] = [];
  let partialFrom = -1;
  let covered = 0;
  for (let row = path.from; row < path.to; row += 1) {
    const from = Math.max(bars.time[row]!, trade.entryTime);
    const to = Math.min(bars.time[row]! + bars.interval, end);
    if (first > from || last < to) {
      if (row >= path.partialFrom && partialFrom === -1) partialFrom = rows.length;
      rows.push(barPoint(series, row));
      continue;
    }
    covered += 1;
    // The last instant of a bar belongs to the next one; the instant of the exit belongs to the trade.
    const until = to === end ? firstAfter(ticks.time, to) : firstAtOrAfter(ticks.time, to);
    for (let i = firstAtOrAfter(ticks.time, from); i < until; i += 1) {
      const price = ticks.price[i]!;
      if (ticks.time[i]! > trade.exitTime && partialFrom === -1) partialFrom = rows.length;
      rows.push({
        open: price,
        high: price,
        low: price,
        close: price,
        unit: series.atrBefore[row]!,
        print: 1,
      });
    }
  }
  if (covered === 0) return null;
  const startsInBar = first > Math.max(bars.time[path.from] ?? 0, trade.entryTime);
  return {
    rows: {
      open: Float64Array.from(rows, ({ open }) => open),
      high: Float64Array.from(rows, ({ high }) => high),
      low: Float64Array.from(rows, ({ low }) => low),
      close: Float64Array.from(rows, ({ close }) => close),
      from: 0,
      to: rows.length,
      entryPartial: path.entryPartial && startsInBar,
      partialFrom: partialFrom === -1 ? rows.length : partialFrom,
      nextWorse: null,
      nextBetter: null,
      prints: Uint8Array.from(rows, ({ print }) => print),
    },
    units: Float64Array.from(rows, ({ unit }) => unit),
  };
}

type Point = {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly unit: number;
  readonly print: 0 | 1;
};

function barPoint({ bars, atrBefore }: Series, row: number): Point {
  return {
    open: bars.open[row]!,
    high: bars.high[row]!,
    low: bars.low[row]!,
    close: bars.close[row]!,
    unit: atrBefore[row]!,
    print: 0,
  };
}

function firstAfter(times: Float64Array, time: number): number {
  let at = firstAtOrAfter(times, time);
  while (at < times.length && times[at]! === time) at += 1;
  return at;
}
