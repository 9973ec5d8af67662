/**
 * What holds between keys of the configuration, before a run: what is refused, and which rules say nothing or always the same.
 *
 * Source  S2 checklist (never more than 10x without a guardian) and layer 1 (speculative only with explicit circuit breakers);
 *   RULES 3.10 (configuration errors), 3.11 (rules that can never fire are named)
 */
import { InputError } from '../model/errors.ts';
import type { GuardName } from './decision.ts';
import type { EngineConfig } from './engine-config.ts';
import { capOf } from './guards/leverage-cap.ts';
import type { GuardsConfig } from './guards-config.ts';
import { type Limits, limitPairs, limitsOf } from './limit-order.ts';

export type CheckedTree = {
  readonly mode: string;
  readonly engine: Pick<EngineConfig, 'guards' | 'latency'>;
  readonly guards: GuardsConfig;
};

/** The leverage of what a run holds and opens, and of its orders alone; null where there is none. */
export type Leverages = { readonly most: number | null; readonly leastOfOrders: number | null };

/** S2 checklist. */
const MOST_UNGUARDED = 10;
/** Seconds; S2 LiquidationGuard: poll_interval 30. */
const SLOWEST_SPECULATIVE = 30;

/**
 * @throws InputError CONFIG_VALUE for more than 10x without a guard that acts, and for `speculative` without every breaker or
 *   with a latency above 30 seconds
 */
export function refuseConfig(tree: CheckedTree, { most }: Leverages): void {
  // Flags tell and never act.
  const guarded = tree.engine.guards.some((name) => name !== 'flags');
  if (!guarded && most !== null && most > MOST_UNGUARDED) {
    throw new InputError({
      code: 'CONFIG_VALUE',
      message: `leverage must be at most ${MOST_UNGUARDED} where no guard acts, was ${most}`,
      place: { path: 'engine.guards' },
      remedy: 'Let guards speak (--guards all); the run without them stands beside theirs all the same',
    });
  }
  refuseMode(tree);
}

/** The part of that which hangs on no book: a mode that may do most asks for everything that stops it. */
export function refuseMode(tree: CheckedTree): void {
  if (tree.mode === 'speculative') refuseSpeculative(tree);
}

function refuseSpeculative({ engine, guards }: CheckedTree): void {
  const refuse = (path: string, rule: string, was: string) => {
    throw new InputError({
      code: 'CONFIG_VALUE',
      message: `${path} must ${rule} in mode speculative, was ${was}`,
      place: { path },
      remedy: 'Set it, or take another mode: 20x is only for those who are stopped (S2 layer 1)',
    });
  };
  for (const name of ['circuit-breakers', 'funding-breaker'] as const) {
    if (!engine.guards.includes(name)) refuse('engine.guards', `hold ${name}`, listText(engine.guards));
  }
  const off = breakersOf(guards).find(({ on }) => !on);
  if (off !== undefined) refuse(off.path, 'be a number', 'null');
  if (guards['funding-breaker'].maxRate8h === null)
    refuse('guards.funding-breaker.maxRate8h', 'be a number', 'null');
  if (engine.latency > SLOWEST_SPECULATIVE)
    refuse('engine.latency', `be at most ${SLOWEST_SPECULATIVE}`, String(engine.latency));
}

function listText(names: readonly string[]): string {
  return names.length === 0 ? 'empty' : names.join(', ');
}

type Breaker = { readonly path: string; readonly on: boolean; readonly rule: string };

/** The halts that circuit breakers can bring, each by its switch. */
function breakersOf({ 'circuit-breakers': own }: GuardsConfig): Breaker[] {
  const at = (key: string, rule: string, limit: number | null): Breaker => {
    return { path: `guards.circuit-breakers.${key}`, on: limit !== null, rule };
  };
  return [
    at('dailyLoss.limit', 'daily-loss', own.dailyLoss.limit),
    at('drawdown.limit', 'drawdown', own.drawdown.limit),
    at('volatility.limit', 'volatility', own.volatility.limit),
    at('tradeCount.limit', 'trade-count', own.tradeCount.limit),
    at('executionFailures.limit', 'execution-failures', own.executionFailures.limit),
    at('dataSanity.moveSigmas', 'data-sanity', own.dataSanity.moveSigmas),
    at('dataSanity.markGap', 'data-sanity', own.dataSanity.markGap),
    at('dataSanity.silenceSeconds', 'data-sanity', own.dataSanity.silenceSeconds),
  ];
}

