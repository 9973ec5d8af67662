/** Pearson's correlation of two columns. */

/**
 *   sum (x - mean x)(y - mean y) / sqrt( sum (x - mean x)^2 * sum (y - mean y)^2 ), over the rows where both are finite
 *
 * @param least  rows that are needed
 * @returns in [-1, 1]; null with fewer rows, or where one of them never changes
 */
export function correlation(x: Float64Array, y: Float64Array, least: number): number | null {
  const rows = Math.min(x.length, y.length);
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < rows; i += 1) {
    if (!Number.isFinite(x[i]!) || !Number.isFinite(y[i]!)) continue;
    count += 1;
    sumX += x[i]!;
    sumY += y[i]!;
  }
  if (count < Math.max(2, least)) return null;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < rows; i += 1) {
    if (!Number.isFinite(x[i]!) || !Number.isFinite(y[i]!)) continue;
    const dx = x[i]! - sumX / count;
    const dy = y[i]! - sumY / count;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (xx === 0 || yy === 0) return null;
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}
