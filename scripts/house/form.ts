/** The form of a file: its size and that of its functions, its name, and what must not be left in it. */
import ts from 'typescript';
import { at, nodesOf, type Source, type Violation } from './sources.ts';

const FILE_LINES = 300;
const FUNCTION_LINES = 70;
const PARAMETERS = 4;

/** Caps on a file and on its functions; typical values lie far below. */
export function sizeViolations(source: Source): Violation[] {
  const { path, lines } = source;
  const tooLong =
    lines > FILE_LINES
      ? [
          `${path}:${FILE_LINES + 1}: a file over ${FILE_LINES} lines is banned (${lines}), give a part a file of its own`,
        ]
      : [];
  return [...tooLong, ...functionsOf(source).flatMap((node) => functionViolations(source, node))];
}

/** `!` says that an index is inside its array, and nothing else. */
export function nonNullViolations(source: Source): Violation[] {
  return [...nodesOf(source.tree)].filter(isLooseNonNull).map((node) => {
    return at(
      source,
      node,
      'a ! that is not behind an index is banned, test for null and say what must hold',
    );
  });
}

const leftovers: readonly (readonly [RegExp, string])[] = [
  [/\b(?:TO[D]O|FIX[M]E|HAC[K]|XX[X])\b/, 'do it now, or write it down outside the code'],
  [
    /@ts-(?:ignor[e]|nochec[k]|expect-erro[r])|biome-ignor[e]|eslint-disabl[e]/,
    'write what the rule asks for',
  ],
  [/\b(?:it|test|describe)\.(?:onl[y]|ski[p]|tod[o]|fail[s])\b/, 'run every test, always'],
];

/** Marks of unfinished work and of rules switched off. */
export function leftoverViolations({ path, tree }: Source): Violation[] {
  return tree.text.split('\n').flatMap((line, i) =>
    leftovers.flatMap(([pattern, instead]) => {
      const found = pattern.exec(line);
      return found === null ? [] : [`${path}:${i + 1}: ${found[0]} is banned, ${instead}`];
    }),
  );
}

const kebabCase = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const kinds = /(?:\.market)?\.test$|\.config$|\.d$/;
const emptyNames = ['util', 'utils', 'helper', 'helpers', 'common', 'types', 'manager', 'managers', 'misc'];

/** Names of files and folders: kebab-case, and a word that says what is inside. */
export function pathViolations({ path }: Source): Violation[] {
  const parts = path.replace(/\.ts$/, '').replace(kinds, '').split('/');
  return parts.flatMap((part) => [
    ...(kebabCase.test(part) ? [] : [`${path}:1: the name ${part} is banned, use kebab-case`]),
    ...(emptyNames.includes(part.split('-').at(-1) ?? '')
      ? [`${path}:1: the name ${part} is banned, use the name of the main export`]
      : []),
  ]);
}

function functionViolations(source: Source, node: ts.SignatureDeclaration): Violation[] {
  const name = node.name?.getText() ?? 'a function';
  const lines = node.getText().split('\n').length;
  const parameters = node.parameters.filter((one) => one.name.getText() !== 'this').length;
  return [
    ...(lines > FUNCTION_LINES
      ? [at(source, node, `${name}: over ${FUNCTION_LINES} lines are banned (${lines}), name its parts`)]
      : []),
    ...(parameters > PARAMETERS
      ? [
          at(
            source,
            node,
            `${name}: over ${PARAMETERS} parameters are banned (${parameters}), pass one record`,
          ),
        ]
      : []),
  ];
}

function functionsOf(source: Source): ts.SignatureDeclaration[] {
  return [...nodesOf(source.tree)].filter((node) => ts.isFunctionLike(node));
}

function isLooseNonNull(node: ts.Node): boolean {
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node))
    return node.exclamationToken !== undefined;
  return ts.isNonNullExpression(node) && !ts.isElementAccessExpression(node.expression);
}
