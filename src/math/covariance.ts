/** Covariance matrices, row by row in one column: cell (i, j) of n x n stands at i * n + j. */

/**
 * The sample covariance of columns of equal length, about their means:
 *
 *   sum (x - mean x)(y - mean y) / (rows - 1)
 *
 * @param columns  one a variable, all of one length >= 2, finite
 */
export function sampleCovariance(columns: readonly Float64Array[]): Float64Array {
  const n = columns.length;
  const rows = columns[0]?.length ?? 0;
  const centred = columns.map((column) => {
    const mean = column.reduce((sum, one) => sum + one, 0) / rows;
    return column.map((one) => one - mean);
  });
  const matrix = new Float64Array(n * n);
  for (const [i, x] of centred.entries()) {
    for (const [j, y] of centred.entries()) {
      let sum = 0;
      for (let row = 0; row < rows; row += 1) sum += x[row]! * y[row]!;
      matrix[i * n + j] = sum / (rows - 1);
    }
  }
  return matrix;
}

/**
 * The same volatilities with one correlation between any two: sigma_i * sigma_j * correlation.
 *
 * @param correlation  in [0, 1]
 * Source  S4 correlation crisis; RULES 4.3
 */
export function withCorrelation(covariance: Float64Array, correlation: number): Float64Array {
  const n = Math.round(Math.sqrt(covariance.length));
  const sigma = Float64Array.from({ length: n }, (_, i) => Math.sqrt(covariance[i * n + i]!));
  return covariance.map((own, cell) => {
    const i = Math.floor(cell / n);
    const j = cell % n;
    return i === j ? own : sigma[i]! * sigma[j]! * correlation;
  });
}
