/**
 * A profile: a file of the product whose every leaf is `{ value, source }`, so that no number is without its reason.
 *
 *   multiplier: { value: 2, source: "S2 layer 3: ...", hard: true, losers: [{ value: 3, source: ... }] }
 *   multipliers: { derived: [guards.stops.multiplier], source: ... }
 *
 * `hard` marks a cap that later layers may only lower; `losers` are values of other sources that were set aside.
 */
import { z } from 'zod';
import { InputError, type Place } from '../model/errors.ts';
import { bundledPath } from './bundled.ts';
import { compiledOf } from './compiled.ts';
import { assignments, type LayerEntry, type LayerName, type LostValue } from './config-entry.ts';
import { checkValue } from './config-message.ts';
import { type SchemaLeaf, schemaLeaves } from './config-schema.ts';
import { readYaml } from './config-yaml.ts';

const text = z.string().min(1);

const profileLeaf = z
  .strictObject({
    value: z.unknown().optional(),
    derived: z.union([text, z.array(text).min(1)]).optional(),
    source: text,
    hard: z.boolean().optional(),
    losers: z.array(z.strictObject({ value: z.unknown(), source: text })).optional(),
  })
  .refine((leaf) => 'value' in leaf !== (leaf.derived !== undefined), 'hold either value or derived');

type ProfileLeaf = z.output<typeof profileLeaf>;

const profileSchema: SchemaLeaf = {
  path: '',
  schema: profileLeaf,
  meaning: 'A leaf is { value, source }, or { derived, source }; hard and losers may follow',
};

/** An entry as plain data, as the build leaves it. */
export type CompiledEntry = Omit<LayerEntry, 'placeOf'> & { readonly line: number };

/** Entries with the line where each stands. */
export function plainEntries(entries: readonly LayerEntry[]): readonly CompiledEntry[] {
  return entries.map(({ placeOf, ...entry }) => ({ ...entry, line: placeOf(entry.path).line ?? 1 }));
}

/**
 * Reads the text of a profile, or takes what the build read of it.
 *
 * @param file the name that origins and messages show: `base.yaml`
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE
 */
export function readProfile(
  schema: z.ZodObject,
  layer: LayerName,
  file: string,
  content: string,
): readonly LayerEntry[] {
  const ready = compiledOf<readonly CompiledEntry[]>(bundledPath(`data/profiles/${file}`), [content]);
  if (ready !== null)
    return ready.map(({ line, ...entry }) => ({ ...entry, placeOf: () => ({ file, line }) }));
  const yaml = readYaml(content);
  if ('problem' in yaml) {
    throw new InputError({ code: 'CONFIG_FILE', message: yaml.problem, place: { file, line: yaml.line } });
  }
  const leaves = new Map(schemaLeaves(schema).map((leaf) => [leaf.path, leaf]));
  const placeOf = (path: string): Place => ({ file, line: yaml.lineOf(path) ?? 1 });
  return assignments(schema, yaml.value ?? {}, placeOf).map(({ path, value }) => {
    checkValue({ ...profileSchema, path }, value, placeOf);
    const leaf = profileLeaf.parse(value);
    const losers = (leaf.losers ?? []).map((lost): LostValue => {
      const target = leaves.get(path);
      if (target !== undefined) checkValue(target, lost.value, () => placeOf(`${path}.losers`));
      return { value: lost.value, origin: { layer, text: lost.source, source: lost.source } };
    });
    return entryOf({ path, leaf, losers, layer, file, placeOf });
  });
}

type Found = {
  readonly path: string;
  readonly leaf: ProfileLeaf;
  readonly losers: readonly LostValue[];
  readonly layer: LayerName;
  readonly file: string;
  readonly placeOf: (path: string) => Place;
};

function entryOf({ path, leaf, losers, layer, file, placeOf }: Found): LayerEntry {
  return {
    path,
    inside: [],
    value: leaf.value,
    derived: leaf.derived ?? null,
    origin: { layer, text: `${file} (${leaf.source})`, source: leaf.source },
    placeOf,
    hard: leaf.hard ?? false,
    losers,
  };
}
