/** Reads the files of the house and what each of them imports. The architecture test and `npm run graph` rest on it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export type Import = {
  /** As written: `./x.ts`, `node:fs`, `zod`. */
  readonly name: string;
  /** The file that it names, relative to the root; null for a package or a module of Node. */
  readonly path: string | null;
  readonly line: number;
};

export type Source = {
  /** Relative to the root, with forward slashes: `src/math/atr.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
};

/** What a rule says: `path:line: what is banned, what to use instead`. */
export type Violation = string;

/** All TypeScript files below folders of the root, in the order of their paths. */
export function readSources(...folders: readonly string[]): Source[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => sourceOf(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One file from its text. */
export function sourceOf(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path, lines, tree, imports: importsOf(path, tree) };
}

/** Every node of a file, in the order of its text. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

/** `path:line: text` at the place of a node. */
export function at({ path, tree }: Source, node: ts.Node, text: string): Violation {
  return `${path}:${lineOf(tree, node)}: ${text}`;
}

function importsOf(path: string, tree: ts.SourceFile): Import[] {
  return [...nodesOf(tree)].flatMap((node) => {
    const name = importedName(node);
    if (name === null) return [];
    const isFile = name.startsWith('.');
    const file = isFile ? posix.normalize(posix.join(posix.dirname(path), name)) : null;
    return [{ name, path: file, line: lineOf(tree, node) }];
  });
}

/** Static, type-only, re-exporting, `import('...')` as a call and as a type: all of them count. */
function importedName(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isCall ? textOf(node.arguments[0]) : null;
}

function textOf(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}

function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}
