/**
 * The one path language, for reports and configuration alike: `name.key[field=value,...][*][0].key`, `.length`.
 *
 * A key begins with a letter and holds letters, digits, `_` and `-`. `[2]` is an entry of a list, `[*]` all of them,
 * `[side=long,multiplier=2]` those whose fields have these values; `.length` counts a list and ends a path. A value
 * that is a decimal compares as a number (`2`, `2.0` and `"2.00"` are one), exactly, without rounding; any other
 * compares as text. There is no quoting: a value holds neither `,` nor `]`.
 */
import { InputError } from './errors.ts';

export type FieldMatch = { readonly field: string; readonly value: string };

export type PathStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'where'; readonly matches: readonly FieldMatch[] }
  | { readonly kind: 'length' };

export type Match = {
  /** The concrete path: keys and indices only, or `.length` at the end. */
  readonly path: string;
  readonly value: unknown;
};

const KEY = /[A-Za-z][A-Za-z0-9_-]*/y;
const INDEX = /(?:0|[1-9]\d*)(?=\])/y;
const FIELD_VALUE = /[^,\]]+/y;

/**
 * Reads the text of a path.
 *
 * @throws InputError USAGE with the position (the first character is 1) and what was expected there
 */
export function parsePath(text: string): readonly PathStep[] {
  const first = take(KEY, text, 0);
  if (first === null) throw expected('a key that begins with a letter', text, 0);
  const steps: PathStep[] = [{ kind: 'key', key: first }];
  let at = first.length;
  while (at < text.length) {
    const [step, next] = parseStep(text, at);
    if (step.kind === 'length' && next < text.length)
      throw expected('the end of the path after .length', text, next);
    steps.push(step);
    at = next;
  }
  return steps;
}

/** The text of a path; what `parsePath` reads back to the same steps. */
export function formatPath(steps: readonly PathStep[]): string {
  return steps.reduce((text, step) => text + stepText(step, text === ''), '');
}

/** The concrete path of keys (text) and list entries (numbers). */
export function pathOf(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : joinKey(text, String(part))),
    '',
  );
}

/** All places of a plain value that a path names, in the order of the lists; empty where there is none. */
export function getPath(root: unknown, path: string | readonly PathStep[]): readonly Match[] {
  const steps = typeof path === 'string' ? parsePath(path) : path;
  let matches: readonly Match[] = [{ path: '', value: root }];
  for (const step of steps) matches = matches.flatMap((match) => follow(match, step));
  return matches;
}

/**
 * A copy of a plain value in which one place, named by keys and indices only, has another value.
 *
 * Missing keys are made; a list entry must exist. The value given is left as it is.
 *
 * @throws InputError USAGE where the path selects (`[*]`, `[field=value]`, `.length`), leaves a list, or passes through a plain value
 */
export function setPath(root: unknown, path: string | readonly PathStep[], value: unknown): unknown {
  const steps = typeof path === 'string' ? parsePath(path) : path;
  return replace(root, steps, 0, value);
}

/** Whether a text of the path language and a value of a report are the same, a decimal by its number. */
export function sameValue(text: string, value: unknown): boolean {
  if (value !== null && typeof value === 'object') return false;
  const other = String(value);
  if (text === other) return true;
  const decimal = canonicalDecimal(text);
  return decimal !== null && decimal === canonicalDecimal(other);
}

function parseStep(text: string, at: number): [PathStep, number] {
  if (text[at] === '[') return parseBracket(text, at + 1);
  if (text[at] !== '.') throw expected('".", "[" or the end of the path', text, at);
  const key = take(KEY, text, at + 1);
  if (key === null) throw expected('a key that begins with a letter after "."', text, at + 1);
  return [key === 'length' ? { kind: 'length' } : { kind: 'key', key }, at + 1 + key.length];
}

function parseBracket(text: string, at: number): [PathStep, number] {
  if (text.startsWith('*]', at)) return [{ kind: 'all' }, at + 2];
  const index = take(INDEX, text, at);
  if (index !== null && Number.isSafeInteger(Number(index))) {
    return [{ kind: 'index', index: Number(index) }, at + index.length + 1];
  }
  const matches: FieldMatch[] = [];
  let next = at;
  while (text[next - 1] !== ']') {
    const [match, end] = parseFieldMatch(text, next);
    matches.push(match);
    next = end + 1;
  }
  return [{ kind: 'where', matches }, next];
}

