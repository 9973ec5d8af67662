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
 * of a double: the closed form of the bracket that holds there, decided exactly as the engine decides. Where that holds from
 * bend to bend, the first piece that ends reached holds the crossing. Else 64 steps look for the first interval that does.
 */
export function uniformShocks(standing: Standing, outcomes: readonly StressOutcome[], move: Move): Uniform[] {
  return outcomes
    .map((outcome): Uniform => {
      const { ref } = outcome;
      const { size, monotone } = smallest(standing, outcome, move);
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

type Smallest = {
  /** > 0; 0 where it is reached already, null where it never is. */
  readonly size: number | null;
  readonly monotone: boolean;
};

function smallest(
  standing: Standing,
  { isReached, monotone, bends = [] }: StressOutcome,
  move: Move,
): Smallest {
  const viewAt = (size: number) => standing.at(uniformly(standing, move === 'fall' ? -size : size));
  const reaches = (size: number) => isReached(viewAt(size));
  if (reaches(0)) return { size: 0, monotone };
  const last = LAST[move];
  const bent = bends.map((bend) => changeOf((size) => bend(viewAt(size)) < 0, last));
  const ends = [...(monotone ? [last] : stepsTo(last, move)), ...bent.filter((one) => one !== null)];
  const sizes = ends.toSorted((a, b) => a - b);
  const at = sizes.findIndex(reaches);
  const high = sizes[at];
  if (high === undefined) return { size: null, monotone };
  return {
    size: bisect(reaches, { low: sizes[at - 1] ?? 0, high }),
    monotone: monotone && sizes.slice(at).every(reaches),
  };
}

type Interval = { readonly low: number; readonly high: number };

/** Where a test that changes at most once does so; null where it does not. */
function changeOf(test: (size: number) => boolean, last: number): number | null {
  const before = test(0);
  return test(last) === before ? null : bisect((size) => test(size) !== before, { low: 0, high: last });
}

/** The smallest size that passes, where all above it do. */
function bisect(passes: (size: number) => boolean, { low, high }: Interval): number {
  let [under, over] = [low, high];
  for (let i = 0; i < HALVINGS && over - under > Number.EPSILON * over; i += 1) {
    const middle = (under + over) / 2;
    if (passes(middle)) over = middle;
    else under = middle;
  }
  return over;
}

/** Equal steps of a fall; of a rise equal steps of log(1 + shock), since most lies near the start. */
function stepsTo(last: number, move: Move): number[] {
  return Array.from({ length: STEPS }, (_, i) => {
    if (i === STEPS - 1) return last;
    const share = (i + 1) / STEPS;
    return move === 'fall' ? last * share : Math.expm1(share * Math.log1p(last));
  });
}
