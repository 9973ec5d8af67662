/**
 * What a single move of prices can bring about in a book: by the configuration of the guards that speak and the rules of the
 * venue, each decided by the same functions that decide it in a run. Rungs, levels and breakers come at their own prices,
 * whether or not there would be time to act.
 *
 * - A loss of the book or of an account ends, for each margin, where that margin does (`reverse-left.ts`): the venue acts first.
 *   What it cannot collect is insolvency, by the definition of the verdict (`insolvency.ts`).
 * - A stop is what rests at the venue, or what the engine asks for as it first sees the book, whichever comes first.
 */
import { insolvency } from './insolvency.ts';
import { breakers } from './reverse-breakers.ts';
import type { StressOutcome } from './reverse-outcome.ts';
import { heldScopes, levels, liquidations, rungs } from './reverse-scopes.ts';
import type { Standing } from './reverse-standing.ts';
import { stops } from './reverse-stops.ts';

export type OutcomeList = {
  readonly outcomes: readonly StressOutcome[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
};

export function outcomesOf(standing: Standing): OutcomeList {
  const scopes = heldScopes(standing);
  const outcomes = [
    ...stops(standing, scopes),
    ...rungs(standing, scopes),
    ...levels(standing, scopes),
    ...breakers(standing, scopes),
    ...liquidations(standing, scopes),
    insolvency(standing, scopes),
  ];
  return { outcomes, leftOut: leftOut(standing, outcomes) };
}

/** Guards that act on losses, margins and markets; the others judge orders or only tell. */
const protecting = [
  'emergency-stop',
  'account-levels',
  'margin-ladder',
  'circuit-breakers',
  'funding-breaker',
  'session-limits',
] as const;

/** Rules of those guards that are not among the outcomes, and why. */
function leftOut({ engine, tree }: Standing, outcomes: readonly StressOutcome[]): OutcomeList['leftOut'] {
  const bound = engine().guards;
  return protecting.flatMap((guard) => {
    if (!tree.engine.guards.includes(guard)) return [{ name: guard, reason: 'it does not speak' }];
    const rules = bound.find(({ name }) => name === guard)?.rules() ?? [];
    return rules
      .map(({ rule, dead }) => ({
        name: `${guard}/${rule}`,
        reason: dead ?? 'no single move of prices trips it in this book',
      }))
      .filter(({ name }) => !outcomes.some(({ ref }) => ref.name === name));
  });
}