function parseFieldMatch(text: string, at: number): [FieldMatch, number] {
  const field = take(KEY, text, at);
  if (field === null) throw expected('"*]", an index such as "0]" or field=value after "["', text, at);
  const equals = at + field.length;
  if (text[equals] !== '=') throw expected(`"=" after the field "${field}"`, text, equals);
  const value = take(FIELD_VALUE, text, equals + 1);
  if (value === null) throw expected(`a value after "${field}="`, text, equals + 1);
  const end = equals + 1 + value.length;
  if (end >= text.length) throw expected('"]" or ","', text, end);
  return [{ field, value }, end];
}

function take(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function expected(what: string, path: string, at: number): InputError {
  const found = at < path.length ? `"${path.slice(at)}"` : 'the end';
  return new InputError({
    code: 'USAGE',
    message: `a path must have ${what} at position ${at + 1}, was ${found} in "${path}"`,
    remedy: 'A path is name.key[field=value][*][0].key, with .length at the end for the length of a list',
  });
}

function stepText(step: PathStep, first: boolean): string {
  switch (step.kind) {
    case 'key':
      return first ? step.key : `.${step.key}`;
    case 'index':
      return `[${step.index}]`;
    case 'all':
      return '[*]';
    case 'where':
      return `[${step.matches.map(({ field, value }) => `${field}=${value}`).join(',')}]`;
    case 'length':
      return '.length';
  }
}

function joinKey(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function follow({ path, value }: Match, step: PathStep): readonly Match[] {
  if (step.kind === 'key') {
    return isRecord(value) && Object.hasOwn(value, step.key)
      ? [{ path: joinKey(path, step.key), value: value[step.key] }]
      : [];
  }
  if (!Array.isArray(value)) return [];
  if (step.kind === 'length') return [{ path: `${path}.length`, value: value.length }];
  const entries = value.map((entry: unknown, i): Match => ({ path: `${path}[${i}]`, value: entry }));
  if (step.kind === 'all') return entries;
  if (step.kind === 'index') return entries.slice(step.index, step.index + 1);
  return entries.filter((entry) => step.matches.every((match) => hasField(entry.value, match)));
}

function hasField(entry: unknown, { field, value }: FieldMatch): boolean {
  return isRecord(entry) && Object.hasOwn(entry, field) && sameValue(value, entry[field]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function replace(root: unknown, steps: readonly PathStep[], depth: number, value: unknown): unknown {
  const step = steps[depth];
  if (step === undefined) return value;
  const place = formatPath(steps.slice(0, depth)) || 'the root';
  if (step.kind === 'key') {
    if (root !== undefined && !isRecord(root)) throw notSettable(`${place} must hold keys`, root, steps);
    const inner = root !== undefined && Object.hasOwn(root, step.key) ? root[step.key] : undefined;
    return { ...root, [step.key]: replace(inner, steps, depth + 1, value) };
  }
  if (step.kind !== 'index') {
    throw notSettable(
      'a path that sets a value must have keys and indices only',
      stepText(step, false),
      steps,
    );
  }
  if (!Array.isArray(root)) throw notSettable(`${place} must be a list`, root, steps);
  if (step.index >= root.length) {
    throw notSettable(`an index of ${place} must be below its length ${root.length}`, step.index, steps);
  }
  return root.with(step.index, replace(root[step.index], steps, depth + 1, value));
}

function notSettable(rule: string, was: unknown, steps: readonly PathStep[]): InputError {
  const found = typeof was === 'string' ? was : (JSON.stringify(was) ?? 'nothing');
  return new InputError({
    code: 'USAGE',
    message: `${rule}, was ${found}`,
    place: { path: formatPath(steps) },
  });
}

/** A decimal as sign, digits without zeros at either end, and exponent; null where the text is no decimal. */
function canonicalDecimal(text: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', part = '', exponent = '0'] = match;
  if (whole === '' && part === '') return null;
  const digits = `${whole}${part}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - part.length + (digits.length - significant.length);
  return `${sign === '-' ? '-' : ''}${significant}e${power}`;
}
