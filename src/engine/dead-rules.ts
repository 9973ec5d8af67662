/** Rules that say nothing: those that cannot fire as configured, those that never did, those that were always broken. */
import type { Engine } from './engine.ts';

export type DeadRule = {
  readonly guard: string;
  readonly rule: string;
  readonly why: 'cannot-fire' | 'never-fired' | 'mostly-on';
  readonly note: string;
};

/** A rule that is broken for more than this share of a run tells nothing when it speaks (RULES 3.11). */
const MOST = 0.5;

/** Known before a run: what a configuration rules out. */
export function rulesThatCannotFire({ guards }: Pick<Engine, 'guards'>): DeadRule[] {
  return guards.flatMap(({ name, rules }) =>
    rules().flatMap(({ rule, dead }): DeadRule[] =>
      dead === null ? [] : [{ guard: name, rule, why: 'cannot-fire', note: dead }],
    ),
  );
}

/**
 * All of them, once a run is over.
 *
 * @param span  of the run, ms
 */
export function deadRules(engine: Pick<Engine, 'guards' | 'state'>, span: number): DeadRule[] {
  const cannot = rulesThatCannotFire(engine);
  const { rules, time } = engine.state;
  const others = rules
    .filter(({ guard, rule }) => !cannot.some((one) => one.guard === guard && one.rule === rule))
    .flatMap(({ guard, rule, fired, since, brokenFor }): DeadRule[] => {
      if (fired === 0) return [{ guard, rule, why: 'never-fired', note: 'nothing in this run reached it' }];
      const broken = brokenFor + (since === null ? 0 : time - since);
      if (span <= 0 || broken <= MOST * span) return [];
      const percent = Math.round((100 * broken) / span);
      return [{ guard, rule, why: 'mostly-on', note: `it was broken for ${percent} % of the run` }];
    });
  return [...cannot, ...others];
}
