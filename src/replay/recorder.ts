/** What a run remembers of its instants: equity with its extremes, drawdown, and how near the margin came. */
import type { MarginView } from '../risk/read-margin.ts';
import { createEquityCurve, type EquityCurve, observe } from './downsample.ts';

export type Recorder = {
  readonly curve: EquityCurve;
  /** The lowest margin level of the scopes over time; null where nobody wants it. */
  readonly levels: EquityCurve | null;
  /** One cell: the equity of all accounts now. */
  readonly total: Float64Array;
  /** The highest equity so far, the start included. */
  peak: number;
  /** 1 - equity / peak at its worst; above 1 where equity fell below 0. */
  maxDrawdown: number;
  /** The lowest equity / maintenance of any scope; Infinity while no maintenance was asked. */
  minMarginLevel: number;
  /** The lowest equity / initial margin of any scope with a position; Infinity without one. */
  minMarginRemaining: number;
};

export function createRecorder(instants: number, points: number, withLevels: boolean): Recorder {
  return {
    curve: createEquityCurve(instants, points),
    levels: withLevels ? createEquityCurve(instants, points) : null,
    total: new Float64Array(1),
    peak: Number.NEGATIVE_INFINITY,
    maxDrawdown: 0,
    minMarginLevel: Number.POSITIVE_INFINITY,
    minMarginRemaining: Number.POSITIVE_INFINITY,
  };
}

/**
 * Records one instant: the equity of all accounts in `total[0]`, and the scopes as `readMargin` wrote them. Part of the
 * hot loop.
 */
export function record(recorder: Recorder, view: MarginView, instant: number, time: number): void {
  const equity = recorder.total[0]!;
  observe(recorder.curve, instant, time, equity);
  if (recorder.levels !== null) observeLevel(recorder.levels, view, instant, time);
  if (equity > recorder.peak) recorder.peak = equity;
  else if (equity < recorder.peak * (1 - recorder.maxDrawdown))
    recorder.maxDrawdown = 1 - equity / recorder.peak;
  const { scopes, equity: owned, maintenance, initial } = view;
  // Two locals spare two reads of the recorder a scope.
  let level = recorder.minMarginLevel;
  let remaining = recorder.minMarginRemaining;
  for (let k = 0; k < scopes; k += 1) {
    const own = owned[k]!;
    const kept = maintenance[k]!;
    if (kept > 0 && own < level * kept) level = own / kept;
    const margin = initial[k]!;
    if (margin > 0 && own < remaining * margin) remaining = own / margin;
  }
  recorder.minMarginLevel = level;
  recorder.minMarginRemaining = remaining;
}

/** The lowest equity / maintenance of the scopes; nothing while no maintenance is asked. */
function observeLevel(levels: EquityCurve, view: MarginView, instant: number, time: number): void {
  const { scopes, equity, maintenance } = view;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < scopes; k += 1) {
    const kept = maintenance[k]!;
    if (kept > 0) least = Math.min(least, equity[k]! / kept);
  }
  if (least < Number.POSITIVE_INFINITY) observe(levels, instant, time, least);
}
