/** What a wrong configuration value must be, in words: a schema's complaint as "what must hold, what was". */
import { z } from 'zod';
import { type Fault, InputError, type Place } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { pathOf } from '../model/path.ts';
import type { SchemaLeaf } from './config-schema.ts';

type Issue = z.core.$ZodIssue;

const TEXT_MAX = 80;

/** For a schema that one value is held against: compiling it into a function of its own takes longer than the check. */
export const oneShot = { jitless: true } as const;

const kinds: Readonly<Record<string, string>> = {
  number: 'a finite number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section of keys',
  record: 'a section of keys',
  tuple: 'a list',
  null: 'null',
};

/**
 * Holds a value against the schema of its leaf.
 *
 * @param placeOf the place of a concrete path: the leaf, or an entry of its list
 * @throws InputError CONFIG_VALUE
 */
export function checkValue(leaf: SchemaLeaf, value: unknown, placeOf: (path: string) => Place): void {
  const parsed = leaf.schema.safeParse(value, oneShot);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  if (issue !== undefined) throw valueError(leaf, value, branchOf(issue), placeOf);
}

/** Where several kinds of value are allowed, the complaint about the kind that was given is the one to show. */
export function branchOf(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const fits = (branch: readonly Issue[]) =>
    !branch.some((one) => one.code === 'invalid_type' && one.path.length === 0);
  return issue.errors.find(fits)?.[0] ?? issue;
}

/** One complaint of the schema about a leaf as the error that the user reads. */
export function valueError(
  leaf: SchemaLeaf,
  value: unknown,
  issue: Issue,
  placeOf: (path: string) => Place,
): InputError {
  const was = issue.path.reduce<unknown>((inner, key) => Object(inner)[key], value);
  const path = pathOf([...leaf.path.split('.'), ...issue.path]);
  const orNull = issue.path.length === 0 && leaf.schema instanceof z.ZodNullable ? ' or null' : '';
  const message = `${path} must ${ruleOf(issue)}${orNull}, was ${valueText(was)}`;
  const remedy = remedyOf(issue, was, leaf);
  const fault: Fault = { code: 'CONFIG_VALUE', message, place: placeOf(path) };
  return new InputError(remedy === null ? fault : { ...fault, remedy });
}

/** A value as a message shows it: text in quotes, lists as JSON, cut where it is long. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}...` : text;
}

/** What must hold, as the end of a sentence: "be at least 1". */
export function ruleOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `be ${kindOf(issue)}`;
    case 'too_small':
      return boundText(issue.origin, issue.inclusive === false ? 'above' : 'at least', issue.minimum);
    case 'too_big':
      return boundText(issue.origin, issue.inclusive === false ? 'below' : 'at most', issue.maximum);
    case 'invalid_value':
      return oneOf(choicesOf(issue));
    case 'not_multiple_of':
      return `be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      // A pattern with words of its own continues the sentence by them.
      if (!issue.message.startsWith('Invalid')) return issue.message;
      return issue.pattern === undefined ? `be ${issue.format}` : `match ${issue.pattern}`;
    case 'invalid_union':
      // The key that says of which kind a section is, has none of its kinds.
      if (issue.errors.length === 0) return oneOf(choicesOf(issue));
      return `be ${issue.errors.map(([first]) => kindOf(first)).join(' or ')}`;
    case 'unrecognized_keys':
      return `hold known keys only, not ${issue.keys.join(', ')}`;
    // A rule of our own continues the sentence: "be below the other limit".
    default:
      return issue.message;
  }
}

/** The words that would fit, where only these would. */
export function choicesOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  const isKindless = issue.code === 'invalid_union' && issue.errors.length === 0 && 'options' in issue;
  return isKindless ? (issue.options ?? []).map(String) : [];
}

function oneOf(choices: readonly string[]): string {
  return `be ${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}`;
}

function kindOf(issue: Issue | undefined): string {
  return issue?.code === 'invalid_type' ? (kinds[issue.expected] ?? issue.expected) : 'another value';
}

function boundText(origin: string, relation: string, bound: number | bigint): string {
  if (origin === 'array') return `hold ${relation} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
  if (origin === 'string') return `have ${relation} ${bound} ${bound === 1 ? 'character' : 'characters'}`;
  return `be ${relation} ${bound}`;
}

function remedyOf(issue: Issue, was: unknown, leaf: SchemaLeaf): string | null {
  if (issue.code === 'invalid_value' && typeof was === 'string') {
    const near = nearestName(was, issue.values.map(String));
    if (near !== null) return `Did you mean "${near}"?`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof was === 'number') {
    return 'Put it in quotes to make it text';
  }
  return leaf.meaning === '' ? null : leaf.meaning;
}
