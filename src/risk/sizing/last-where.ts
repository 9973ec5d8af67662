/** Halvings after which an interval is as narrow as doubles near its middle. */
const HALVINGS = 200;

/**
 * The last point of (low, high) up to which a condition holds, where it holds near `low` and fails from some point on.
 * By bisection, to the neighbouring double.
 */
export function lastWhere(holds: (x: number) => boolean, low: number, high: number): number {
  let from = low;
  let to = high;
  for (let k = 0; k < HALVINGS; k += 1) {
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to) break;
    if (holds(middle)) from = middle;
    else to = middle;
  }
  return from;
}
