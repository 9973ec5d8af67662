/**
 * Every field of a scenario file made wrong in turn. The cases come from walking the fixture of every key beside the published
 * JSON Schema, so that a key that is added later is covered without a line here.
 */
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { readYaml } from '../../src/io/config-yaml.ts';
import { scenarioFile } from '../../src/io/scenario-schema.ts';
import { parseUtc } from '../../src/model/time.ts';
import { fullScenario } from '../support/full-scenario.ts';
import { scenarioFault } from '../support/scenario-rule.ts';

type Schema = z.core.JSONSchema.JSONSchema;
type Step = string | number;

const published = z.toJSONSchema(scenarioFile, { io: 'input' });

const valid = plainOf(fullScenario);

function plainOf(text: string): unknown {
  const yaml = readYaml(text);
  if ('problem' in yaml) throw new Error(yaml.problem);
  return yaml.value;
}

/** `assets.BTC.points[0][1]` */
function pathText(path: readonly Step[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** A value as JSON with a line for each key and each entry, and the line (1-based) of each path. */
function printed(root: unknown): { readonly text: string; readonly lines: ReadonlyMap<string, number> } {
  const rows: string[] = [];
  const lines = new Map<string, number>();
  const write = (value: unknown, path: readonly Step[], before: string, after: string): void => {
    lines.set(pathText(path), rows.length + 1);
    if (typeof value !== 'object' || value === null) {
      rows.push(`${before}${typeof value === 'number' ? numberText(value) : JSON.stringify(value)}${after}`);
      return;
    }
    const isList = Array.isArray(value);
    rows.push(before + (isList ? '[' : '{'));
    const entries = Object.entries(value);
    for (const [i, [key, inner]] of entries.entries()) {
      const name = isList ? ' ' : ` ${JSON.stringify(key)}: `;
      write(inner, [...path, isList ? Number(key) : key], name, i === entries.length - 1 ? '' : ',');
    }
    rows.push((isList ? ']' : '}') + after);
  };
  write(root, [], '', '');
  return { text: rows.join('\n'), lines };
}

/** YAML can say what JSON cannot. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  return Number.isFinite(value) ? String(value) : '.inf';
}

/** The line of a path, or of what it would stand in. */
function lineIn(lines: ReadonlyMap<string, number>, path: readonly Step[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(pathText(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return 1;
}

/** A copy with one place changed, or without it where the value is undefined. */
function replaced(root: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = replaced(Object(root)[step], rest, value);
  if (Array.isArray(root)) return root.with(Number(step), inner);
  const entries = Object.entries(Object(root)).map(([key, one]) => [key, key === step ? inner : one]);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}

/** The same with a key under another name, at its place. */
function renamed(root: unknown, path: readonly Step[], name: string): unknown {
  const section = path.slice(0, -1).reduce<unknown>((inside, step) => Object(inside)[step], root);
  const entries = Object.entries(Object(section)).map(([key, one]) => [
    key === path.at(-1) ? name : key,
    one,
  ]);
  return replaced(root, path.slice(0, -1), Object.fromEntries(entries));
}

/** The schema of a part of the value, where a list of kinds is narrowed to that of the part. */
function narrowed(schema: Schema, value: unknown): Schema {
  const kinds = (schema.oneOf ?? []).filter((one) => typeof one === 'object' && one.properties !== undefined);
  const own = kinds.find((one) => {
    const kind = Object(one).properties.kind;
    return [kind.const, ...(kind.enum ?? [])].includes(Object(value).kind);
  });
  return (own ?? schema) as Schema;
}

function innerSchema(schema: Schema, step: Step): Schema {
  const named = typeof step === 'string' ? schema.properties?.[step] : schema.prefixItems?.[step];
  return (named ?? (typeof step === 'string' ? schema.additionalProperties : schema.items)) as Schema;
}

type Part = { readonly path: readonly Step[]; readonly value: unknown; readonly schema: Schema };

function partsOf(value: unknown, schema: Schema, path: readonly Step[] = []): Part[] {
  const own = narrowed(schema, value);
  const here: Part = { path, value, schema: own };
  if (typeof value !== 'object' || value === null) return [here];
  const inner = Object.entries(value).flatMap(([key, one]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    return partsOf(one, innerSchema(own, step), [...path, step]);
  });
  return [here, ...inner];
}

const parts = partsOf(valid, published);

/** A wrong value: what is wrong with it, the whole text's value, the path that is named, what the message says of it. */
type Wrong = {
  readonly name: string;
  readonly root: unknown;
  readonly path: readonly Step[];
  readonly says: string;
};

function wrongTypes({ path, value }: Part): Wrong[] {
  const others = [7, 'seven', null, Array.isArray(value) ? { seven: 7 } : []].filter(
    (one) => typeOf(one) !== typeOf(value),
  );
  return others.map((one) => ({
    name: `${pathText(path) || 'all'} as ${JSON.stringify(one)}`,
    root: replaced(valid, path, one),
    path,
    says: `${pathText(path) || 'a scenario'} must `,
  }));
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}

function outOfRange({ path, value, schema }: Part): Wrong[] {
  const { minimum, maximum } = schema;
  // Since draft 6 these are numbers; the type knows of older drafts too.
  const [exclusiveMinimum, exclusiveMaximum] = [schema.exclusiveMinimum, schema.exclusiveMaximum].map(
    (bound) => (typeof bound === 'number' ? bound : undefined),
  );
  const bounds = [
    ...(minimum === undefined ? [] : [minimum - 1e-9]),
    ...(maximum === undefined ? [] : [maximum + Math.max(1e-9, Math.abs(maximum) * 1e-9)]),
    ...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum, exclusiveMinimum - 1]),
    ...(exclusiveMaximum === undefined ? [] : [exclusiveMaximum, exclusiveMaximum + 1]),
  ];
  const beyond = typeof value === 'number' ? [...bounds, Number.NaN, Number.POSITIVE_INFINITY] : [];
  const words = typeof value === 'string' ? ['', ' ', ...(schema.enum ? [`${value}s`] : [])] : [];
  const counts = Array.isArray(value) && value.length > 0 ? countsOf(schema, value) : [];
  return [...beyond, ...words, ...counts].map((one) => ({
    name: `${pathText(path)} as ${typeof one === 'number' ? one : JSON.stringify(one)}`,
    root: replaced(valid, path, one),
    path,
    says: `${pathText(path)} must `,
  }));
}

/** A list with fewer and with more entries than it may have. */
function countsOf({ prefixItems, minItems }: Schema, value: readonly unknown[]): unknown[] {
  if (prefixItems !== undefined) return [value.slice(1), [...value, 1]];
  return minItems === undefined ? [] : [[]];
}

/** What looks like a time, a duration, a coin or a name and is none. */
function wrongTexts({ path, value, schema }: Part): Wrong[] {
  if (typeof value !== 'string' || schema.pattern === undefined) return [];
  const isTime = !Number.isNaN(parseUtc(value));
  const isDuration = /^\d+[a-z]+$/.test(value);
  const isCoin = /^[A-Z]+$/.test(value);
  const others = [
    ...(isTime
      ? ['2022-02-30', '2022-13-01', '2022-05-12 04:00', '12.05.2022', 'yesterday', '1652313600000']
      : []),
    ...(isTime && value.includes('T')
      ? ['2022-05-12T25:00:00Z', '2022-05-12T04:60:00Z', '2022-05-12T04:00:00']
      : []),
    ...(isDuration ? ['0s', '0.5ms', '1y', '1 h', '-1h', 'h'] : []),
    ...(isCoin ? ['btc', 'BTC/USDT', '1000'] : []),
  ];
  return others.map((one) => ({
    name: `${pathText(path)} as ${one}`,
    root: replaced(valid, path, one),
    path,
    says: `${pathText(path)} must be a`,
  }));
}

/** Each key under a name that is none, and each that must be there left out. */
function wrongKeys({ path, value, schema }: Part): Wrong[] {
  if (typeOf(value) !== 'object') return [];
  const keys = Object.keys(Object(value));
  const missing = (schema.required ?? []).map((key) => ({
    name: `${pathText([...path, key])} left out`,
    root: replaced(valid, [...path, key], undefined),
    path: [...path, key],
    says: `${pathText([...path, key])} must `,
  }));
  const section = pathText(path) || 'a scenario';
  const misspelt = keys.map((key) => {
    const isFixed = schema.properties !== undefined;
    const name = isFixed ? `${key}z` : `${key.toLowerCase()}-z`;
    // Without its kind a section is of none, and no other key of it can be judged.
    const isKind = key === 'kind' && path.length > 0;
    const known = isKind
      ? `${section}.kind must be one of`
      : `${section} must have known keys only, was "${name}"`;
    return {
      name: `${pathText([...path, key])} under the name ${name}`,
      root: renamed(valid, [...path, key], name),
      path: [...path, isKind ? key : name],
      says: isFixed ? known : `a key of ${section} must be a coin`,
    };
  });
  return [...missing, ...misspelt];
}

/** The first value of each place of the schema: the second point of an asset is read as the first one is. */
const firsts = parts.filter(({ schema }, i) => parts.findIndex((one) => one.schema === schema) === i);

const wrongs = [
  ...firsts.flatMap((part) => [...wrongTypes(part), ...outOfRange(part), ...wrongTexts(part)]),
  ...parts.flatMap(wrongKeys),
];

/** The paths that a schema knows: names of coins as `*`, entries of lists as `[]`, kinds of one list together. */
function schemaPaths(schema: Schema, path = ''): string[] {
  const options = [schema, ...(schema.oneOf ?? [])].filter((one) => typeof one === 'object') as Schema[];
  const inner = options.flatMap(({ properties = {}, additionalProperties, items, prefixItems = [] }) => [
    ...Object.entries(properties).flatMap(([key, one]) => schemaPaths(one as Schema, `${path}.${key}`)),
    ...(typeof additionalProperties === 'object' ? schemaPaths(additionalProperties, `${path}.*`) : []),
    ...[items, ...prefixItems].flatMap((one) =>
      typeof one === 'object' && !Array.isArray(one) ? schemaPaths(one, `${path}[]`) : [],
    ),
  ]);
  return [path, ...inner];
}

function valuePaths(value: unknown, schema: Schema, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const own = narrowed(schema, value);
  const inner = Object.entries(value).flatMap(([key, one]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    const name = typeof step === 'number' ? '[]' : own.properties === undefined ? '.*' : `.${key}`;
    return valuePaths(one, innerSchema(own, step), `${path}${name}`);
  });
  return [path, ...inner];
}

describe('the schema of a scenario file', () => {
  it('has its every key in the fixture, so that each is made wrong below', () => {
    const used = new Set(valuePaths(valid, published));
    expect([...new Set(schemaPaths(published))].filter((path) => !used.has(path))).toEqual([]);
  });

  it('has each kind of action and fault in the fixture', () => {
    const { venue, faults } = z.object({ venue: z.array(z.any()), faults: z.array(z.any()) }).parse(valid);
    for (const [list, options] of [
      [venue, Object(published.properties).venue.items.oneOf],
      [faults, Object(published.properties).faults.items.oneOf],
    ]) {
      const known = options.flatMap(({ properties: { kind } }: Schema & { properties: { kind: Schema } }) => [
        ...(kind.const === undefined ? [] : [kind.const]),
        ...(kind.enum ?? []),
      ]);
      expect(list.map(({ kind }: { kind: string }) => kind).sort()).toEqual(known.sort());
    }
  });

  it('says of every key what it means', () => {
    const silent: string[] = [];
    const visit = (schema: Schema, path: string): void => {
      for (const one of schema.oneOf ?? []) if (typeof one === 'object') visit(one, path);
      if (typeof schema.items === 'object' && !Array.isArray(schema.items)) visit(schema.items, `${path}[]`);
      if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, `${path}.*`);
      for (const [key, one] of Object.entries(schema.properties ?? {})) {
        if (!/\S/.test(Object(one).description ?? '')) silent.push(`${path}.${key}`);
        visit(one as Schema, `${path}.${key}`);
      }
    };
    visit(published, '');
    expect(silent).toEqual([]);
  });

  it('is refused in every place: its type, its range, its name', () => {
    const made = new Set(wrongs.map(({ path }) => pathText(path)));
    expect(firsts.map(({ path }) => pathText(path)).filter((path) => !made.has(path))).toEqual([]);
    expect(wrongs.length).toBeGreaterThan(firsts.length * 5);
  });
});

const sectionOf = ({ path: [first = 'the file itself'] }: Wrong) => String(first);

describe('a scenario file with one field wrong is refused with its path, its line and what to do', () => {
  test.each([...new Set(wrongs.map(sectionOf))])('%s', (section) => {
    for (const one of wrongs) if (sectionOf(one) === section) holds(one);
  });
});

/** Without sections that may be missing, for speed; the one that is meant stays, and the correlation that stands for DEFAULT. */
function shortened(root: unknown, section: string): unknown {
  if (typeOf(root) !== 'object') return root;
  const needed = new Set([...(published.required ?? []), 'correlation', section]);
  const known = new Set(Object.keys(published.properties ?? {}));
  return Object.fromEntries(
    Object.entries(Object(root)).filter(([key]) => needed.has(key) || !known.has(key)),
  );
}

function holds({ name, root, path, says }: Wrong): void {
  const { text, lines } = printed(shortened(root, String(path[0])));
  const { code, message, place, remedy } = scenarioFault(text, 'full.json');
  expect({ name, code }).toEqual({ name, code: expect.stringMatching(/^(CONFIG_(KEY|VALUE)|SCENARIO)$/) });
  expect({ name, message }).toEqual({ name, message: expect.stringContaining(says) });
  expect({ name, place }).toMatchObject({ name, place: { file: 'full.json', line: lineIn(lines, path) } });
  expect({ name, remedy }).toEqual({ name, remedy: expect.stringMatching(/\S/) });
}
