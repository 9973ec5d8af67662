/** The score interval of a binomial proportion. */
import { assert } from '../model/errors.ts';
import { normalQuantile } from './normal.ts';

/**
 * Wilson's interval, with z the normal quantile of (1 + level) / 2 and f = hits / trials:
 *
 *   (f + z^2 / 2n +- z sqrt(f (1 - f) / n + z^2 / 4n^2)) / (1 + z^2 / n)
 *
 * @param hits    0..trials
 * @param trials  >= 1
 * @param level   confidence, 0.95 for 95 %
 * @returns       both ends in [0, 1]; 0 hits give a low of exactly 0, all hits a high of exactly 1
 * Source  Wilson 1927
 */
export function wilson(hits: number, trials: number, level: number): { low: number; high: number } {
  assert(
    trials >= 1 && hits >= 0 && hits <= trials,
    'hits lie between 0 and the number of trials, at least 1',
  );
  const z = normalQuantile((1 + level) / 2);
  const f = hits / trials;
  const square = (z * z) / trials;
  const centre = f + square / 2;
  const half = z * Math.sqrt((f * (1 - f)) / trials + square / (4 * trials));
  return {
    low: hits === 0 ? 0 : Math.max(0, (centre - half) / (1 + square)),
    high: hits === trials ? 1 : Math.min(1, (centre + half) / (1 + square)),
  };
}
