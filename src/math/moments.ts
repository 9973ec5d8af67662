/**
 * Spread and shape of a sample, about its mean, by sums of powers of deviations.
 *
 *   m_k = (1 / n) sum of (x - mean)^k
 *
 * variance         n m_2 / (n - 1), unbiased; the standard deviation is its root
 * skewness         m_3 / m_2^1.5, the population moment ratio g1
 * excess kurtosis  m_4 / m_2^2 - 3, the population moment ratio g2; 0 for a normal distribution
 *
 * Skewness and kurtosis are not corrected for small samples: Cornish-Fisher formulas take them so. All are NaN where
 * they do not exist: variance below two numbers, shape without any spread.
 *
 * Source  Joanes and Gill 1998, Comparing measures of sample skewness and kurtosis, The Statistician 47 (g1, g2)
 */
import { mean, sum } from './sum.ts';

/** Unbiased (n - 1), in the square of the unit of the numbers. */
export function variance(xs: Float64Array): number {
  return xs.length < 2 ? Number.NaN : sumOfPowers(xs, 2) / (xs.length - 1);
}

/** The root of the unbiased variance, in the unit of the numbers. */
export function standardDeviation(xs: Float64Array): number {
  return Math.sqrt(variance(xs));
}

/** g1, a plain number; negative where the long tail is on the side of losses. */
export function skewness(xs: Float64Array): number {
  const m2 = sumOfPowers(xs, 2) / xs.length;
  return sumOfPowers(xs, 3) / xs.length / (m2 * Math.sqrt(m2));
}

/** g2, a plain number >= -2. */
export function excessKurtosis(xs: Float64Array): number {
  const m2 = sumOfPowers(xs, 2) / xs.length;
  return sumOfPowers(xs, 4) / xs.length / (m2 * m2) - 3;
}

function sumOfPowers(xs: Float64Array, power: 2 | 3 | 4): number {
  const powers = deviations(xs);
  for (let i = 0; i < powers.length; i += 1) {
    const deviation = powers[i]!;
    let value = deviation;
    for (let factor = 1; factor < power; factor += 1) value *= deviation;
    powers[i] = value;
  }
  return sum(powers);
}

/** Centred twice: the mean is rounded, and its error counts where the spread is small beside the level. */
function deviations(xs: Float64Array): Float64Array {
  const first = mean(xs);
  const result = xs.map((x) => x - first);
  const rest = mean(result);
  for (let i = 0; i < result.length; i += 1) result[i] = result[i]! - rest;
  return result;
}
