/** The text of a file that states something, held against its schema: content, and where in the file each part of it stands. */
import type { z } from 'zod';
import { type ErrorCode, type Fault, InputError, type Place } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { pathOf } from '../model/path.ts';
import { branchOf, ruleOf, valueText } from './config-message.ts';
import { readYaml, type YamlValue } from './config-yaml.ts';

/** Ends the reading with what must hold, at a path of the file. */
export type Refuse = (path: string, message: string, remedy: string) => never;

export type StatedText<T> = {
  readonly content: T;
  readonly refuse: Refuse;
  /** Where a path of the file stands. */
  readonly placeOf: (path: string) => Place;
};

/** A kind of file. */
export type StatedKind<T> = {
  /** As `risk schema` knows it, and as messages name it. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** The code of what no single key can be checked for. */
  readonly code: ErrorCode;
  /** The keys whose values are decimals, wherever they stand. */
  readonly amounts: ReadonlySet<string>;
  /** The keys that a section may have: that of a path such as `positions, 0`. */
  readonly keysAt: (path: readonly PropertyKey[]) => readonly string[];
};

/**
 * @param file for messages
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE
 */
export function statedText<T>(kind: StatedKind<T>, text: string, file: string): StatedText<T> {
  const yaml = readYaml(text);
  if ('problem' in yaml) {
    const place = { file, line: yaml.line };
    throw new InputError({ code: 'CONFIG_FILE', message: yaml.problem, place });
  }
  const placeOf = (path: string) => placeIn(yaml, file, path);
  const refuse: Refuse = (path, message, remedy) => {
    throw new InputError({ code: kind.code, message, place: placeOf(path), remedy });
  };
  return { content: checked(kind, asWritten(kind, yaml.value, [], yaml), placeOf), refuse, placeOf };
}

/** @throws InputError CONFIG_FILE where the bytes are no text */
export function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = 'it must be UTF-8 text, was something else';
    throw new InputError({ code: 'CONFIG_FILE', message, place: { file } });
  }
}

/** The value with its amounts as texts, every digit kept: a double has only sixteen or so. */
function asWritten<T>(
  kind: StatedKind<T>,
  value: unknown,
  at: readonly PropertyKey[],
  yaml: YamlValue,
): unknown {
  if (Array.isArray(value)) return value.map((one, i) => asWritten(kind, one, [...at, i], yaml));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, asWritten(kind, one, [...at, key], yaml)]),
    );
  const isAmount = typeof value === 'number' && kind.amounts.has(String(at.at(-1)));
  return isAmount ? (yaml.numberText(pathOf(at)) ?? value) : value;
}

/** The line of a path; of what it should stand in where it is missing. */
function placeIn(yaml: YamlValue, file: string, path: string): Place {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.'), at.lastIndexOf('[')))) {
    const line = yaml.lineOf(at);
    if (line !== null) return { file, line };
  }
  return path === '' ? { file, line: 1 } : { file, path };
}

/** Holds a value against its schema; every key that is wrong is named, with the place and the remedy of the first. */
function checked<T>(kind: StatedKind<T>, value: unknown, placeOf: (path: string) => Place): T {
  const parsed = kind.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // A key that is misspelt is missing as well: its own name says more.
  const issues = parsed.error.issues.toSorted(
    (a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'),
  );
  const [first, ...others] = issues.map((issue) => complaintOf(kind, value, issue, placeOf));
  if (first === undefined) throw new RangeError('a schema that refuses must say why');
  const more = others.map(({ message, place = {} }) => {
    return place.line === undefined ? `; ${message}` : `; ${message} (line ${place.line})`;
  });
  throw new InputError({ ...first, message: `${first.message}${more.join('')}` });
}

function complaintOf<T>(
  kind: StatedKind<T>,
  value: unknown,
  outer: z.core.$ZodIssue,
  placeOf: (path: string) => Place,
): Fault {
  const inner = branchOf(outer);
  const issue = { ...inner, path: inner === outer ? outer.path : [...outer.path, ...inner.path] };
  const path = pathOf(issue.path);
  const name = path === '' ? `${kind.name === 'order' ? 'an' : 'a'} ${kind.name}` : path;
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = kind.keysAt(issue.path);
    const near = nearestName(key, known);
    return {
      code: 'CONFIG_KEY',
      message: `${name} must have known keys only, was ${issue.keys.map((one) => `"${one}"`).join(', ')}`,
      place: placeOf(path === '' ? key : `${path}.${key}`),
      remedy: near === null ? `Known keys here: ${known.join(', ')}` : `Did you mean "${near}"?`,
    };
  }
  const was = issue.path.reduce<unknown>((inside, key) => Object(inside)[key], value);
  const near =
    issue.code === 'invalid_value' && typeof was === 'string'
      ? nearestName(was, issue.values.map(String))
      : null;
  return {
    code: 'CONFIG_VALUE',
    message: `${name} must ${ruleOf(issue)}, was ${valueText(was)}`,
    place: placeOf(path),
    remedy:
      near === null
        ? `See "risk schema ${kind.name}" for all keys and their meaning`
        : `Did you mean "${near}"?`,
  };
}
