/**
 * The only reader of configuration. Later layers win:
 *
 *   base.yaml < env-*.yaml < mode-*.yaml < risk.yaml < flags < --set
 *
 * `env` and `mode` name the two overlays; a file or a flag may name others, which never changes what the file says.
 */
import type { z } from 'zod';
import { assert, InputError, InvariantError, type Place } from '../model/errors.ts';
import { setPath } from '../model/path.ts';
import { bundledPath } from './bundled.ts';
import { assignments, findTarget, type LayerEntry, type Origin } from './config-entry.ts';
import { readConfigText, readUserFile } from './config-file.ts';
import { configHash } from './config-hash.ts';
import { type ConfigLeaf, mergeLayers } from './config-merge.ts';
import { checkValue, oneShot, valueError } from './config-message.ts';
import { readProfile } from './config-profile.ts';
import { type SchemaLeaf, schemaLeaves } from './config-schema.ts';
import { readYaml } from './config-yaml.ts';

export type { Origin } from './config-entry.ts';
export type { ConfigLeaf } from './config-merge.ts';

/** A value that the command line gives to a path: from a flag that is its alias, or from `--set`. */
export type Override = {
  readonly path: string;
  readonly value: unknown;
  /** `flag --multiplier` or `--set`. */
  readonly origin: Origin;
};

export type ConfigSources = {
  /** The text of a profile by its name without ending: `base`, `env-staging`, `mode-moderate`. */
  readonly profile: (name: string) => string;
  /** The user's file and the name that messages show, or null where there is none. */
  readonly file: { readonly name: string; readonly text: string } | null;
  /** In the order in which they win: flags, then `--set`. */
  readonly overrides: readonly Override[];
};

export type Config<T> = {
  /** The effective values as the tree of the schema. */
  readonly values: T;
  /** Every leaf in the order of the schema, with its origin and the values that lost. */
  readonly leaves: readonly ConfigLeaf[];
  /** SHA-256 of the effective values as canonical JSON: a list of [path, value], sorted by path. */
  readonly hash: string;
};

export type ConfigRequest = {
  readonly cwd: string;
  /** What --config names, relative to `cwd`; null for `risk.yaml` in it, where there is one. */
  readonly file: string | null;
  readonly overrides: readonly Override[];
};

/**
 * Loads the configuration from the bundled profiles, the user's file and the command line.
 *
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, HARD_CAP; FILE_MISSING where `file` names none
 */
export function loadConfig<S extends z.ZodObject>(schema: S, request: ConfigRequest): Config<z.output<S>> {
  const { overrides } = request;
  return configOf(schema, { profile: bundledProfile, file: readUserFile(request), overrides });
}

/** The same without any file of the user: what the product brings, and the command line. */
export function loadConfigWithoutFile<S extends z.ZodObject>(
  schema: S,
  overrides: readonly Override[],
): Config<z.output<S>> {
  return configOf(schema, { profile: bundledProfile, file: null, overrides });
}

function bundledProfile(name: string): string {
  const content = readConfigText(bundledPath('data/profiles'), `${name}.yaml`, false);
  assert(content !== null, `the package brings the profile ${name} with it`);
  return content;
}

/** The same from texts: all of the rules, and no file. */
export function configOf<S extends z.ZodObject>(schema: S, sources: ConfigSources): Config<z.output<S>> {
  const leaves = schemaLeaves(schema);
  const base = readProfile(schema, 'base', 'base.yaml', sources.profile('base'));
  const user = [...fileEntries(schema, sources.file), ...overrideEntries(schema, sources.overrides)];
  const overlays = (['env', 'mode'] as const).flatMap((layer) => {
    const name = `${layer}-${overlayName(leaves, [...base, ...user], layer)}`;
    return readProfile(schema, layer, `${name}.yaml`, sources.profile(name));
  });
  const merged = mergeLayers(leaves, [...base, ...overlays, ...user]);
  return { values: treeOf(schema, merged), leaves: merged, hash: configHash(merged) };
}

/** Reads `path=value` of `--set`; the value is YAML: `2`, `[1, 2]`, `wilder`, `null`. */
export function readSetting(text: string): Override {
  const origin: Origin = { layer: 'set', text: '--set' };
  const equals = /^(?:\[[^\]]*\]|[^=[])*/.exec(text)?.[0].length ?? 0;
  const value = text.slice(equals + 1);
  if (text[equals] !== '=' || value.trim() === '') {
    throw new InputError({
      code: 'USAGE',
      message: `--set must be path=value, was "${text}"`,
      remedy: 'Write null for no value and "" for empty text',
    });
  }
  const yaml = readYaml(value);
  if (!('problem' in yaml)) return { path: text.slice(0, equals), value: yaml.value, origin };
  const message = `the value of --set must be readable as YAML, was ${value}: ${yaml.problem}`;
  throw new InputError({ code: 'USAGE', message, remedy: 'Put text with special signs in quotes' });
}

function fileEntries(schema: z.ZodObject, file: ConfigSources['file']): readonly LayerEntry[] {
  if (file === null) return [];
  const { name, text } = file;
  const yaml = readYaml(text);
  if ('problem' in yaml) {
    throw new InputError({
      code: 'CONFIG_FILE',
      message: yaml.problem,
      place: { file: name, line: yaml.line },
    });
  }
  const placeOf = (path: string): Place => ({ file: name, line: yaml.lineOf(path) ?? 1 });
  return assignments(schema, yaml.value ?? {}, placeOf).map(({ path, value }) => {
    const origin: Origin = { layer: 'file', text: `${name}:${placeOf(path).line}` };
    return { ...plainEntry, path, value, origin, placeOf };
  });
}

const plainEntry = { inside: [], derived: null, hard: false, losers: [] } as const;

function overrideEntries(schema: z.ZodObject, overrides: readonly Override[]): readonly LayerEntry[] {
  return overrides.flatMap(({ path, value, origin }): readonly LayerEntry[] => {
    const placeOf = (): Place => ({ path: origin.text });
    const target = findTarget(schema, path, placeOf);
    if (target.inside.length > 0) {
      return [{ ...plainEntry, path: target.path, inside: target.inside, value, origin, placeOf }];
    }
    return assignments(schema, value, placeOf, path).map((one) => ({
      ...plainEntry,
      ...one,
      origin,
      placeOf,
    }));
  });
}

function overlayName(
  leaves: readonly SchemaLeaf[],
  entries: readonly LayerEntry[],
  key: 'env' | 'mode',
): string {
  const entry = entries.findLast((one) => one.path === key);
  const leaf = leaves.find((one) => one.path === key);
  if (entry === undefined || leaf === undefined)
    throw new InvariantError(`invariant: base.yaml names ${key}`);
  checkValue(leaf, entry.value, entry.placeOf);
  return String(entry.value);
}

/** The whole tree is held against the schema once more, for rules between keys. */
function treeOf<S extends z.ZodObject>(schema: S, leaves: readonly ConfigLeaf[]): z.output<S> {
  const tree = leaves.reduce<unknown>((inner, leaf) => setPath(inner, leaf.path, leaf.value), {});
  const parsed = schema.safeParse(tree, oneShot);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  const leaf = leaves.find((one) => path === one.path || path.startsWith(`${one.path}.`));
  if (issue === undefined || leaf === undefined)
    throw new InvariantError(`invariant: a complaint names a key, was ${path}`);
  const inside = { ...issue, path: issue.path.slice(leaf.path.split('.').length) };
  const place = (): Place => ({ path: leaf.origin.text });
  throw valueError({ path: leaf.path, schema, meaning: leaf.meaning }, leaf.value, inside, place);
}
