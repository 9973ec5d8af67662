/**
 * YAML 1.2 with its core schema, as plain values that remember their lines.
 *
 * Core means: `on`, `yes` and dates are text, `1e3` is a number, `010` is ten. What a reader could take in two ways is
 * refused: keys twice, aliases, tags of other schemas, several documents, another version of YAML.
 */
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import { pathOf } from '../model/path.ts';

export type YamlValue = {
  readonly value: unknown;
  /** The line (1-based) of the key or list entry at a concrete path; null where the text has none. */
  readonly lineOf: (path: string) => number | null;
  /** The number at a concrete path as it is written, with the digits that a double would cut; null where none is. */
  readonly numberText: (path: string) => string | null;
};

export type YamlProblem = { readonly problem: string; readonly line: number };

type Walk = {
  readonly lines: Map<string, number>;
  readonly numbers: Map<string, string>;
  readonly lineOf: (node: unknown) => number;
};

/** A text without content is null. */
export function readYaml(text: string): YamlValue | YamlProblem {
  const counter = new LineCounter();
  const options = { lineCounter: counter, prettyErrors: false, version: '1.2', schema: 'core' } as const;
  const lineAt = (offset: number) => Math.max(1, counter.linePos(offset).line);
  try {
    const document = parseDocument(text, options);
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) return { problem: wording(fault, text), line: lineAt(fault.pos[0]) };
    if (document.directives?.yaml.version !== '1.2') return { problem: 'it must be YAML 1.2', line: 1 };
    const [lines, numbers] = [new Map<string, number>(), new Map<string, string>()];
    const walk: Walk = { lines, numbers, lineOf: (node) => lineAt(offsetOf(node)) };
    const value = plain(document.contents, [], walk);
    return {
      value,
      lineOf: (path) => lines.get(path) ?? null,
      numberText: (path) => numbers.get(path) ?? null,
    };
  } catch (error) {
    if (error instanceof Unfit) return { problem: error.message, line: error.line };
    // The parser recurses: a text nested thousands deep exhausts the stack.
    if (error instanceof RangeError) return { problem: 'it must be nested less deeply', line: 1 };
    throw error;
  }
}

class Unfit extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

type Fault = { readonly code: string; readonly message: string; readonly pos: readonly [number, number] };

function wording({ code, message, pos }: Fault, text: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return `a key must stand once in its section, ${keyAt(text, pos[0])} stood there twice: keep one of them`;
    case 'MULTIPLE_DOCS':
      return 'it must hold one document, and so no second "---"';
    case 'TAB_AS_INDENT':
      return 'lines must be indented by spaces, was a tab';
    default:
      return `it must be YAML: ${message}`;
  }
}

/** What stands before the colon at a place of the text. */
function keyAt(text: string, offset: number): string {
  return /^[^:\n]*/.exec(text.slice(offset))?.[0].trim() ?? '';
}

function plain(node: unknown, at: readonly PropertyKey[], walk: Walk): unknown {
  if (node === null) return null;
  // A tag that is written out would change what a plain value means.
  if (!isNode(node) || isAlias(node) || node.tag !== undefined) {
    throw new Unfit(
      'values must be written out, without aliases and tags: put the value itself there',
      walk.lineOf(node),
    );
  }
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => entry(pair, at, walk)));
  if (isSeq(node)) {
    return node.items.map((item, i) => {
      walk.lines.set(pathOf([...at, i]), walk.lineOf(item));
      return plain(item, [...at, i], walk);
    });
  }
  if (!isScalar(node)) return null;
  if (typeof node.value === 'number' && node.source !== undefined) walk.numbers.set(pathOf(at), node.source);
  return node.value;
}

function entry(pair: Pair, at: readonly PropertyKey[], walk: Walk): [string, unknown] {
  const { key } = pair;
  if (!isScalar(key)) throw new Unfit('a key must be a plain word', walk.lineOf(key));
  const name = String(key.value);
  walk.lines.set(pathOf([...at, name]), walk.lineOf(key));
  return [name, plain(pair.value, [...at, name], walk)];
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
