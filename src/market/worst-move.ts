/**
 * The worst move against a position that was opened at some close and held for at most a time: what a stop, a margin or a
 * cap has to live through.
 *
 *   fall  max over i of 1 - (lowest low of the bars that end within the time after close i) / close_i
 *   rise  max over i of (highest high of those bars) / close_i - 1
 *
 * Extremes of bars, since that is what liquidates. What happened across a hole that splits the series is not in it.
 *
 * Cost  O(n): the extremes ahead are kept in a queue that only loses what a later bar surpasses
 */
import type { Bars } from './bars.ts';

export type WorstMove = {
  /** A fraction of the price at the opening, >= 0; 0 where it never went against the position. */
  readonly move: number;
  /** The open of the bar that it ended in, UTC ms; null where it is 0. */
  readonly time: number | null;
};

export type Held = {
  /** +1 a long, which fears a fall; -1 a short, which fears a rise. */
  readonly side: 1 | -1;
  /** ms; bars that end later are not looked at. At least one bar is. */
  readonly horizon: number;
  /** First rows of the segments, ascending (`segmentStarts`). */
  readonly starts: Int32Array;
};

export function worstMove(bars: Bars, { side, horizon, starts }: Held): WorstMove {
  let worst: WorstMove = { move: 0, time: null };
  for (let segment = 0; segment < starts.length; segment += 1) {
    const to = segment + 1 < starts.length ? starts[segment + 1]! : bars.time.length;
    const own = worstOfSegment(bars, { side, horizon, from: starts[segment]!, to });
    if (own.move > worst.move) worst = own;
  }
  return worst;
}

type Segment = Pick<Held, 'side' | 'horizon'> & { readonly from: number; readonly to: number };

function worstOfSegment(bars: Bars, { side, horizon, from, to }: Segment): WorstMove {
  const { time, close, interval } = bars;
  const adverse = side > 0 ? bars.low : bars.high;
  const queue = new Int32Array(to - from);
  let head = 0;
  let tail = 0;
  let next = from + 1;
  let move = 0;
  let at = -1;
  for (let i = from; i < to - 1; i += 1) {
    const until = time[i]! + interval + Math.max(horizon, time[i + 1]! - time[i]!);
    for (; next < to && time[next]! + interval <= until; next += 1) {
      while (tail > head && side * adverse[next]! < side * adverse[queue[tail - 1]!]!) tail -= 1;
      queue[tail] = next;
      tail += 1;
    }
    while (queue[head]! <= i) head += 1;
    const extreme = queue[head]!;
    const against = side * (1 - adverse[extreme]! / close[i]!);
    if (against > move) {
      move = against;
      at = extreme;
    }
  }
  return { move, time: at < 0 ? null : time[at]! };
}
