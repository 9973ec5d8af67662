/**
 * Prices that are known at exact moments inside bars: those of one's own trades. The path of a bar is an assumption and must
 * not contradict them, so it passes them on its way; without that an entry would stand at a price that the path never had.
 */
import { type Bars, firstAtOrAfter } from '../market/bars.ts';
import type { Knots } from './knots.ts';

export type KnownPrice = { readonly symbol: string; readonly time: number; readonly price: number };

/** How far beyond the extremes of its bar a price may lie and still belong to it (RULES 1.4). */
const SLACK = 0.001;

/**
 * Knots that also pass the known prices of their symbol, in straight lines. A price that lies outside of its bar, at its
 * open, or at a moment that has a point already, is left out.
 *
 * @param known  ascending in time
 */
export function passKnown(knots: Knots, bars: Bars, known: readonly KnownPrice[]): Knots {
  const inside = known.filter((one, i) => one.time !== known[i - 1]?.time && isInside(bars, one));
  if (inside.length === 0) return knots;
  const count = knots.time.length;
  const time = new Float64Array(count + inside.length);
  const price = new Float64Array(count + inside.length);
  let length = 0;
  let next = 0;
  const write = (at: number, value: number) => {
    time[length] = at;
    price[length] = value;
    length += 1;
  };
  for (let i = 0; i < count; i += 1) {
    const at = knots.time[i]!;
    for (let one = inside[next]; one !== undefined && one.time <= at; one = inside[next]) {
      if (one.time < at && i > 0) write(one.time, clamped(bars, one));
      next += 1;
    }
    write(at, knots.price[i]!);
  }
  return { time: time.subarray(0, length), price: price.subarray(0, length) };
}

function rowOf({ time, interval }: Bars, moment: number): number {
  const row = firstAtOrAfter(time, moment) - 1;
  return row >= 0 && moment < time[row]! + interval ? row : -1;
}

function isInside(bars: Bars, { time, price }: KnownPrice): boolean {
  const row = rowOf(bars, time);
  if (row < 0 || bars.time[row + 1] === time) return false;
  return price >= bars.low[row]! * (1 - SLACK) && price <= bars.high[row]! * (1 + SLACK);
}

/** The extremes of a bar stay its extremes. */
function clamped(bars: Bars, { time, price }: KnownPrice): number {
  const row = rowOf(bars, time);
  return Math.min(bars.high[row]!, Math.max(bars.low[row]!, price));
}
