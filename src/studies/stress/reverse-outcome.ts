/** One thing that a move of prices can bring about in a book, and how it is told whether it does. */
import type { KeyedScope } from '../../engine/scopes.ts';
import type { View } from '../../engine/view.ts';
import type { OutcomeRef } from './reverse-result.ts';

export type Slack = {
  /** > 0 while the outcome is not reached; any unit. */
  readonly value: (view: View) => number;
  /** Whether it is a straight line in the shocks of the assets. */
  readonly straight: boolean;
  /** Whether it is convex in the shocks of the assets where it is not straight: lines that bend upwards. */
  readonly convex?: boolean;
  /** The symbols that it hangs on; null for all. */
  readonly symbols: readonly number[] | null;
};

/** A number that changes its sign at most once as a uniform shock grows. */
export type Bend = (view: View) => number;

export type StressOutcome = {
  readonly ref: OutcomeRef;
  /** The margin scope that is liquidated; null for all else. */
  readonly scope: number | null;
  /** The scopes that it reduces or closes; none where it only tells, or only halts new risk. */
  readonly cuts: readonly number[];
  /** The only direction in which it can come; null for both. */
  readonly against: 'fall' | 'rise' | null;
  /** Whether every larger uniform shock reaches it once one does, up to the next bend. */
  readonly monotone: boolean;
  /** Their zeros end the pieces in which it is monotone, reached or not at the start of each; without any it is one piece. */
  readonly bends?: readonly Bend[];
  readonly isReached: (view: View) => boolean;
  /** It is reached only where one of them is at or below 0; none where no such number tells. */
  readonly slacks: readonly Slack[];
};

/** Whom an outcome is about. */
export type About = Pick<OutcomeRef, 'account' | 'symbol' | 'direction' | 'asset'>;

export const wholeBook: About = { account: null, symbol: null, direction: null, asset: null };

/** A margin scope that holds positions, and whom it is about. */
export type HeldScope = KeyedScope & { readonly about: About };
