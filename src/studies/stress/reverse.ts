/** `risk stress --reverse`: the smallest shocks that bring about each outcome, for a book as it stands. */
import type { Bars } from '../../market/bars.ts';
import { inversionsOf } from './reverse-inversions.ts';
import type { StressOutcome } from './reverse-outcome.ts';
import { outcomesOf } from './reverse-outcomes.ts';
import { plausibleShocks } from './reverse-plausible.ts';
import type { StandingReverse } from './reverse-result.ts';
import { type StandingBook, stand } from './reverse-standing.ts';
import { uniformShocks } from './reverse-uniform.ts';

export type ReverseOptions = {
  /** Bars whose daily returns say what is plausible. */
  readonly ohlcv: readonly Bars[];
  readonly correlation: 'sample' | 'crisis';
};

/** All that needs no run; the scales of scenarios are `smallestScales`. */
export function reverseStress(book: StandingBook, options: ReverseOptions): StandingReverse {
  const standing = stand(book);
  const { outcomes, leftOut } = outcomesOf(standing);
  const fall = uniformShocks(standing, outcomes, 'fall');
  const rise = uniformShocks(standing, outcomes, 'rise');
  const inversions = [...inversionsOf(fall, 'fall'), ...inversionsOf(rise, 'rise')];
  const named = (moving: number) => book.venue.world.symbols.filter((_, i) => standing.moves[i] === moving);
  return {
    inversions: inversions.toSorted((a, b) => Math.abs(a.shock) - Math.abs(b.shock)),
    moving: named(1),
    still: named(0),
    fall: fall.map(({ row }) => row),
    rise: rise.map(({ row }) => row),
    plausible: plausibleShocks(standing, outcomes, options),
    leftOut: [...leftOut],
  };
}

/** The names of outcomes, each once, in the order of the list: what `smallestScales` may look for. */
export function outcomeNames(outcomes: readonly StressOutcome[]): string[] {
  return [...new Set(outcomes.map(({ ref }) => ref.name))];
}
