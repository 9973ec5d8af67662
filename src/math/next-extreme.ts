/**
 * For each element the next one that exceeds it, by a monotonic stack in O(n).
 *
 * Following the links from a row visits exactly the records of the running extreme from there on, so a holding period of
 * ten thousand rows costs a dozen steps.
 */

/**
 * The links to lower elements of the rows [from, to).
 *
 * @returns  length to - from; result[i - from] is the least j in (i, to) with xs[j] < xs[i], or `to` where there is none
 */
export function nextLower(xs: Float64Array, from = 0, to = xs.length): Int32Array {
  const next = new Int32Array(to - from);
  // Walked from the end, the links already made are the stack: what is not lower is skipped by its own link.
  for (let i = to - 1; i >= from; i -= 1) {
    const x = xs[i]!;
    let j = i + 1;
    while (j < to && xs[j]! >= x) j = next[j - from]!;
    next[i - from] = j;
  }
  return next;
}

/** The links to higher elements, as `nextLower` with xs[j] > xs[i]. */
export function nextHigher(xs: Float64Array, from = 0, to = xs.length): Int32Array {
  const next = new Int32Array(to - from);
  for (let i = to - 1; i >= from; i -= 1) {
    const x = xs[i]!;
    let j = i + 1;
    while (j < to && xs[j]! <= x) j = next[j - from]!;
    next[i - from] = j;
  }
  return next;
}
