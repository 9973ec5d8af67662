/** dist/compiled: what each reader makes of the texts that the package brings (src/io/compiled.ts says what for). */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { glob } from 'tinyglobby';
import { z } from 'zod';
import { configTree } from '../../src/commands/config-tree.ts';
import { addOverrideOptions, overridesOf } from '../../src/commands/flags.ts';
import { envs, modes } from '../../src/commands/profile-names.ts';
import { bundledPath } from '../../src/io/bundled.ts';
import { type Compiled, compiledName } from '../../src/io/compiled.ts';
import { type ConfigLeaf, loadConfigWithoutFile } from '../../src/io/config.ts';
import type { LayerName } from '../../src/io/config-entry.ts';
import { plainEntries, readProfile } from '../../src/io/config-profile.ts';
import { type NameList, PROFILES, profileTexts, type ReadyConfigs } from '../../src/io/config-ready.ts';
import { innerSchema, schemaLeaves } from '../../src/io/config-schema.ts';
import { bookOf } from '../../src/io/portfolio-text.ts';
import { readScenario } from '../../src/io/read-scenario.ts';
import { readVenueFile } from '../../src/io/venue-schema.ts';

/** Bundled texts by pattern, with the reader that a command has for them. */
const readers: readonly { readonly files: string; readonly read: (text: string, file: string) => unknown }[] =
  [
    { files: `${PROFILES}/*.yaml`, read: profileEntries },
    { files: 'data/venues/*/*.yaml', read: readVenueFile },
    { files: 'data/sample/portfolio*.yaml', read: (text, file) => bookOf(text, file) },
    { files: 'scenarios/*.yaml', read: readScenario },
  ];

/** Writes one file for each bundled text, and one for the configurations that the profiles come to. */
export async function writeCompiled(folder: string): Promise<void> {
  for (const { files, read } of readers) {
    for (const file of await glob(files, { cwd: bundledPath('.'), absolute: true })) {
      const text = await readFile(file, 'utf8');
      await writeOne(folder, file, { texts: [text], value: read(text, file) });
    }
  }
  await writeOne(folder, bundledPath(PROFILES), { texts: profileTexts(), value: await readyConfigs() });
}

async function writeOne(folder: string, file: string, compiled: Compiled): Promise<void> {
  const text = JSON.stringify(compiled);
  if (!isDeepStrictEqual(JSON.parse(text), withoutUndefined(compiled)))
    throw new TypeError(`what a reader makes of ${file} must be plain data, to be kept as JSON`);
  const path = join(folder, compiledName(file) ?? '');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function profileEntries(text: string, path: string): unknown {
  const file = basename(path);
  return plainEntries(
    readProfile(configTree, (/^(env|mode)-/.exec(file)?.[1] ?? 'base') as LayerName, file, text),
  );
}

/** The configuration of no flag, of each environment, of each mode, and of each pair. */
async function readyConfigs(): Promise<ReadyConfigs> {
  const shared = new Map<string, { readonly index: number; readonly leaf: ConfigLeaf }>();
  const indexOf = (leaf: ConfigLeaf): number => {
    const key = JSON.stringify(leaf);
    const known = shared.get(key) ?? { index: shared.size, leaf };
    shared.set(key, known);
    return known.index;
  };
  const configs = [];
  for (const argv of commandLines()) {
    const overrides = await overridesOf(addOverrideOptions(new Command()).parse(argv, { from: 'user' }));
    const { values, leaves, hash } = loadConfigWithoutFile(configTree, overrides);
    configs.push({ overrides, values, leaves: leaves.map(indexOf), hash });
  }
  const all = [...shared.values()].map(({ leaf }) => leaf);
  return { leaves: all, configs, names: nameLists(all) };
}

/** The keys of `data` that are lists of names and nothing more. */
function nameLists(leaves: readonly ConfigLeaf[]): readonly NameList[] {
  const section = innerSchema(configTree, 'data');
  // A rule between keys would hang on a section, and could be broken by any value.
  if (rulesOf(configTree).length + rulesOf(section).length > 0) return [];
  return schemaLeaves(configTree).flatMap(({ path, schema }): NameList[] => {
    const alone = leaves.filter((leaf) => leaf.path === path);
    const isPlain = alone.every((leaf) => !leaf.derived && leaf.also.length + leaf.losers.length === 0);
    if (!path.startsWith('data.') || alone.length !== 1 || !isPlain) return [];
    return schema instanceof z.ZodArray && isName(schema.element) ? listOf(path, rulesOf(schema)) : [];
  });
}

function listOf(path: string, rules: readonly z.core.$ZodCheckDef[]): NameList[] {
  const [rule, ...others] = rules;
  if (rule === undefined) return [{ path, most: null }];
  if (others.length > 0 || rule.check !== 'max_length') return [];
  return [{ path, most: (rule as z.core.$ZodCheckMaxLengthDef).maximum }];
}

function isName(schema: z.core.$ZodType): boolean {
  const [rule, ...others] = rulesOf(schema);
  if (!(schema instanceof z.ZodString) || rule?.check !== 'min_length' || others.length > 0) return false;
  return (rule as z.core.$ZodCheckMinLengthDef).minimum === 1;
}

function rulesOf(schema: z.core.$ZodType): readonly z.core.$ZodCheckDef[] {
  return (schema._zod.def.checks ?? []).map((check) => check._zod.def);
}

function commandLines(): readonly string[][] {
  const ofEnv = [[], ...envs.map((env) => ['--env', env])];
  const ofMode = [[], ...modes.map((mode) => ['--mode', mode])];
  return ofEnv.flatMap((env) => ofMode.map((mode) => [...env, ...mode]));
}

/** An optional key without a value is none in JSON. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const held = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(held.map(([key, one]) => [key, withoutUndefined(one)]));
}
