/** What protection saved in crises beside what it cost in controls. */
import { money } from '../../model/money.ts';
import type { ScenarioResult, StressResult } from '../stress-result.ts';

export function summaryOf(scenarios: readonly ScenarioResult[]): StressResult['summary'] {
  return {
    crises: sideOf(scenarios.filter(({ kind }) => kind !== 'control')),
    controls: sideOf(scenarios.filter(({ kind }) => kind === 'control')),
  };
}

function sideOf(scenarios: readonly ScenarioResult[]): StressResult['summary']['crises'] {
  const ordered = scenarios.toSorted((a, b) => money(a.saved).comparedTo(b.saved));
  const told = (one: ScenarioResult | undefined) =>
    one === undefined ? null : { id: one.id, saved: one.saved };
  const sum = ordered.reduce((total, { saved }) => total.plus(saved), money(0));
  const most = ordered.at(-1);
  const least = ordered[0];
  return {
    scenarios: ordered.length,
    meanSaved: ordered.length === 0 ? null : sum.div(ordered.length).toNumber(),
    mostSaved: told(most !== undefined && money(most.saved).greaterThan(0) ? most : undefined),
    mostCost: told(least !== undefined && money(least.saved).isNegative() ? least : undefined),
  };
}

/** The worst end with protection last; of equal ends the worse one without. */
export function worstLast(scenarios: readonly ScenarioResult[]): ScenarioResult[] {
  return scenarios.toSorted(
    (a, b) =>
      money(b.protected.endEquity).comparedTo(a.protected.endEquity) ||
      money(b.unprotected.endEquity).comparedTo(a.unprotected.endEquity) ||
      (a.id < b.id ? -1 : 1),
  );
}
