/** Lays the layers of the configuration over each other and keeps, for every leaf, who won and who lost. */
import { assert, InputError } from '../model/errors.ts';
import { getPath, parsePath, setPath } from '../model/path.ts';
import type { Derived, LayerEntry, LostValue, Origin } from './config-entry.ts';
import { checkValue, valueText } from './config-message.ts';
import type { SchemaLeaf } from './config-schema.ts';
import { canonicalJson } from './hash.ts';

export type ConfigLeaf = {
  readonly path: string;
  readonly value: unknown;
  readonly origin: Origin;
  /** Where else the same value is stated: by a layer that is overridden, or by a source that disagrees with that one. */
  readonly also: readonly Origin[];
  /**
   * Other values: those that were overridden, the last one first, and after each what its own profile names as set aside,
   * where its sources disagree. None equals the effective value, and none stands twice with one source.
   */
  readonly losers: readonly LostValue[];
  readonly meaning: string;
  /** A default that follows other keys as long as it has no value of its own. */
  readonly derived: boolean;
};

type State = {
  readonly value: unknown;
  readonly derived: Derived | null;
  readonly entry: LayerEntry;
  readonly before: readonly State[];
  readonly hard: boolean;
};

/**
 * The effective value of every leaf: the last entry for a path wins.
 *
 * @param entries in the order of the layers, the weakest first
 * @throws InputError CONFIG_VALUE for any wrong value, also one that a later layer overrides; HARD_CAP
 */
export function mergeLayers(
  leaves: readonly SchemaLeaf[],
  entries: readonly LayerEntry[],
): readonly ConfigLeaf[] {
  const states = new Map<string, State>();
  for (const entry of entries) {
    const leaf = leaves.find(({ path }) => path === entry.path);
    assert(leaf !== undefined, `an entry names a leaf of the schema, was ${entry.path}`);
    states.set(entry.path, applied(leaf, entry, states));
  }
  return leaves.map(({ path, meaning }) => {
    const state = states.get(path);
    assert(state !== undefined, `base.yaml has a value for every key, had none for ${path}`);
    const overridden = state.before.flatMap((lost) => [lostOf(lost, states), ...lost.entry.losers]);
    const won = lostOf(state, states);
    return {
      path,
      ...won,
      ...besides(won, [...state.entry.losers, ...overridden]),
      meaning,
      derived: state.derived !== null,
    };
  });
}

/** A value that equals the winner has not lost; it is one more voice for it. */
function besides(won: LostValue, others: readonly LostValue[]): Pick<ConfigLeaf, 'also' | 'losers'> {
  const same = ({ value }: LostValue) => canonicalJson(value) === canonicalJson(won.value);
  return {
    also: withoutRepeats([won, ...others.filter(same)])
      .slice(1)
      .map(({ origin }) => origin),
    losers: withoutRepeats(others.filter((other) => !same(other))),
  };
}

/**
 * Each value once for each source. A profile may name what the layer below it holds: of the two the one that tells the
 * layer stays, in the place of the first.
 */
function withoutRepeats(all: readonly LostValue[]): readonly LostValue[] {
  const kept = new Map<string, LostValue>();
  for (const one of all) {
    const key = canonicalJson([one.value, one.origin.source ?? one.origin.text]);
    const old = kept.get(key);
    if (old === undefined || old.origin.text === old.origin.source) kept.set(key, one);
  }
  return [...kept.values()];
}

function applied(leaf: SchemaLeaf, entry: LayerEntry, states: ReadonlyMap<string, State>): State {
  const old = states.get(leaf.path);
  const value = newValue(entry, old, states);
  if (entry.derived === null) checkValue(leaf, value, entry.placeOf);
  if (old?.hard) holdCap(entry, value, lostOf(old, states));
  const before = old === undefined ? [] : [old, ...old.before];
  return { value, derived: entry.derived, entry, before, hard: entry.hard || (old?.hard ?? false) };
}

/** Where an entry sets one place inside a list, the rest of the list stays as it is so far. */
function newValue(entry: LayerEntry, old: State | undefined, states: ReadonlyMap<string, State>): unknown {
  if (entry.inside.length === 0) return entry.value;
  const list = old === undefined ? undefined : lostOf(old, states).value;
  const steps = parsePath(entry.path);
  const changed = setPath(setPath({}, steps, list), [...steps, ...entry.inside], entry.value);
  return getPath(changed, steps)[0]?.value;
}

/** No cap at all, null, is the highest. */
function holdCap(entry: LayerEntry, value: unknown, cap: LostValue): void {
  const height = (of: unknown) => (of === null ? Number.POSITIVE_INFINITY : Number(of));
  if (height(value) <= height(cap.value)) return;
  throw new InputError({
    code: 'HARD_CAP',
    message: `${entry.path} must be at most ${valueText(cap.value)}, the cap of ${cap.origin.text}, was ${valueText(value)}`,
    place: entry.placeOf(entry.path),
    remedy: 'A hard cap may only be lowered by a later layer',
  });
}

function lostOf(state: State, states: ReadonlyMap<string, State>): LostValue {
  const { origin } = state.entry;
  if (state.derived === null) return { value: state.value, origin };
  const paths = typeof state.derived === 'string' ? [state.derived] : state.derived;
  const found = paths.map((path) => {
    const of = states.get(path);
    assert(of !== undefined && of.derived === null, `${path}, which a default names, has a value of its own`);
    return { path, value: of.value, origin: of.entry.origin };
  });
  const value = typeof state.derived === 'string' ? found[0]?.value : found.map((one) => one.value);
  const from = found.map((one) => `${one.path} from ${one.origin.text}`).join('; ');
  return { value, origin: { layer: origin.layer, text: `${origin.text}: ${from}` } };
}
