import { expect, test } from 'vitest';
import { cycleViolations, deadViolations, floorViolations } from '../../../scripts/house/floors.ts';
import { sourceOf } from '../../../scripts/house/sources.ts';

const importing = (path: string, name: string) => sourceOf(path, `\nimport type { A } from '${name}';\n`);

test.each([
  ['src/math/atr.ts', '../model/time.ts'],
  ['src/commands/x.ts', '../math/atr.ts'],
  ['src/studies/x/a.ts', './b.ts'],
  ['src/studies/x/a.ts', '../other.ts'],
  ['src/studies/x/a.ts', '../../market/bars.ts'],
  ['src/cli.ts', './commands/main.ts'],
  ['src/index.ts', './math/atr.ts'],
  ['src/math/atr.ts', 'zod'],
])('%s may import %s', (path, name) => {
  expect(floorViolations([importing(path, name)])).toEqual([]);
});

test.each([
  ['src/model/time.ts', '../math/atr.ts', 'model', 'math'],
  ['src/studies/x.ts', '../io/open.ts', 'studies', 'io'],
  ['src/report/x.ts', '../studies/y.ts', 'report', 'studies'],
  ['src/risk/x.ts', '../market/bars.ts', 'risk', 'market'],
  ['src/engine/guards/x.ts', '../../venue/y.ts', 'engine', 'venue'],
  ['src/replay/x.ts', '../live/y.ts', 'replay', 'live'],
  ['src/pages/x.ts', '../commands/y.ts', 'pages', 'commands'],
  ['src/commands/x.ts', '../index.ts', 'commands', 'index'],
  ['src/index.ts', './cli.ts', 'index', 'cli'],
])('%s must not import %s', (path, name, from, to) => {
  expect(floorViolations([importing(path, name)])).toEqual([
    `${path}:2: an import from ${from} to ${to} is banned, move what both need to a floor below ${from}`,
  ]);
});

test('a room that is not in the plan, and an import from outside src, are told', () => {
  expect(floorViolations([sourceOf('src/tools/x.ts', '')])).toHaveLength(1);
  expect(floorViolations([importing('src/math/x.ts', '../../scripts/y.ts')])).toHaveLength(1);
});

test('a cycle is told once with all of its files, type-only and lazy imports included', () => {
  const a = importing('src/math/a.ts', './b.ts');
  const b = sourceOf('src/math/b.ts', "export * from './c.ts';");
  const c = sourceOf('src/math/c.ts', "export const lazy = () => import('./a.ts');");
  const above = importing('src/math/above.ts', './a.ts');
  expect(cycleViolations([above, a, b, c])).toEqual([
    'src/math/a.ts:1: a cycle of imports is banned, move what these share to a file of its own: src/math/a.ts, src/math/b.ts, src/math/c.ts',
  ]);
  expect(cycleViolations([importing('src/math/own.ts', './own.ts')])).toHaveLength(1);
});

test('two ways to one file are no cycle', () => {
  const top = sourceOf('src/math/top.ts', "import './left.ts'; import './right.ts'; import './ground.ts';");
  const left = importing('src/math/left.ts', './ground.ts');
  const right = importing('src/math/right.ts', './ground.ts');
  expect(cycleViolations([top, left, right, sourceOf('src/math/ground.ts', '')])).toEqual([]);
});

test('a file is dead where no chain of imports leads to it from an entry', () => {
  const files = [
    sourceOf('src/cli.ts', "import './commands/main.ts';"),
    sourceOf('src/commands/main.ts', "export const load = () => import('./lazy.ts');"),
    sourceOf('src/commands/lazy.ts', ''),
    sourceOf('src/commands/dead.ts', "import './dead-too.ts';"),
    sourceOf('src/commands/dead-too.ts', "import './main.ts';"),
    sourceOf('src/report/untyped.d.ts', ''),
  ];
  expect(deadViolations(files)).toEqual([
    'src/commands/dead.ts:1: a file that no entry reaches is banned, import it or delete it',
    'src/commands/dead-too.ts:1: a file that no entry reaches is banned, import it or delete it',
  ]);
});
