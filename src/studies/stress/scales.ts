/** How much of a scenario it takes: the smallest scale at which each outcome is met, found by runs. */
import { money } from '../../model/money.ts';
import { type Asked, driveAlone } from './pair.ts';
import type { ReverseResult } from './reverse-result.ts';
import { smallestScales } from './reverse-scale.ts';

/** What the book itself comes to, without protection. */
const fates = ['first-liquidation', 'insolvency'] as const;
/** And in spite of it. */
const guardedFates = ['guarded/first-liquidation', 'guarded/insolvency'] as const;

type Scales = ReverseResult['scales'][number];

/** @param names  of outcomes: rules of guards as guard/rule, `stop` */
export function scalesOf(asked: Asked, names: readonly string[]): Scales {
  const rules = names.filter((name) => name === 'stop' || (name.includes('/') && !name.startsWith('venue/')));
  const bare = smallestScales((scale) => fatesOf(asked, scale), fates);
  const guarded = smallestScales((scale) => actsOf(asked, scale), [...rules, ...guardedFates]);
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

function actsOf(asked: Asked, scale: number): ReadonlySet<string> {
  const { result, run } = driveAlone(asked, scale, asked.tree.engine.guards);
  const log = run.protection?.state.log ?? [];
  const acts = log.filter(({ kind }) => kind !== 'alert' && kind !== 'allow');
  const stopped = run.fills.some(({ cause }) => cause === 'stop') ? ['stop'] : [];
  return new Set([
    ...acts.map(({ guard, rule }) => `${guard}/${rule}`),
    ...stopped,
    ...ended(result, guardedFates),
  ]);
}

type Ended = {
  readonly liquidations: readonly unknown[];
  readonly endEquity: string;
  readonly equity: readonly (readonly [number, number])[];
};

function ended(
  { liquidations, endEquity, equity }: Ended,
  [liquidated, insolvent]: readonly [string, string],
): ReadonlySet<string> {
  const isOut = money(endEquity).lessThanOrEqualTo(0) || equity.some(([, value]) => value <= 0);
  return new Set([...(liquidations.length > 0 ? [liquidated] : []), ...(isOut ? [insolvent] : [])]);
}
