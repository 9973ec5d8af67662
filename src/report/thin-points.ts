/** Fewer points that draw the same picture. */

/** A series with more points than this is thinned. */
export const POINTS_MAX = 4000;

/**
 * Of a line: in each pixel column its first, lowest, highest and last point, in their order, so that no spike is lost.
 *
 * @param points x0, y0, x1, y1, ... in pixels, x never decreasing
 */
export function thinLine(points: readonly number[]): readonly number[] {
  if (points.length / 2 <= POINTS_MAX) return points;
  const kept: number[] = [];
  for (let from = 0; from < points.length; ) {
    const column = Math.floor(points[from]!);
    let to = from;
    let low = from;
    let high = from;
    while (to < points.length && Math.floor(points[to]!) === column) {
      if (points[to + 1]! < points[low + 1]!) low = to;
      if (points[to + 1]! > points[high + 1]!) high = to;
      to += 2;
    }
    const places = [...new Set([from, low, high, to - 2])].sort((a, b) => a - b);
    for (const at of places) kept.push(points[at]!, points[at + 1]!);
    from = to;
  }
  return kept;
}

/** Of a cloud: one point for each pixel that has some, the first. */
export function thinCloud(points: readonly number[]): readonly number[] {
  if (points.length / 2 <= POINTS_MAX) return points;
  const seen = new Set<string>();
  const kept: number[] = [];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const key = `${Math.round(points[at]!)} ${Math.round(points[at + 1]!)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(points[at]!, points[at + 1]!);
  }
  return kept;
}
