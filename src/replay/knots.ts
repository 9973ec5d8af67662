/**
 * One series as knots: between two knots of different times the price moves in a straight line, between two of one time
 * it steps.
 */
import type { Bars } from '../market/bars.ts';
import type { Ticks } from '../market/ticks.ts';

/** Time never decreases. The first knot has no price (NaN) and the time of the second: the series begins with a step. */
export type Knots = { readonly time: Float64Array; readonly price: Float64Array };

/**
 * The knots of bars: open, second point after a third of the interval, third after two, close at its end; in a hole the
 * price stays at the last close. A bar that the next one overlaps ends where that begins.
 *
 * Prints take the place of the bars that they cover: those that lie wholly between the first and the last print and hold
 * one at least, since a bar without a print may lie in a hole of the prints. Prints outside of all bars count as well. A
 * print steps to its price; one that leaves the price where it is adds nothing.
 *
 * @param highFirst  a row a bar: 1 where the second point is the high
 */
export function knotsOf(bars: Bars, highFirst: Uint8Array, ticks: Ticks | null): Knots {
  const prints = ticks ?? NO_PRINTS;
  const printTime = prints.time;
  const count = printTime.length;
  const first = count > 0 ? printTime[0]! : Number.POSITIVE_INFINITY;
  const last = count > 0 ? printTime[count - 1]! : Number.NEGATIVE_INFINITY;
  const rows = bars.time.length;
  const knots = emptyKnots(5 * rows + 2 * count);
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    const from = bars.time[row]!;
    const to = endOf(bars, row);
    const inHole = next;
    while (next < count && printTime[next]! < from) next += 1;
    writePrints(knots, prints, inHole, next);
    const inside = next;
    while (next < count && printTime[next]! < to) next += 1;
    if (next > inside && first <= from && to <= last) writePrints(knots, prints, inside, next);
    else writeBar(knots, bars, row, highFirst[row]!);
  }
  writePrints(knots, prints, next, count);
  return { time: knots.time.subarray(0, knots.length), price: knots.price.subarray(0, knots.length) };
}

const NO_PRINTS: Pick<Ticks, 'time' | 'price'> = { time: new Float64Array(0), price: new Float64Array(0) };

type Growing = { readonly time: Float64Array; readonly price: Float64Array; length: number };

function emptyKnots(most: number): Growing {
  return { time: new Float64Array(most), price: new Float64Array(most), length: 0 };
}

function endOf({ time, interval }: Bars, row: number): number {
  const end = time[row]! + interval;
  return row + 1 < time.length && time[row + 1]! < end ? time[row + 1]! : end;
}

function writeBar(knots: Growing, bars: Bars, row: number, highFirst: number): void {
  const from = bars.time[row]!;
  const to = endOf(bars, row);
  const high = bars.high[row]!;
  const low = bars.low[row]!;
  step(knots, from, bars.open[row]!);
  line(knots, from + (to - from) / 3, highFirst === 1 ? high : low);
  line(knots, from + (2 * (to - from)) / 3, highFirst === 1 ? low : high);
  line(knots, to, bars.close[row]!);
}

function writePrints(knots: Growing, prints: Pick<Ticks, 'time' | 'price'>, from: number, to: number): void {
  for (let i = from; i < to; i += 1) {
    const price = prints.price[i]!;
    if (knots.length === 0 || knots.price[knots.length - 1] !== price) step(knots, prints.time[i]!, price);
  }
}

/** A straight line to a price. */
function line(knots: Growing, at: number, price: number): void {
  const { length } = knots;
  knots.time[length] = at;
  knots.price[length] = price;
  knots.length = length + 1;
}

/** The price of before until `at`, then the new one; a first price steps out of nothing. */
function step(knots: Growing, at: number, price: number): void {
  const { length } = knots;
  const before = length === 0 ? Number.NaN : knots.price[length - 1]!;
  if (length === 0 || knots.time[length - 1]! < at) line(knots, at, before);
  if (price !== before) line(knots, at, price);
}
