/** What a layer of the configuration says: one value for one leaf, and from where. */
import { z } from 'zod';
import { InputError, type Place } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { formatPath, type PathStep, parsePath } from '../model/path.ts';
import { valueText } from './config-message.ts';
import { innerSchema, leafPaths } from './config-schema.ts';

export type LayerName = 'base' | 'env' | 'mode' | 'file' | 'flag' | 'set';

export type Origin = {
  readonly layer: LayerName;
  /** As printed: `base.yaml (S2 layer 3 ...)`, `risk.yaml:12`, `flag --multiplier`, `--set`. */
  readonly text: string;
  /** What the profile names as its reason, without the name of the file; a text that is no profile's has none. */
  readonly source?: string;
};

/** A value that another one overrode, and where it came from. */
export type LostValue = { readonly value: unknown; readonly origin: Origin };

/** A default that is made of other keys: the value at one path, or the list of the values at several. */
export type Derived = string | readonly string[];

export type LayerEntry = {
  /** The leaf. */
  readonly path: string;
  /** Steps below the leaf, where one entry of a list is set; mostly empty. */
  readonly inside: readonly PathStep[];
  readonly value: unknown;
  readonly derived: Derived | null;
  readonly origin: Origin;
  readonly placeOf: (path: string) => Place;
  /** A cap that later layers may only lower. */
  readonly hard: boolean;
  /** Values that the layer itself names as set aside, where its sources disagree. */
  readonly losers: readonly LostValue[];
};

export type Assignment = { readonly path: string; readonly value: unknown };

/** The steps of a path, cut where the leaf ends and the inside of its list begins. */
type Target = { readonly schema: z.ZodType; readonly path: string; readonly inside: readonly PathStep[] };

/**
 * Takes a tree of values apart into its leaves, in the order in which they stand.
 *
 * @param path where the tree hangs; empty for the whole configuration
 * @throws InputError CONFIG_KEY for a key that does not exist, CONFIG_VALUE for a section that is no map of keys
 */
export function assignments(
  root: z.ZodObject,
  tree: unknown,
  placeOf: (path: string) => Place,
  path = '',
): readonly Assignment[] {
  const { schema } = path === '' ? { schema: root } : findTarget(root, path, placeOf);
  if (!(schema instanceof z.ZodObject)) return [{ path, value: tree }];
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) {
    throw new InputError({
      code: 'CONFIG_VALUE',
      message: `${path === '' ? 'the configuration' : path} must be a section of keys, was ${valueText(tree)}`,
      place: placeOf(path),
      remedy: `Its keys are ${Object.keys(schema.shape).join(', ')}`,
    });
  }
  return Object.entries(tree).flatMap(([key, value]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(schema.shape, key)) throw unknownKey({ root, section: schema, path, key, placeOf });
    return assignments(root, value, placeOf, inner);
  });
}

/**
 * Finds the section or leaf that a path of keys and indices names.
 *
 * @throws InputError USAGE where the text is no path, CONFIG_KEY where a key does not exist
 */
export function findTarget(root: z.ZodObject, path: string, placeOf: (path: string) => Place): Target {
  const steps = parsePath(path);
  let schema: z.ZodType = root;
  for (const [depth, step] of steps.entries()) {
    const before = formatPath(steps.slice(0, depth));
    if (!(schema instanceof z.ZodObject)) return { schema, path: before, inside: steps.slice(depth) };
    const key = step.kind === 'key' ? step.key : formatPath([step]);
    if (!Object.hasOwn(schema.shape, key))
      throw unknownKey({ root, section: schema, path: before, key, placeOf });
    schema = innerSchema(schema, key);
  }
  return { schema, path, inside: [] };
}

type Unknown = {
  readonly root: z.ZodObject;
  readonly section: z.ZodObject;
  readonly path: string;
  readonly key: string;
  readonly placeOf: (path: string) => Place;
};

function unknownKey({ root, section, path, key, placeOf }: Unknown): InputError {
  const full = path === '' ? key : `${path}.${key}`;
  const known = Object.keys(section.shape);
  const near = nearestName(key, known);
  const elsewhere = leafPaths(root).find((leaf) => leaf === key || leaf.endsWith(`.${key}`));
  const suggestion = near === null ? elsewhere : path === '' ? near : `${path}.${near}`;
  const where = path === '' ? 'the configuration' : path;
  return new InputError({
    code: 'CONFIG_KEY',
    message: `a key of ${where} must be one that exists, was ${full}`,
    place: placeOf(full),
    remedy: suggestion === undefined ? `Its keys are ${known.join(', ')}` : `Did you mean "${suggestion}"?`,
  });
}
