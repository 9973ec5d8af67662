/**
 * A window of values that is kept in ascending order while it moves: a step costs a search and one move of memory, where to sort
 * anew costs n log n.
 */

/** Ascending; changed in place by every step. */
export type SortedWindow = Float64Array;

/** @param values  finite, in any order; they stay as they are */
export function createSortedWindow(values: Float64Array): SortedWindow {
  return values.slice().sort();
}

/**
 * Takes one value out and another one in.
 *
 * @throws RangeError where no value equals the one that leaves, or the one that enters is not finite
 * Cost  O(log n) comparisons and one move of at most n values
 */
export function slideWindow(window: SortedWindow, leaving: number, entering: number): void {
  if (!Number.isFinite(entering))
    throw new RangeError(`a value that enters a window must be finite, was ${entering}`);
  const from = firstAtLeast(window, leaving);
  if (window[from] !== leaving)
    throw new RangeError(`a value that leaves a window must be in it, was ${leaving}`);
  const to = firstAtLeast(window, entering);
  // What lies between the two places moves by one; the place of the one that leaves is free.
  if (to > from) {
    window.copyWithin(from, from + 1, to);
    window[to - 1] = entering;
  } else {
    window.copyWithin(to + 1, to, from);
    window[to] = entering;
  }
}

/** The first place whose value is at least this one; the length where none is. */
function firstAtLeast(window: SortedWindow, value: number): number {
  let low = 0;
  let high = window.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (window[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
