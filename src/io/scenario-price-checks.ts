/** What the stated prices of a scenario must hold together: bars, points, and the window that they reach over. */
import { intervalText } from '../market/gate/interval.ts';
import type { Known, KnownBar, KnownBars } from '../model/scenario.ts';
import { utcText } from '../model/utc-text.ts';
import type { AssetEntry, ScenarioFile } from './scenario-schema.ts';
import type { Refuse } from './stated-text.ts';

type Window = Pick<ScenarioFile, 'start' | 'end' | 'interval' | 'prices'>;

/** The prices of one asset, where they stand, and what they are held to. */
type Priced = {
  readonly path: string;
  readonly bars: readonly KnownBars[];
  readonly points: readonly Known[];
  readonly window: Window;
  readonly refuse: Refuse;
};

/**
 * Holds the prices of an asset against each other and against the window of the file.
 *
 * @returns the time of the first price
 */
export function checkPrices(
  { bars = [], points = [] }: AssetEntry,
  path: string,
  window: Window,
  refuse: Refuse,
): number {
  const priced: Priced = { path, bars, points, window, refuse };
  for (const [index, block] of bars.entries()) checkBlock(block, index, priced);
  checkPoints(priced);
  checkOverlap(priced);
  return checkReach(priced);
}

function checkBlock({ interval, rows }: KnownBars, index: number, priced: Priced): void {
  const { window, refuse } = priced;
  const path = `${priced.path}.bars[${index}]`;
  if (interval % window.interval !== 0) {
    const message = `${path}.interval must be a whole multiple of that of the file, ${intervalText(window.interval)}, was ${intervalText(interval)}`;
    refuse(
      `${path}.interval`,
      message,
      'Lower the interval of the file so that it divides that of these bars',
    );
  }
  const before = priced.bars[index - 1];
  const free = before === undefined ? null : endOf(before);
  for (const [i, bar] of rows.entries()) {
    const at = `${path}.rows[${i}]`;
    if (bar.time % interval !== 0) {
      const message = `${at} must open on the grid of its interval, was ${utcText(bar.time)}`;
      refuse(at, message, 'Name the open of the bar, a multiple of the interval from 00:00 UTC');
    }
    const least = i === 0 ? free : (rows[i - 1]?.time ?? 0) + interval;
    if (least !== null && bar.time < least) {
      const message = `${at} must open at or after the end of the bar before, ${utcText(least)}, was ${utcText(bar.time)}`;
      refuse(at, message, 'Sort the bars by time, and state each moment once');
    }
    checkRange(bar, at, refuse);
  }
}

function checkRange({ open, high, low, close }: KnownBar, path: string, refuse: Refuse): void {
  if (low <= Math.min(open, close) && high >= Math.max(open, close)) return;
  const message = `${path} must have open and close between low and high, was open ${open}, high ${high}, low ${low}, close ${close}`;
  refuse(path, message, 'Write [time, open, high, low, close]');
}

/** Ascending, two of one time on the grid alone, three never. */
function checkPoints({ path, points, window, refuse }: Priced): void {
  for (let i = 1; i < points.length; i += 1) {
    const { time } = points[i] ?? { time: 0 };
    const last = points[i - 1]?.time ?? 0;
    const at = `${path}.points[${i}]`;
    if (time < last) {
      const message = `${at} must not be earlier than the point before, was ${utcText(time)} after ${utcText(last)}`;
      refuse(at, message, 'Sort the points by time');
    }
    if (time > last) continue;
    if (points[i - 2]?.time === time) {
      const message = `${at} must be at most the second of its time, was the third at ${utcText(time)}`;
      refuse(at, message, 'A step has the price before and the price after; leave the others out');
    }
    if (time % window.interval !== 0) {
      const message = `${at} must be a step on the grid of the interval of the file, was one at ${utcText(time)}`;
      refuse(at, message, 'Move the step onto the grid, or give its two prices times of their own');
    }
  }
}

/** No point inside a bar, its open included; at the end of one, where its close is known, at most one. Both ascend: one pass. */
function checkOverlap({ path, bars, points, refuse }: Priced): void {
  let i = 0;
  for (const [block, { interval, rows }] of bars.entries()) {
    for (const [row, { time: open }] of rows.entries()) {
      const bar = `the bar of ${utcText(open)}, ${path}.bars[${block}].rows[${row}]`;
      while (i < points.length && (points[i]?.time ?? 0) < open) i += 1;
      const at = `${path}.points[${i}]`;
      const time = points[i]?.time ?? Number.POSITIVE_INFINITY;
      if (time < open + interval) {
        const message = `${at} must lie outside the bars, was at ${utcText(time)} in ${bar}`;
        refuse(at, message, 'Leave the point out, or the bar');
      }
      if (time === open + interval && points[i + 1]?.time === time) {
        const message = `${at} must be the only point where a bar closes, was one of two at the end of ${bar}`;
        refuse(at, message, 'The close is the price before; leave the first of the two out');
      }
    }
  }
}

function checkReach({ path, bars, points, window, refuse }: Priced): number {
  const { start, end } = window;
  const where = points.length > 0 ? `${path}.points` : `${path}.bars`;
  const first = Math.min(bars[0]?.rows[0]?.time ?? Infinity, points[0]?.time ?? Infinity);
  const lastBlock = bars.at(-1);
  const last = Math.max(
    lastBlock === undefined ? -Infinity : endOf(lastBlock),
    points.at(-1)?.time ?? -Infinity,
  );
  if (first > start) {
    const message = `${where} must reach from start, ${utcText(start)}, was first at ${utcText(first)}`;
    refuse(where, message, 'State its price at start or before, or move start');
  }
  if (last < end) {
    const message = `${where} must reach to end, ${utcText(end)}, was last at ${utcText(last)}`;
    refuse(where, message, 'State its price at end or after, or move end');
  }
  if (window.prices === 'relative') checkUnit({ path: where, bars, points, window, refuse });
  return first;
}

/** Relative prices count from the one at the start: behind a step that lies there. */
function checkUnit({ path, bars, points, window: { start }, refuse }: Priced): void {
  const point = points.findLast(({ time }) => time === start)?.value;
  const opens = bars.flatMap(({ rows }) => rows.filter(({ time }) => time === start).map(({ open }) => open));
  const closes = bars.flatMap(({ interval, rows }) =>
    rows.filter(({ time }) => time + interval === start).map(({ close }) => close),
  );
  const known = point ?? opens[0] ?? closes[0];
  if (known === 1) return;
  const message = `${path} must be 1 at start, ${utcText(start)}, where prices are relative, was ${known ?? 'not stated'}`;
  refuse(path, message, `Divide its prices by that at start, or write prices: absolute`);
}

function endOf({ interval, rows }: KnownBars): number {
  return (rows.at(-1)?.time ?? 0) + interval;
}
