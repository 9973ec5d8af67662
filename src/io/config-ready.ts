/**
 * The configuration of most command lines, laid over each other, checked and hashed by the build already: those that change
 * nothing but `--env`, `--mode` and which files are read. What it holds is what `loadConfig` gives, to the byte.
 */
import { readdirSync } from 'node:fs';
import { setPath } from '../model/path.ts';
import { bundledPath } from './bundled.ts';
import { compiledOf } from './compiled.ts';
import type { Config, ConfigRequest, Override } from './config.ts';
import { readConfigText, readUserFile } from './config-file.ts';
import { configHash } from './config-hash.ts';
import type { ConfigLeaf } from './config-merge.ts';
import { canonicalJson } from './hash.ts';

export const PROFILES = 'data/profiles';

/** What the build leaves for the folder of the profiles. Configurations share most of their leaves. */
export type ReadyConfigs = {
  readonly leaves: readonly ConfigLeaf[];
  readonly configs: readonly {
    /** Those of --env and --mode. */
    readonly overrides: readonly Override[];
    readonly values: unknown;
    /** Indices into `leaves`, in the order of the schema. */
    readonly leaves: readonly number[];
    readonly hash: string;
  }[];
  readonly names: readonly NameList[];
};

/** A key that takes any list of texts which are not empty, and whose value no rule holds against another key. */
export type NameList = {
  readonly path: string;
  /** The longest list; null for any. */
  readonly most: number | null;
};

/** The texts of all profiles, by name: an edit of any of them sets all ready configurations aside. */
export function profileTexts(): readonly string[] {
  const folder = bundledPath(PROFILES);
  const names = readdirSync(folder).sort();
  return names.map((name) => readConfigText(folder, name, true) ?? '');
}

/**
 * The ready configuration of a request; null where it asks for more than the build knew, where a value is not plainly right,
 * or where a profile was edited since.
 *
 * @param folder for `compiledOf`
 */
export function readyConfig<T>(request: ConfigRequest, folder?: string | null): Config<T> | null {
  if (readUserFile(request) !== null) return null;
  const ready = compiledOf<ReadyConfigs>(bundledPath(PROFILES), profileTexts(), folder);
  if (ready === null) return null;
  const isLayer = ({ path }: Override) => path === 'env' || path === 'mode';
  const layers = JSON.stringify(request.overrides.filter(isLayer));
  const named = request.overrides.filter((override) => !isLayer(override));
  const found = ready.configs.find(({ overrides }) => JSON.stringify(overrides) === layers);
  if (found === undefined || !named.every((one) => isPlain(one, named, ready.names))) return null;
  const leaves = found.leaves.flatMap((i) => ready.leaves[i] ?? []);
  return withNames<T>({ values: found.values as T, leaves, hash: found.hash }, named);
}

function isPlain({ path, value }: Override, all: readonly Override[], names: readonly NameList[]): boolean {
  const list = names.find((one) => one.path === path);
  if (list === undefined || all.filter((one) => one.path === path).length > 1 || !Array.isArray(value))
    return false;
  const most = list.most ?? Number.POSITIVE_INFINITY;
  return value.length <= most && value.every((name) => typeof name === 'string' && name !== '');
}

/** Files in the place of the defaults, which are one value of one source each. */
function withNames<T>(config: Config<T>, named: readonly Override[]): Config<T> {
  if (named.length === 0) return config;
  const leaves = config.leaves.map((leaf): ConfigLeaf => {
    const override = named.find(({ path }) => path === leaf.path);
    if (override === undefined) return leaf;
    const { value, origin } = override;
    const isSame = canonicalJson(value) === canonicalJson(leaf.value);
    const losers = isSame ? [] : [{ value: leaf.value, origin: leaf.origin }];
    return { ...leaf, value, origin, also: isSame ? [leaf.origin] : [], losers };
  });
  const values = named.reduce<unknown>((tree, { path, value }) => setPath(tree, path, value), config.values);
  return { values: values as T, leaves, hash: configHash(leaves) };
}