/** A key whose rule says nothing of its own, and why. */
export type SilentKey = { readonly path: string; readonly note: string; readonly isOff: boolean };

/** What the configuration alone rules out, of the guards that speak: in the order of their precedence. */
export function silentKeys(tree: CheckedTree): SilentKey[] {
  const { engine, guards } = tree;
  return [
    ...engine.guards.flatMap((name) => offKeys(guards, name)),
    ...neverFirst(limitsOf(guards), engine.guards),
    ...neverReached(tree),
    ...tiersOutOfOrder(tree),
  ];
}

/** Without a code nobody overrides: that is no rule that is switched off. */
const notARule: readonly string[] = ['guards.emergency-stop.overrideHash'];

function offKeys(guards: GuardsConfig, name: GuardName): SilentKey[] {
  return nullPaths(guards[name], `guards.${name}`)
    .filter((path) => !notARule.includes(path))
    .map((path) => ({ path, note: 'it is switched off', isOff: true }));
}

function nullPaths(value: unknown, path: string): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => nullPaths(inner, `${path}.${key}`));
}

/** Limits that are only exceeded where a stricter one on a measure that is never smaller already is. */
function neverFirst(limits: Limits, speaking: readonly GuardName[]): SilentKey[] {
  return limitPairs.flatMap(({ smaller, larger, same }): SilentKey[] => {
    const own = limits[smaller];
    const other = limits[larger];
    if (own.limit === null || other.limit === null) return [];
    if (!speaking.includes(own.guard) || !speaking.includes(other.guard)) return [];
    const first = same ? own.limit <= other.limit : own.limit < other.limit;
    if (first) return [];
    const note = `${own.limit} is never exceeded before ${other.limit} of ${larger} is`;
    return [{ path: smaller, note, isOff: false }];
  });
}

function neverReached({ engine, guards }: CheckedTree): SilentKey[] {
  const { maxRisk, adjust } = guards['trade-limits'];
  const { breakersAtOnce } = guards['emergency-stop'];
  const speaks = (name: GuardName) => engine.guards.includes(name);
  const silent: SilentKey[] = [];
  if (speaks('trade-limits') && maxRisk !== null && maxRisk > adjust.ceiling) {
    const note = `${maxRisk} is above the ceiling ${adjust.ceiling}, which holds instead`;
    silent.push({ path: 'guards.trade-limits.maxRisk', note, isOff: false });
  }
  const on = speaks('circuit-breakers') ? breakersOf(guards).filter((one) => one.on) : [];
  const halting = new Set(on.map(({ rule }) => rule)).size;
  if (speaks('emergency-stop') && breakersAtOnce !== null && breakersAtOnce > halting) {
    const note = `${breakersAtOnce} breakers never halt at once: ${halting} are on`;
    silent.push({ path: 'guards.emergency-stop.breakersAtOnce', note, isOff: false });
  }
  return silent;
}

const tiers = ['conservative', 'moderate', 'aggressive', 'speculative'] as const;

function tiersOutOfOrder({ engine, guards }: CheckedTree): SilentKey[] {
  if (!engine.guards.includes('leverage-cap')) return [];
  const caps = guards['leverage-cap'];
  return tiers.slice(1).flatMap((tier, i): SilentKey[] => {
    const calmer = tiers[i];
    if (calmer === undefined || caps[calmer] <= caps[tier]) return [];
    const note = `${caps[tier]} is below ${caps[calmer]} of the calmer tier ${calmer}`;
    return [{ path: `guards.leverage-cap.${tier}`, note, isOff: false }];
  });
}

/** What the leverage of a run makes of a configuration that it does not rule out by itself. */
export function leverageDoubts(tree: CheckedTree, { most, leastOfOrders }: Leverages): string[] {
  const { mode, engine, guards } = tree;
  const doubts: string[] = [];
  const cap = capOf(guards['leverage-cap'], mode);
  if (engine.guards.includes('leverage-cap') && leastOfOrders !== null && leastOfOrders > cap) {
    doubts.push(
      `every order is denied: none has a leverage below ${leastOfOrders}, and mode ${mode} allows ${cap} (guards.leverage-cap)`,
    );
  }
  const { type, multiplier } = guards.stops;
  if (engine.guards.includes('stops') && type === 'percent' && most !== null && multiplier * most >= 100) {
    doubts.push(
      `at ${most}x an isolated position never reaches a stop ${multiplier} % away: its margin is gone before (guards.stops.multiplier)`,
    );
  }
  return doubts;
}
