/** Names that make a result depend on the moment, the machine or chance, and the few files that may use one. */
import ts from 'typescript';
import { at, nodesOf, type Source, type Violation } from './sources.ts';

const timeArgument = 'take the time as an argument';
const seeded = 'use math/random.ts with the seed that arrives as an argument';
const characters = 'use report/format.ts';

/** What is banned in src, and what to use instead. */
const names: ReadonlyMap<string, string> = new Map([
  ['Date.now', timeArgument],
  ['new Date()', timeArgument],
  ['Date()', timeArgument],
  ['performance', timeArgument],
  ['Date.parse', 'use io/readers/stamp.ts, which has one rule for every text'],
  ['Math.random', seeded],
  ['randomBytes', seeded],
  ['randomInt', seeded],
  ['randomUUID', seeded],
  ['getRandomValues', seeded],
  ['Math.pow', 'multiply, whose last bit no engine may choose'],
  ['**', 'multiply, whose last bit no engine may choose'],
  ['Intl', characters],
  ['localeCompare', 'compare with < and >, which no locale changes'],
  ['process', 'take it as an argument; only src/cli.ts, src/worker.ts and the launcher touch the process'],
  ['console', 'return the text, or use shell.out and shell.err'],
]);

const processFiles = ['src/cli.ts', 'src/worker.ts', 'src/launch.ts', 'src/run-bundle.ts'];

const files =
  /^(?:node:)?(?:fs|child_process|net|http|https|http2|dgram|dns|tls|os|readline|worker_threads|cluster)(?:\/.*)?$/;

type ModuleRule = { readonly of: RegExp; readonly allowed: RegExp; readonly instead: string };

const modules: readonly ModuleRule[] = [
  { of: /^decimal\.js/, allowed: /^src\/model\/money\.ts$/, instead: 'use model/money.ts' },
  {
    of: files,
    allowed: /^src\/(?:io\/.*|cli|worker|launch|run-bundle)\.ts$/,
    instead: 'use io, which alone touches files',
  },
  { of: /^(?:node:)?process$/, allowed: /^src\/(?:cli|worker)\.ts$/, instead: 'take it as an argument' },
  { of: /^(?:node:)?perf_hooks$/, allowed: /^$/, instead: timeArgument },
];

/** Banned names in a file of src. */
export function nameViolations(source: Source): Violation[] {
  return [...nodesOf(source.tree)].flatMap((node) =>
    usedNames(node).flatMap((used) => {
      const name = used.replace(/^globalThis\./, '');
      if (name === 'process' && processFiles.includes(source.path)) return [];
      const instead = /^toLocale/.test(name) ? characters : names.get(name);
      return instead === undefined ? [] : [at(source, node, `${name} is banned, ${instead}`)];
    }),
  );
}

/** Imports of packages and modules of Node where they do not belong. */
export function moduleViolations({ path, imports }: Source): Violation[] {
  return imports.flatMap(({ name, line }) =>
    modules
      .filter(({ of, allowed }) => of.test(name) && !allowed.test(path))
      .map(({ instead }) => `${path}:${line}: an import of ${name} is banned here, ${instead}`),
  );
}

/** What a node reads by a global name: `process`, `Date.now`, `new Date()`; and the last name of any member. */
function usedNames(node: ts.Node): string[] {
  if (ts.isIdentifier(node)) return isMemberName(node) ? [] : [node.text];
  if (ts.isPropertyAccessExpression(node)) return memberNames(node.expression, node.name.text);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return memberNames(node.expression, node.argumentExpression.text);
  if (ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0)
    return [`new ${node.expression.getText()}()`];
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return [`${node.expression.text}()`];
  if (ts.isBinaryExpression(node)) return isPower(node.operatorToken.kind) ? ['**'] : [];
  if (ts.isVariableDeclaration(node)) return unpackedNames(node);
  return [];
}

function memberNames(object: ts.Expression, name: string): string[] {
  // A member of some value is told by its own name alone where that name is never harmless.
  const alone = /^(?:toLocale.*|localeCompare|random(?:Bytes|Int|UUID)|getRandomValues)$/.test(name);
  return [alone ? name : `${object.getText()}.${name}`];
}

/** `const { now } = Date` reads Date.now. */
function unpackedNames({ name, initializer }: ts.VariableDeclaration): string[] {
  if (!ts.isObjectBindingPattern(name) || initializer === undefined || !ts.isIdentifier(initializer))
    return [];
  return name.elements.map(
    (element) => `${initializer.text}.${(element.propertyName ?? element.name).getText()}`,
  );
}

function isPower(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken;
}

/** The `process` of `job.process`, `{ process: 1 }` or a type's member is not the global. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent))
    return parent.getLastToken() === node;
  const isMember =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isEnumMember(parent);
  return isMember && parent.name === node;
}
