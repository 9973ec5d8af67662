/** The same scenario under several seeds of its bridges: how much of the result is the way between the known prices. */
import { quantileSorted } from '../../math/quantile.ts';
import type { ScenarioResult } from '../stress-result.ts';
import { type Asked, endsOf, mainPair } from './pair.ts';
import { verdictOf } from './verdict.ts';
import { type Verdict, verdicts } from './verdict-names.ts';

/** The first seed is that of the run; null for one. */
export function repeatsOf(asked: Asked, count: number): ScenarioResult['repeats'] {
  if (count < 2) return null;
  const { scale } = asked.tree.studies.stress;
  const runs = Array.from({ length: count }, (_, i) =>
    endsOf(mainPair({ ...asked, seed: asked.seed + i }, scale)),
  );
  const found = runs.map((ends) => verdictOf(ends));
  const counted = (verdict: Verdict) => found.filter((one) => one === verdict).length;
  return {
    seeds: count,
    protected: spreadOf(runs.map((one) => Number(one.protected.endEquity))),
    unprotected: spreadOf(runs.map((one) => Number(one.unprotected.endEquity))),
    verdicts: verdicts
      .map((verdict) => ({ verdict, count: counted(verdict) }))
      .filter((one) => one.count > 0),
  };
}

function spreadOf(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = Float64Array.from(values).sort();
  return { min: sorted[0]!, median: quantileSorted(sorted, 0.5), max: sorted[sorted.length - 1]! };
}
