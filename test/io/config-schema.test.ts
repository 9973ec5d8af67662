import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configTree } from '../../src/commands/config-tree.ts';
import { fileJsonSchema, leafPaths, schemaLeaves } from '../../src/io/config-schema.ts';

const small = z.strictObject({
  b: z.number().describe('first'),
  a: z.strictObject({ 'c-d': z.array(z.strictObject({ x: z.number() })), e: z.string() }),
});

describe('leafPaths', () => {
  it('lists every leaf in the order of the schema; a list is one leaf, whatever it holds', () => {
    expect(leafPaths(small)).toEqual(['b', 'a.c-d', 'a.e']);
  });

  it('lists the keys of the product, each once and each with a meaning', () => {
    const paths = leafPaths(configTree);
    expect(paths).toEqual(expect.arrayContaining(['env', 'mode', 'data.maxGap', 'guards.stops.atrPeriod']));
    expect(new Set(paths).size).toBe(paths.length);
    for (const leaf of schemaLeaves(configTree)) expect(leaf.meaning, leaf.path).not.toBe('');
  });
});

describe('fileJsonSchema', () => {
  it('requires no key of a section, but every field of an entry of a list', () => {
    expect(JSON.parse(JSON.stringify(fileJsonSchema(small)))).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      properties: {
        b: { type: 'number', description: 'first' },
        a: {
          type: 'object',
          additionalProperties: false,
          properties: {
            'c-d': {
              type: 'array',
              items: {
                type: 'object',
                properties: { x: { type: 'number' } },
                required: ['x'],
                additionalProperties: false,
              },
            },
            e: { type: 'string' },
          },
        },
      },
    });
  });
});
