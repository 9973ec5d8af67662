/**
 * A price over time as few knots: between two knots of different times it moves log-linearly, between two of one time it
 * steps. What a scenario states, before it is laid out in bars.
 */
import type { Bars } from '../market/bars.ts';
import type { Known } from '../model/scenario.ts';
import type { Knots } from './knots.ts';

/** Times ascend, equal neighbours are a step; prices > 0. At least one knot. */
export type PriceLine = { readonly time: Float64Array; readonly price: Float64Array };

export function lineOf(points: readonly Known[]): PriceLine {
  const time = new Float64Array(points.length);
  const price = new Float64Array(points.length);
  for (const [i, point] of points.entries()) {
    time[i] = point.time;
    price[i] = point.value;
  }
  return { time, price };
}

/** a x (b / a) ^ share, never beyond either of them, whatever is rounded: `a` itself at 0. */
export function betweenPrices(a: number, b: number, share: number): number {
  if (a === b) return a;
  const between = a * Math.exp(share * Math.log(b / a));
  return a < b ? Math.min(b, Math.max(a, between)) : Math.max(b, Math.min(a, between));
}

/** The price at a moment, behind a step that lies there; the first before the first knot, the last after the last. */
export function priceAt({ time, price }: PriceLine, at: number): number {
  let next = 0;
  while (next < time.length && time[next]! <= at) next += 1;
  return behind({ time, price }, next, at);
}

/** @param next  the first knot after the moment */
function behind({ time, price }: PriceLine, next: number, at: number): number {
  if (next === 0) return price[0]!;
  if (next === time.length || time[next - 1] === at) return price[next - 1]!;
  return onLeg({ time, price }, next, at);
}

/** @param first  the first knot at or after the moment */
function before({ time, price }: PriceLine, first: number, at: number): number {
  if (first === time.length) return price[first - 1]!;
  if (first === 0 || time[first] === at) return price[first]!;
  return onLeg({ time, price }, first, at);
}

function onLeg({ time, price }: PriceLine, end: number, at: number): number {
  const since = time[end - 1]!;
  return betweenPrices(price[end - 1]!, price[end]!, (at - since) / (time[end]! - since));
}

/** Which part of a line is meant: `count` bars of an interval, the first at `from`. */
export type BarGrid = { readonly from: number; readonly interval: number; readonly count: number };

/** The bars of a line, without volume. Every knot lies in its bar: extremes are hit to the digit. O(knots + bars). */
export function barsOfLine(line: PriceLine, symbol: string, { from, interval, count }: BarGrid): Bars {
  const { time, price } = line;
  const columns = Array.from({ length: 6 }, () => new Float64Array(count));
  const [stamp, open, high, low, close, volume] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let knot = 0;
  for (let i = 0; i < count; i += 1) {
    const begin = from + i * interval;
    const end = begin + interval;
    while (knot < time.length && time[knot]! <= begin) knot += 1;
    const first = behind(line, knot, begin);
    let top = first;
    let bottom = first;
    let at = knot;
    for (; at < time.length && time[at]! < end; at += 1) {
      top = Math.max(top, price[at]!);
      bottom = Math.min(bottom, price[at]!);
    }
    const last = before(line, at, end);
    stamp[i] = begin;
    open[i] = first;
    high[i] = Math.max(top, last);
    low[i] = Math.min(bottom, last);
    close[i] = last;
  }
  return { symbol, interval, time: stamp, open, high, low, close, volume };
}

/** Every price as a function of it and of its moment; what joins two knots moves with them. */
export function mapLine(
  { time, price }: PriceLine,
  change: (price: number, time: number) => number,
): PriceLine {
  return { time, price: price.map((one, i) => change(one, time[i]!)) };
}

/** A knot more at a moment, where there is none: the line stays as it is. */
export function withKnot(line: PriceLine, at: number): PriceLine {
  const { time, price } = line;
  const place = time.findIndex((one) => one >= at);
  if (place <= 0 || time[place] === at) return line;
  return {
    time: Float64Array.of(...time.subarray(0, place), at, ...time.subarray(place)),
    price: Float64Array.of(...price.subarray(0, place), onLeg(line, place, at), ...price.subarray(place)),
  };
}

/** The product of two lines: exact at the knots of both, log-linear between them as they are. */
export function multiplyLines(a: PriceLine, b: PriceLine): PriceLine {
  const most = 2 * (a.time.length + b.time.length);
  const time = new Float64Array(most);
  const price = new Float64Array(most);
  let length = 0;
  let i = 0;
  let k = 0;
  while (i < a.time.length || k < b.time.length) {
    const at = Math.min(a.time[i] ?? Number.POSITIVE_INFINITY, b.time[k] ?? Number.POSITIVE_INFINITY);
    const arriving = before(a, i, at) * before(b, k, at);
    while (i < a.time.length && a.time[i]! === at) i += 1;
    while (k < b.time.length && b.time[k]! === at) k += 1;
    const leaving = behind(a, i, at) * behind(b, k, at);
    time[length] = at;
    price[length] = arriving;
    length += 1;
    if (leaving !== arriving) {
      time[length] = at;
      price[length] = leaving;
      length += 1;
    }
  }
  return { time: time.slice(0, length), price: price.slice(0, length) };
}

/** Which part of a line becomes a path: straight legs stand for its curve, none longer than `interval`. */
export type Stretch = { readonly from: number; readonly to: number; readonly interval: number };

/** The knots of a path along a line: its own, steps included, and one at every whole interval in between. */
export function knotsOfLine(line: PriceLine, { from, to, interval }: Stretch): Knots {
  const { time, price } = line;
  const most = time.length + Math.ceil((to - from) / interval) + 2;
  const knots = { time: new Float64Array(most), price: new Float64Array(most) };
  let length = 0;
  const push = (at: number, value: number) => {
    knots.time[length] = at;
    knots.price[length] = value;
    length += 1;
  };
  let next = 0;
  while (next < time.length && time[next]! <= from) next += 1;
  push(from, behind(line, next, from));
  let whole = from + interval;
  while (whole <= to) {
    while (next < time.length && time[next]! < whole) {
      push(time[next]!, price[next]!);
      next += 1;
    }
    push(whole, before(line, next, whole));
    // At the end a step would come after all that is asked about.
    const isLast = whole === to;
    while (next < time.length && time[next] === whole) {
      if (!isLast && price[next] !== knots.price[length - 1]) push(whole, price[next]!);
      next += 1;
    }
    whole += interval;
  }
  return { time: knots.time.slice(0, length), price: knots.price.slice(0, length) };
}
