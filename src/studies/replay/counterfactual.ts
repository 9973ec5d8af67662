/** What each guard is worth: the run with it alone, the run without it, and which of its decisions were false. */
import { type GuardName, guardNames } from '../../engine/decision.ts';
import { money, moneyText } from '../../model/money.ts';
import type { Reaction } from '../../replay/protection.ts';
import type { RunResult } from '../../replay/run-result.ts';
import type { GuardOutcome } from '../replay-result.ts';
import { missedBy, type Taken, type Without } from './false-trips.ts';

/** A run that is over, with what judging it needs. */
export type Told = {
  readonly result: RunResult;
  readonly reactions: readonly Reaction[];
  /** What each guard took out of the market. */
  readonly taken: ReadonlyMap<GuardName, readonly Taken[]>;
  readonly seen: Without;
};

export type Comparison = {
  readonly enabled: readonly GuardName[];
  readonly all: Told;
  readonly none: Told;
  /** Runs of a selection of guards; null where only one comparison was asked for. */
  readonly run: ((names: readonly GuardName[]) => Told) | null;
};

/** One outcome a guard, in their order. */
export function judgeGuards({ enabled, all, none, run }: Comparison): GuardOutcome[] {
  return guardNames
    .filter((name) => enabled.includes(name))
    .map((guard) => {
      const own = all.reactions.filter((one) => one.guard === guard);
      const decisions = all.result.decisions
        .filter((one) => one.guard === guard)
        .reduce((sum, { count }) => sum + count, 0);
      const spoken = {
        guard,
        decisions,
        reactionMs: slowest(own, all.taken.get(guard) ?? []),
        lossInReaction: own.reduce((sum, { loss }) => sum + loss, 0),
      };
      if (run === null) {
        return {
          ...spoken,
          lossAvoided: null,
          falseTrips: null,
          costOfFalseTrips: null,
          alone: null,
          without: null,
        };
      }
      const alone = run([guard]);
      const without = run(enabled.filter((name) => name !== guard));
      const missed = falseTrips(all.taken.get(guard) ?? [], without.seen);
      return {
        ...spoken,
        lossAvoided: difference(all, without),
        falseTrips: missed.length,
        costOfFalseTrips: missed.reduce((sum, amount) => sum + amount, 0),
        alone: { gain: difference(alone, none), ...endOf(alone) },
        without: endOf(without),
      };
    });
}

/** A stop that rests at the venue needs no time; null where nothing was closed. */
function slowest(reactions: Told['reactions'], taken: readonly Taken[]): number | null {
  if (reactions.length > 0) return Math.max(...reactions.map(({ filled, decided }) => filled - decided));
  return taken.some(({ refused }) => !refused) ? 0 : null;
}

/** What each false decision has cost: all that was taken by one counts together. */
function falseTrips(taken: readonly Taken[], without: Without): number[] {
  const missed = new Map<string, number>();
  for (const one of taken) {
    const amount = missedBy(one, without);
    if (amount !== null) missed.set(one.decision, (missed.get(one.decision) ?? 0) + amount);
  }
  return [...missed.values()].filter((amount) => amount > 0);
}

function difference(a: Told, b: Told): string {
  return moneyText(money(a.result.endEquity).minus(b.result.endEquity));
}

function endOf({ result }: Told) {
  const { endEquity, maxDrawdown, liquidations, shortfall } = result;
  return { endEquity, maxDrawdown, liquidations: liquidations.length, shortfall };
}
