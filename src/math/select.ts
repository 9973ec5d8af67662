/** Above this many values a pivot is chosen by a selection among a sample. */
const SAMPLED = 600;

/**
 * The k-th smallest value (0-based), found in place: afterwards nothing before k is larger than it and nothing behind it
 * is smaller.
 *
 * @param xs  length > k; reordered
 * Cost       O(n) on average, about n + min(k, n - k) comparisons; allocates nothing
 * Source     Floyd and Rivest 1975, Algorithm 489: the algorithm SELECT, Communications of the ACM 18
 */
export function selectInPlace(xs: Float64Array, k: number): number {
  selectBetween(xs, k, 0, xs.length - 1);
  return xs[k]!;
}

function selectBetween(xs: Float64Array, k: number, first: number, last: number): void {
  let left = first;
  let right = last;
  while (left < right) {
    if (right - left >= SAMPLED) sample(xs, k, left, right);
    const pivot = xs[k]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (xs[i]! < pivot) i += 1;
      while (xs[j]! > pivot) j -= 1;
      if (i > j) break;
      const swapped = xs[i]!;
      xs[i] = xs[j]!;
      xs[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}

/** Brings to k a value that is probably close to the sought one: the one of its rank in a sample around k. */
function sample(xs: Float64Array, k: number, left: number, right: number): void {
  const n = right - left + 1;
  const rank = k - left + 1;
  const log = Math.log(n);
  const size = 0.5 * Math.exp((2 * log) / 3);
  const spread = 0.5 * Math.sqrt((log * size * (n - size)) / n) * (rank < n / 2 ? -1 : 1);
  const from = Math.max(left, Math.floor(k - (rank * size) / n + spread));
  const to = Math.min(right, Math.floor(k + ((n - rank) * size) / n + spread));
  selectBetween(xs, k, from, to);
}
