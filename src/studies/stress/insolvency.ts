/**
 * What insolvency is, of a run and of a book under one move (RULES 4.1): nothing is left of the book, or somebody in it owes more
 * than he has. An isolated position has its margin, what shares one margin has the equity of that; the rest is the fund's
 * (RULES 2.6), and what another account or position still has does not pay it. So a book can be insolvent with money left.
 */
import { money } from '../../model/money.ts';
import type { RunResult } from '../../replay/run-result.ts';
import { type HeldScope, type Slack, type StressOutcome, wholeBook } from './reverse-outcome.ts';
import { legSymbols } from './reverse-scopes.ts';
import { type Standing, scopeForm, totalForm } from './reverse-standing.ts';

/** Of a run: as it ended, and what was left unpaid on the way. */
export function isInsolvent({ endEquity, shortfall }: Pick<RunResult, 'endEquity' | 'shortfall'>): boolean {
  return money(endEquity).lessThanOrEqualTo(0) || !money(shortfall).isZero();
}

/**
 * Of a book under one move, at its marks: the equity of a scope that holds positions is below 0, or that of the book is not
 * above. Where no such scope is below 0 the caps take nothing, so the plain sum tells; where one is, it is told already.
 */
export function insolvency(standing: Standing, scopes: readonly HeldScope[]): StressOutcome {
  const { margin } = standing;
  const form = totalForm(standing);
  const owed = scopes.map(({ scope }): Slack => {
    const straight = scopeForm(margin, scope) === 'price';
    return { value: (view) => view.margin.equity[scope]!, straight, symbols: legSymbols(margin, scope) };
  });
  const left: Slack = { value: ({ total }) => total, straight: form === 'price', symbols: null };
  return {
    ref: { name: 'insolvency', kind: 'insolvency', ...wholeBook },
    scope: null,
    cuts: [],
    against: null,
    monotone: form !== 'mixed' && scopes.every(({ scope }) => scopeForm(margin, scope) !== 'mixed'),
    isReached: (view) => owed.some(({ value }) => value(view) < 0) || view.total <= 0,
    slacks: [...owed, left],
  };
}
