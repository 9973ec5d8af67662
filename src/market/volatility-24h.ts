/**
 * What has happened to a symbol in the last 24 hours, by completed bars alone: the volatility that breakers and fills look
 * at, and the volume.
 *
 *   volatility24h = sqrt( sum of log(close[i] / close[i - 1])^2 over the bars completed in the 24 h up to now )
 *
 * Not annualised (RULES 1.12). Completed in the 24 h up to now is an end in (now - 24 h, now]. The first bar, and one that
 * ends more than a window after the bar before it, moves from its own open: what it moved across is older than the window.
 * A shorter hole is bridged, since what happened in it happened in these hours.
 *
 * Bars longer than a day have a window of one bar, scaled to a day: volatility by the root of the share, volume by it.
 */
import {
  addToWindow,
  createWindowSum,
  nextLeaving,
  type WindowSum,
  windowSumAt,
} from '../math/window-sum.ts';
import { MS_PER_DAY } from '../model/time.ts';
import { type Bars, firstAtOrAfter } from './bars.ts';

/** The state of a running volatility; plain data, changed in place. */
export type Volatility24h = {
  readonly squares: WindowSum;
  /** Of the last bar; -Infinity and NaN before the first. */
  end: number;
  close: number;
};

/** @param interval  of the bars, ms */
export function createVolatility24h(interval: number): Volatility24h {
  return {
    squares: createWindowSum(Math.max(MS_PER_DAY, interval)),
    end: Number.NEGATIVE_INFINITY,
    close: Number.NaN,
  };
}

/** Takes a bar at its end and returns the volatility that is known then: a fraction of the price, for 24 h. */
export function stepVolatility24h(state: Volatility24h, end: number, open: number, close: number): number {
  const isNear = end - state.end <= state.squares.span;
  const move = Math.log(close / (isNear ? state.close : open));
  state.end = end;
  state.close = close;
  addToWindow(state.squares, end, move * move);
  return volatility24hAt(state, end);
}

/** The volatility at a time at or after the last bar; bars that have left the 24 h are forgotten. 0 without any. */
export function volatility24hAt({ squares }: Volatility24h, now: number): number {
  return Math.sqrt(windowSumAt(squares, now) * shareOf(squares));
}

/** The share of a day in the window. */
function shareOf({ span }: WindowSum): number {
  return MS_PER_DAY / span;
}

/** Both measures from each time on at which one changes until the next; 0 before the first. */
export type Day = {
  /** UTC ms, ascending. */
  readonly time: Float64Array;
  /** A fraction of the price, for 24 h. */
  readonly sigma: Float64Array;
  /** In the unit of the file, for 24 h. */
  readonly volume: Float64Array;
};

/** The day before any time, by the steps above: a change where a bar is completed, and where one leaves. O(n). */
export function last24h({ time, open, close, volume, interval }: Bars): Day {
  const state = createVolatility24h(interval);
  const traded = createWindowSum(state.squares.span);
  const day = emptyDay(2 * time.length);
  for (let i = 0; i < time.length; i += 1) {
    const end = time[i]! + interval;
    leaveUntil(day, state, traded, end);
    addToWindow(traded, end, volume[i]!);
    write(day, end, stepVolatility24h(state, end, open[i]!, close[i]!), traded);
  }
  leaveUntil(day, state, traded, Number.POSITIVE_INFINITY);
  const { length } = day;
  return {
    time: day.time.slice(0, length),
    sigma: day.sigma.slice(0, length),
    volume: day.volume.slice(0, length),
  };
}

type Growing = Day & { length: number };

function emptyDay(most: number): Growing {
  return {
    time: new Float64Array(most),
    sigma: new Float64Array(most),
    volume: new Float64Array(most),
    length: 0,
  };
}

/** Writes what is left whenever a bar leaves before `end`. */
function leaveUntil(day: Growing, state: Volatility24h, traded: WindowSum, end: number): void {
  for (let at = nextLeaving(traded); at < end; at = nextLeaving(traded)) {
    write(day, at, volatility24hAt(state, at), traded);
  }
}

function write(day: Growing, at: number, sigma: number, traded: WindowSum): void {
  day.time[day.length] = at;
  day.sigma[day.length] = sigma;
  day.volume[day.length] = windowSumAt(traded, at) * shareOf(traded);
  day.length += 1;
}

/** The last bar that is completed at a moment; -1 where there is none. */
export function lastCompleted({ time, interval }: Bars, moment: number): number {
  const after = firstAtOrAfter(time, moment - interval);
  return after < time.length && time[after]! === moment - interval ? after : after - 1;
}
