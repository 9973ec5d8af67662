/** Inversions: a liquidation, or the end of the book, that comes before a rule that should prevent it. */
import type { Inversion } from './reverse-result.ts';
import type { Move, Uniform } from './reverse-uniform.ts';

/**
 * Every pair of a liquidation and a rule that reduces or closes what is liquidated, where the rule comes later, never, or at
 * the same price: there the venue acts first (RULES 2.2). Of insolvency, rules that act on all that is held and come later at
 * all; those of one scope stand beside its liquidation, which comes before. A rule that only tells, or that only halts new risk,
 * prevents nothing; a stop counts in the direction that it is for.
 *
 * @returns the soonest liquidation first, its rules in the order in which they come
 */
export function inversionsOf(rows: readonly Uniform[], move: Move): Inversion[] {
  const reached = rows.filter(({ row }) => row.shock !== null && row.shock !== 0);
  const rules = rows.filter(({ outcome: { cuts, against } }) => {
    return cuts.length > 0 && (against === null || against === move);
  });
  const held = rows.flatMap(({ outcome: { scope } }) => (scope === null ? [] : [scope]));
  return reached.flatMap(({ outcome: { scope, ref }, row: { shock } }): Inversion[] => {
    const isEnd = ref.kind === 'insolvency';
    if ((scope === null && !isEnd) || shock === null) return [];
    const size = Math.abs(shock);
    return rules
      .filter(({ outcome: { cuts }, row }) => {
        const isLater = row.shock !== null && Math.abs(row.shock) >= size;
        if (isEnd) return isLater && held.every((one) => cuts.includes(one));
        const meant = scope !== null && cuts.includes(scope);
        return meant && (row.shock === null || isLater);
      })
      .map((rule) => ({ move, outcome: ref, shock, rule: rule.outcome.ref, ruleShock: rule.row.shock }));
  });
}
