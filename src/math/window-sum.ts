/**
 * The sum of what was added within a span of time up to now.
 *
 * Nothing is ever taken off a sum: that would leave the rounding of a crash behind long after the crash has left. Entries
 * wait in two stacks instead. The newer ones have one running sum; of the older ones each knows the sum of itself and all
 * older ones that are younger than it, so that the oldest can leave. When the older ones are used up, the newer ones
 * become older ones. Every entry is added twice at most.
 */
export type WindowSum = {
  /** An entry leaves `span` after its time. */
  readonly span: number;
  /** Rings of one length, a power of two; entry n lies at n modulo it. */
  time: Float64Array;
  value: Float64Array;
  /** Of an older entry: the sum of it and of all older entries that came after it. */
  rest: Float64Array;
  /** Entries ever left, ever made older, ever added. */
  left: number;
  turned: number;
  added: number;
  /** Of the entries that are not older ones yet. */
  newer: number;
};

const ROOM = 16;

/** @param span  > 0, in the unit of the times */
export function createWindowSum(span: number): WindowSum {
  return {
    span,
    time: new Float64Array(ROOM),
    value: new Float64Array(ROOM),
    rest: new Float64Array(ROOM),
    left: 0,
    turned: 0,
    added: 0,
    newer: 0,
  };
}

/** Adds a value at a time, which is not before the one added last. */
export function addToWindow(window: WindowSum, time: number, value: number): void {
  if (window.added - window.left === window.time.length) grow(window);
  const at = window.added & (window.time.length - 1);
  window.time[at] = time;
  window.value[at] = value;
  window.newer += value;
  window.added += 1;
}

/** The sum of the entries of (now - span, now]; those before it leave for good, so `now` never goes back. */
export function windowSumAt(window: WindowSum, now: number): number {
  while (nextLeaving(window) <= now) leave(window);
  if (window.left === window.turned) return window.newer;
  return window.rest[window.left & (window.time.length - 1)]! + window.newer;
}

/** When the oldest entry leaves; Infinity where there is none. */
export function nextLeaving({ time, span, left, added }: WindowSum): number {
  return left === added ? Number.POSITIVE_INFINITY : time[left & (time.length - 1)]! + span;
}

function leave(window: WindowSum): void {
  if (window.left === window.turned) turn(window);
  window.left += 1;
}

/** Makes all newer entries older ones. */
function turn(window: WindowSum): void {
  const { value, rest, left, added } = window;
  const mask = value.length - 1;
  let sum = 0;
  for (let n = added - 1; n >= left; n -= 1) {
    sum += value[n & mask]!;
    rest[n & mask] = sum;
  }
  window.turned = added;
  window.newer = 0;
}

function grow(window: WindowSum): void {
  window.time = widened(window.time, window);
  window.value = widened(window.value, window);
  window.rest = widened(window.rest, window);
}

function widened(ring: Float64Array, { left, added }: WindowSum): Float64Array {
  const wide = new Float64Array(2 * ring.length);
  for (let n = left; n < added; n += 1) wide[n & (wide.length - 1)] = ring[n & (ring.length - 1)]!;
  return wide;
}
