/**
 * One series as knots: between two knots of different times the price moves in a straight line, between two of one time
 * it steps.
 */
import { type Bars, firstAtOrAfter } from '../market/bars.ts';
import type { Ticks } from '../market/ticks.ts';

export type Knots = { readonly time: Float64Array; readonly price: Float64Array };

/**
 * The knots of bars: open, second point after a third of the interval, third after two, close at its end; in a hole the
 * price stays at the last close. Prints take the place of the bars that they cover from end to end, and step.
 */
export function knotsOf(bars: Bars, highFirst: Uint8Array, ticks: Ticks | null): Knots {
  const { time, interval } = bars;
  const rows = time.length;
  const covered = ticks === null ? { from: rows, to: rows } : coveredRows(bars, ticks);
  const prints = ticks === null ? 0 : ticks.time.length;
  const knots = writer(6 * rows + 2 * prints + 2);
  for (let row = 0; row < rows; row += 1) {
    if (ticks !== null && row === covered.from)
      writePrints(knots, ticks, time[row]!, endOf(bars, covered.to - 1));
    if (row >= covered.from && row < covered.to) continue;
    const at = time[row]!;
    knots.step(at, bars.open[row]!);
    const first = highFirst[row] === 1 ? bars.high[row]! : bars.low[row]!;
    const second = highFirst[row] === 1 ? bars.low[row]! : bars.high[row]!;
    knots.line(at + interval / 3, first);
    knots.line(at + (2 * interval) / 3, second);
    knots.line(at + interval, bars.close[row]!);
  }
  if (rows === 0 && ticks !== null)
    writePrints(knots, ticks, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return knots.done();
}

function endOf({ time, interval }: Bars, row: number): number {
  return time[row]! + interval;
}

/** The rows whose bars lie wholly between the first and the last print. */
function coveredRows(bars: Bars, { time }: Ticks): { readonly from: number; readonly to: number } {
  const rows = bars.time.length;
  const none = { from: rows, to: rows };
  if (time.length === 0) return none;
  const from = firstAtOrAfter(bars.time, time[0]!);
  let to = firstAtOrAfter(bars.time, time.at(-1)!);
  while (to > from && endOf(bars, to - 1) > time.at(-1)!) to -= 1;
  return to > from ? { from, to } : none;
}

function writePrints(knots: Writer, { time, price }: Ticks, from: number, to: number): void {
  const end = firstAtOrAfter(time, to);
  for (let i = firstAtOrAfter(time, from); i < end; i += 1) knots.step(time[i]!, price[i]!);
}

type Writer = {
  /** A straight line to a price. */
  readonly line: (at: number, price: number) => void;
  /** The price of before until `at`, then the new one. */
  readonly step: (at: number, price: number) => void;
  readonly done: () => Knots;
};

function writer(most: number): Writer {
  const time = new Float64Array(most);
  const price = new Float64Array(most);
  let length = 0;
  const line = (at: number, value: number) => {
    time[length] = at;
    price[length] = value;
    length += 1;
  };
  const step = (at: number, value: number) => {
    const before = length === 0 ? Number.NaN : price[length - 1]!;
    const since = length === 0 ? Number.NEGATIVE_INFINITY : time[length - 1]!;
    // A first price steps out of nothing; a price that did not change needs no step.
    if (at > since) line(at, before);
    if (value !== before) line(at, value);
  };
  return { line, step, done: () => ({ time: time.subarray(0, length), price: price.subarray(0, length) }) };
}
