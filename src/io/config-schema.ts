/** The schema of the configuration as a list of leaves: what can be set, by which path, and what it means. */
import { z } from 'zod';
import { assert } from '../model/errors.ts';

export type SchemaLeaf = {
  readonly path: string;
  readonly schema: z.ZodType;
  /** What the key does, in the words of the schema; empty where it says nothing. */
  readonly meaning: string;
};

/** Every leaf in the order of the schema. A section is a strict object; anything else, a list too, is a leaf. */
export function schemaLeaves(schema: z.ZodObject, prefix = ''): readonly SchemaLeaf[] {
  return Object.keys(schema.shape).flatMap((key): readonly SchemaLeaf[] => {
    const inner = innerSchema(schema, key);
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (inner instanceof z.ZodObject) return schemaLeaves(inner, path);
    return [{ path, schema: inner, meaning: inner.description ?? '' }];
  });
}

/** The paths of all leaves, in the order of the schema; the test "every key changes some result" walks them. */
export function leafPaths(schema: z.ZodObject): readonly string[] {
  return schemaLeaves(schema).map((leaf) => leaf.path);
}

/** The schema of one key of a section; the key must be one of the section. */
export function innerSchema(section: z.ZodObject, key: string): z.ZodType {
  const inner: unknown = section.shape[key];
  assert(inner instanceof z.ZodType, `"${key}" is a key of its section`);
  return inner;
}

/**
 * The JSON Schema of a configuration file: every key is optional, since a file says only what differs.
 *
 * The same schema gives the same text.
 */
export function fileJsonSchema(schema: z.ZodObject): object {
  const sections = new Set<unknown>(sectionsOf(schema));
  return z.toJSONSchema(schema, {
    override: ({ zodSchema, jsonSchema }) => {
      if (sections.has(zodSchema)) delete jsonSchema.required;
    },
  });
}

function sectionsOf(schema: z.ZodObject): readonly z.ZodObject[] {
  const inner = Object.keys(schema.shape).map((key) => innerSchema(schema, key));
  return [schema, ...inner.flatMap((one) => (one instanceof z.ZodObject ? sectionsOf(one) : []))];
}
