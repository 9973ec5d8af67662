/** How much of a scenario it takes: the smallest scale at which each outcome is met, found by runs. */
import type { RunResult } from '../../replay/run-result.ts';
import { isInsolvent } from './insolvency.ts';
import { type Asked, driveAlone } from './pair.ts';
import type { ReverseResult } from './reverse-result.ts';
import { smallestScales } from './reverse-scale.ts';

/** What the book itself comes to, without protection. */
const fates = ['first-liquidation', 'insolvency'] as const;
/** And in spite of it. */
const guardedFates = ['guarded/first-liquidation', 'guarded/insolvency'] as const;

type Scales = ReverseResult['scales'][number];

/** Decisions that close something, or end trading. */
const tripping: readonly string[] = ['halt', 'reduce', 'close', 'flip'];
/** Guards of which some rules only tell, and do so where they are reached; others also tell of the way there. */
const telling: readonly string[] = ['margin-ladder', 'account-levels'];

/**
 * Of the rules that are known to come, and of all others that trip in the runs: what a book at rest says of them may rest on
 * bars that only the scenario has.
 *
 * @param names  of outcomes: rules of guards as guard/rule, `stop`
 */
export function scalesOf(asked: Asked, names: readonly string[]): Scales {
  const rules = names.filter((name) => name === 'stop' || (name.includes('/') && !name.startsWith('venue/')));
  const bare = smallestScales((scale) => fatesOf(asked, scale), fates);
  const guarded = smallestScales((scale) => actsOf(asked, scale, rules), [...rules, ...guardedFates]);
  const found = [...guarded, ...bare];
  const order = (scale: number | null) => scale ?? Number.POSITIVE_INFINITY;
  return {
    scenario: asked.stage.scenario.id,
    outcomes: found.toSorted((a, b) => order(a.scale) - order(b.scale) || (a.name < b.name ? -1 : 1)),
  };
}

function fatesOf(asked: Asked, scale: number): ReadonlySet<string> {
  const { result } = driveAlone(asked, scale, []);
  return ended(result, fates);
}

function actsOf(asked: Asked, scale: number, rules: readonly string[]): ReadonlySet<string> {
  const { result, run } = driveAlone(asked, scale, asked.tree.engine.guards);
  const log = run.protection?.state.log ?? [];
  const acts = log.filter(({ kind, guard, rule }) => {
    if (tripping.includes(kind)) return true;
    const isQuiet = kind === 'allow' || (kind === 'alert' && !telling.includes(guard));
    return !isQuiet && rules.includes(`${guard}/${rule}`);
  });
  const stopped = run.fills.some(({ cause }) => cause === 'stop') ? ['stop'] : [];
  return new Set([
    ...acts.map(({ guard, rule }) => `${guard}/${rule}`),
    ...stopped,
    ...ended(result, guardedFates),
  ]);
}

function ended(result: RunResult, [liquidated, insolvent]: readonly [string, string]): ReadonlySet<string> {
  return new Set([
    ...(result.liquidations.length > 0 ? [liquidated] : []),
    ...(isInsolvent(result) ? [insolvent] : []),
  ]);
}
