/**
 * Resampling of a series in blocks of random length, so that what hangs together stays together.
 *
 * Each place goes on with the row behind the one before it, round the end, or with probability 1 / meanBlock begins anew at any
 * row. Blocks have a geometric length; a resampled series is stationary where the series is.
 *
 * Source  Politis and Romano 1994, The stationary bootstrap, JASA 89
 */
import { nextBelow, nextUnit, type Random } from './random.ts';

/** Chance as two questions: whether a block begins here, and at which row. */
export type BlockDraws = {
  readonly begins: () => boolean;
  readonly row: () => number;
};

/** @param meanBlock  >= 1; 1 draws every row by itself */
export function seededBlocks(random: Random, rows: number, meanBlock: number): BlockDraws {
  if (!(meanBlock >= 1 && Number.isFinite(meanBlock)))
    throw new RangeError(`a mean block must be finite and at least 1, was ${meanBlock}`);
  const restart = 1 / meanBlock;
  return { begins: () => nextUnit(random) < restart, row: () => nextBelow(random, rows) };
}

/** Fills `indices` with the rows of one resampled series of the same length. */
export function resampleBlocks(indices: Int32Array, { begins, row }: BlockDraws): void {
  const rows = indices.length;
  let at = 0;
  for (let i = 0; i < rows; i += 1) {
    if (i === 0 || begins()) at = row();
    else at = at + 1 === rows ? 0 : at + 1;
    indices[i] = at;
  }
}
