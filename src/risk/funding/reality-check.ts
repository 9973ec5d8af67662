/**
 * Whether the best of many rules beats doing nothing, or is what the best of as many useless ones would have come to.
 *
 * The largest sum of gains is held against the largest of the resampled sums less the sums themselves: so all rules are drawn as if
 * none were worth anything, together, in blocks that hang together. The blocks are those of `pairedDifferences` at the same options.
 *
 * Cost    O(replicates x rows at which a rule differs from doing nothing, of all rules)
 * Source  White 2000, A reality check for data snooping, Econometrica 68
 */
import { sum } from '../../math/sum.ts';
import { eachResample, type PairedOptions } from './paired-bootstrap.ts';

/**
 * @param gains  of every rule that was tried, over doing nothing, one value a settlement
 * @returns the one-sided p-value of the best, never 0
 * @throws RangeError where there are no rules, columns have different lengths, or an option lies outside its range
 */
export function realityCheck(gains: readonly Float64Array[], options: PairedOptions): number {
  const rows = gains[0]?.length;
  if (rows === undefined) throw new RangeError('a reality check needs at least one rule, was none');
  for (const gain of gains) {
    if (gain.length !== rows) throw new RangeError(`a rule must have ${rows} gains, was ${gain.length}`);
  }
  const rules = gains.map(sparse);
  const best = Math.max(...rules.map(({ total }) => total));
  const drawn = new Float64Array(rows);
  let far = 0;
  eachResample(rows, options, (indices) => {
    drawn.fill(0);
    for (let i = 0; i < rows; i += 1) drawn[indices[i]!] = drawn[indices[i]!]! + 1;
    if (largestCentred(rules, drawn) >= best) far += 1;
  });
  return (far + 1) / (options.replicates + 1);
}

type Rule = {
  /** Rows at which it gains or loses, and what. */
  readonly at: Int32Array;
  readonly gain: Float64Array;
  readonly total: number;
};

function sparse(gain: Float64Array): Rule {
  const at = Int32Array.from(gain.keys()).filter((i) => gain[i] !== 0);
  return { at, gain: Float64Array.from(at, (i) => gain[i]!), total: sum(gain) };
}

/** @param drawn  how often each row was drawn */
function largestCentred(rules: readonly Rule[], drawn: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const { at, gain, total } of rules) {
    let resampled = 0;
    for (let i = 0; i < at.length; i += 1) resampled += drawn[at[i]!]! * gain[i]!;
    if (resampled - total > largest) largest = resampled - total;
  }
  return largest;
}
