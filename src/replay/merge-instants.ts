/** The instants of a path: the union of the times of its series, with a step wherever one of them steps. */

/** `jump` is 1 where prices step at the time of the instant before. */
export type Instants = { readonly time: Float64Array; readonly jump: Uint8Array };

/**
 * Merges the times of knots. A time that comes twice in a series is a step of it, three times two steps; at one time all
 * series step together, as often as the one that steps most.
 *
 * @param series  of each series the times of its knots, never decreasing
 * @param from    the first instant: one of its own where it lies between two times of the series; -Infinity for all
 * @param to      the last instant, in the same way; Infinity for all
 *
 * Cost  O(instants * series)
 */
export function mergeInstants(series: readonly Float64Array[], from: number, to: number): Instants {
  const most = series.reduce((sum, { length }) => sum + length, 2);
  const out: Growing = { time: new Float64Array(most), jump: new Uint8Array(most), length: 0 };
  const next = new Int32Array(series.length);
  const head = Float64Array.from(series, (time) => headOf(time, 0));
  let begun = false;
  for (let at = least(head); at < Number.POSITIVE_INFINITY && from <= to; at = least(head)) {
    if (at > from && begun && out.length === 0) push(out, from, 0);
    if (at > to) {
      if (begun && out.time[out.length - 1]! < to) push(out, to, 0);
      break;
    }
    begun = true;
    const knots = passTime(series, next, head, at);
    if (at < from) continue;
    for (let k = 0; k < knots; k += 1) push(out, at, k === 0 ? 0 : 1);
  }
  return { time: out.time.slice(0, out.length), jump: out.jump.slice(0, out.length) };
}

type Growing = { readonly time: Float64Array; readonly jump: Uint8Array; length: number };

function push(out: Growing, at: number, jump: number): void {
  out.time[out.length] = at;
  out.jump[out.length] = jump;
  out.length += 1;
}

function headOf(time: Float64Array, row: number): number {
  return row < time.length ? time[row]! : Number.POSITIVE_INFINITY;
}

function least(head: Float64Array): number {
  let at = Number.POSITIVE_INFINITY;
  for (let k = 0; k < head.length; k += 1) {
    const own = head[k]!;
    if (own < at) at = own;
  }
  return at;
}

/** Moves every series behind `at`; the largest number of knots that one of them has there. */
function passTime(series: readonly Float64Array[], next: Int32Array, head: Float64Array, at: number): number {
  let most = 0;
  for (let k = 0; k < head.length; k += 1) {
    if (head[k] !== at) continue;
    const time = series[k]!;
    const first = next[k]!;
    let row = first + 1;
    while (row < time.length && time[row] === at) row += 1;
    next[k] = row;
    head[k] = headOf(time, row);
    if (row - first > most) most = row - first;
  }
  return most;
}
