/**
 * Whether one rule is better than others, or only came out first: the differences of their gains, settlement by settlement, are
 * resampled in blocks, the same blocks for every pair.
 *
 * The first of many cells was chosen because it came first, which no interval here knows: where it is not distinguishable from its
 * neighbours, its place in the grid says nothing; where it is, that holds for this history. `realityCheck` knows it.
 *
 * Cost    O(replicates x rows x rivals)
 * Source  Politis and Romano 1994, The stationary bootstrap
 */
import { quantileSorted } from '../../math/quantile.ts';
import { createRandom } from '../../math/random.ts';
import { resampleBlocks, seededBlocks } from '../../math/stationary-bootstrap.ts';
import { sum } from '../../math/sum.ts';

export type PairedOptions = {
  /** Settlements that hang together, >= 1; 21 are a week of 8 h. */
  readonly meanBlock: number;
  readonly replicates: number;
  readonly seed: number;
  /** 0.95 for the 2.5 % and 97.5 % quantiles. */
  readonly confidence: number;
};

export type PairedDifference = {
  /** Sum of gains of the first less that of the rival. */
  readonly difference: number;
  /** Of the difference. */
  readonly low: number;
  readonly high: number;
  /** Share of replicates, drawn about 0, that are as far from it as the difference: two-sided, never 0. */
  readonly pValue: number;
  /** Whether the p-value is below 1 - confidence and the interval leaves out 0: an interval of quantiles alone can contradict it. */
  readonly distinguishable: boolean;
};

/**
 * @param gain    of the first, one value a settlement
 * @param rivals  of the same length each
 * @returns one difference a rival, in their order
 * @throws RangeError where columns have different lengths, or an option lies outside its range
 */
export function pairedDifferences(
  gain: Float64Array,
  rivals: readonly Float64Array[],
  options: PairedOptions,
): PairedDifference[] {
  checkOptions(options);
  const rows = gain.length;
  for (const rival of rivals) {
    if (rival.length !== rows) throw new RangeError(`a rival must have ${rows} gains, was ${rival.length}`);
  }
  const differences = rivals.map((rival) => gain.map((one, i) => one - rival[i]!));
  const drawn = differences.map(() => new Float64Array(options.replicates));
  eachResample(rows, options, (indices, k) => {
    differences.forEach((difference, rival) => {
      let total = 0;
      for (let i = 0; i < rows; i += 1) total += difference[indices[i]!]!;
      drawn[rival]![k] = total;
    });
  });
  return differences.map((difference, rival) => judged(sum(difference), drawn[rival]!, options.confidence));
}

/**
 * Visits the replicates in order; one seed, number of rows and mean block give the same rows to every caller.
 *
 * @param visit  is given the same array each time
 */
export function eachResample(
  rows: number,
  options: PairedOptions,
  visit: (indices: Int32Array, replicate: number) => void,
): void {
  checkOptions(options);
  if (rows === 0) throw new RangeError('a comparison needs at least one settlement, was none');
  const indices = new Int32Array(rows);
  const blocks = seededBlocks(createRandom(options.seed), rows, options.meanBlock);
  for (let k = 0; k < options.replicates; k += 1) {
    resampleBlocks(indices, blocks);
    visit(indices, k);
  }
}

/** Whether chance alone brings as much in fewer than 1 - confidence of the cases. */
export function isBeyondChance(pValue: number, confidence: number): boolean {
  return pValue + confidence < 1;
}

function judged(difference: number, drawn: Float64Array, confidence: number): PairedDifference {
  const sorted = drawn.slice().sort();
  const tail = (1 - confidence) / 2;
  const low = quantileSorted(sorted, tail);
  const high = quantileSorted(sorted, 1 - tail);
  let far = 0;
  for (let k = 0; k < drawn.length; k += 1) {
    if (Math.abs(drawn[k]! - difference) >= Math.abs(difference)) far += 1;
  }
  const pValue = (far + 1) / (drawn.length + 1);
  const distinguishable = isBeyondChance(pValue, confidence) && (low > 0 || high < 0);
  return { difference, low, high, pValue, distinguishable };
}

function checkOptions({ replicates, confidence }: PairedOptions): void {
  if (!(Number.isSafeInteger(replicates) && replicates >= 1))
    throw new RangeError(`replicates must be a whole number from 1, was ${replicates}`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`a confidence must lie in (0, 1), was ${confidence}`);
}
