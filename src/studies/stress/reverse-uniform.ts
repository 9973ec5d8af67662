/** The smallest fall, and the smallest rise, of all prices at once that reaches each outcome. */
import type { StressOutcome } from './reverse-outcome.ts';
import type { UniformRow } from './reverse-result.ts';
import { type Standing, uniformly } from './reverse-standing.ts';

export type Move = 'fall' | 'rise';

/** A fall ends before prices are 0, a rise at eleven times the price. */
const LAST: Readonly<Record<Move, number>> = { fall: 1 - 1e-9, rise: 10 };
const STEPS = 64;
/** A double has no more bits. */
const HALVINGS = 60;

export type Uniform = { readonly outcome: StressOutcome; readonly row: UniformRow };

/**
 * One row an outcome, in the order in which they come; where two come together the venue acts first (RULES 2.2), and what
 * never comes stands last.
 *
 * Where it is proven that a shock that reaches an outcome is followed by such alone, the crossing is bisected to the last bits
 * of a double: the closed form of the bracket that holds there, decided exactly as the engine decides. Else 64 steps look for
 * the first interval that holds one.
 */
export function uniformShocks(standing: Standing, outcomes: readonly StressOutcome[], move: Move): Uniform[] {
  return outcomes
    .map((outcome): Uniform => {
      const { ref, monotone } = outcome;
      const size = smallest(standing, outcome, move);
      const shock = size === null ? null : move === 'fall' ? 0 - size : size;
      return { outcome, row: { ...ref, shock, monotone } };
    })
    .toSorted((a, b) => sizeOf(a) - sizeOf(b) || rankOf(a) - rankOf(b));
}

function sizeOf({ row: { shock } }: Uniform): number {
  return shock === null ? Number.MAX_VALUE : Math.abs(shock);
}

function rankOf({ row: { kind } }: Uniform): number {
  return kind === 'liquidation' ? 0 : kind === 'insolvency' ? 1 : 2;
}

/** > 0; 0 where it is reached already, null where it never is. */
function smallest(standing: Standing, { isReached, monotone }: StressOutcome, move: Move): number | null {
  const reaches = (size: number) =>
    isReached(standing.at(uniformly(standing, move === 'fall' ? -size : size)));
  if (reaches(0)) return 0;
  const last = LAST[move];
  const first = monotone ? firstOf([last], reaches) : firstOf(stepsTo(last, move), reaches);
  if (first === null) return null;
  let { low, high } = first;
  for (let i = 0; i < HALVINGS && high - low > Number.EPSILON * high; i += 1) {
    const middle = (low + high) / 2;
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

type Interval = { readonly low: number; readonly high: number };

function firstOf(sizes: readonly number[], reaches: (size: number) => boolean): Interval | null {
  const at = sizes.findIndex(reaches);
  const high = sizes[at];
  return high === undefined ? null : { low: sizes[at - 1] ?? 0, high };
}

/** Equal steps of a fall; of a rise equal steps of log(1 + shock), since most lies near the start. */
function stepsTo(last: number, move: Move): number[] {
  return Array.from({ length: STEPS }, (_, i) => {
    if (i === STEPS - 1) return last;
    const share = (i + 1) / STEPS;
    return move === 'fall' ? last * share : Math.expm1(share * Math.log1p(last));
  });
}
