/** The text of a file that states something, held against its schema: content, and where in the file each part of it stands. */
import type { z } from 'zod';
import { type ErrorCode, type Fault, InputError, type Place } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { pathOf } from '../model/path.ts';
import { branchOf, choicesOf, ruleOf, valueText } from './config-message.ts';
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
  /** The keys that a section may have: that of a path such as `positions, 0`, with what it holds. */
  readonly keysAt: (path: readonly PropertyKey[], section: unknown) => readonly string[];
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
  // What is missing altogether belongs into the file as a whole: a message has a line, whatever is wrong.
  const faultAt = (path: string) => ({ line: 1, ...placeOf(path) });
  const refuse: Refuse = (path, message, remedy) => {
    throw new InputError({ code: kind.code, message, place: faultAt(path), remedy });
  };
  return { content: checked(kind, asWritten(kind, yaml.value, [], yaml), faultAt), refuse, placeOf };
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
  if (outer.code === 'invalid_key') return keyComplaint(kind, outer, placeOf);
  const inner = branchOf(outer);
  const issue = { ...inner, path: inner === outer ? outer.path : [...outer.path, ...inner.path] };
  const path = pathOf(issue.path);
  const name = path === '' ? `${kind.name === 'order' ? 'an' : 'a'} ${kind.name}` : path;
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = kind.keysAt(issue.path, inside(value, issue.path));
    const near = nearestName(key, known);
    return {
      code: 'CONFIG_KEY',
      message: `${name} must have known keys only, was ${issue.keys.map((one) => `"${one}"`).join(', ')}`,
      place: placeOf(path === '' ? key : `${path}.${key}`),
      remedy: near === null ? `Known keys here: ${known.join(', ')}` : `Did you mean "${near}"?`,
    };
  }
  const was = inside(value, issue.path);
  const near = typeof was === 'string' ? nearestName(was, choicesOf(issue)) : null;
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

/** A name that cannot be one, where a section is keyed by names of the user's. */
function keyComplaint<T>(
  kind: StatedKind<T>,
  { path, issues }: z.core.$ZodIssueInvalidKey,
  placeOf: (path: string) => Place,
): Fault {
  const [issue] = issues;
  const rule = issue === undefined ? 'be a name' : ruleOf(issue);
  return {
    code: 'CONFIG_KEY',
    message: `a key of ${pathOf(path.slice(0, -1))} must ${rule}, was "${String(path.at(-1))}"`,
    place: placeOf(pathOf(path)),
    remedy: `See "risk schema ${kind.name}" for all keys and their meaning`,
  };
}

function inside(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((section, key) => Object(section)[key], value);
}
