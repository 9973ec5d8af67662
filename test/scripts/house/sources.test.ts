import { expect, test } from 'vitest';
import { sourceOf } from '../../../scripts/house/sources.ts';

test('every way to import is read, with the file it names and its line', () => {
  const text = [
    "import { a } from './a.ts';",
    "import type { B } from '../model/b.ts';",
    "export { c } from './deep/c.ts';",
    "export * from './d.ts';",
    "import './e.ts';",
    "const lazy = () => import('./f.ts');",
    "type G = import('./g.ts').G;",
    "import { readFile } from 'node:fs/promises';",
    "const words = \"import { h } from './h.ts'\"; // import './i.ts'",
  ].join('\n');
  const read = sourceOf('src/math/x.ts', text).imports;
  expect(read.map(({ path, line }) => [path, line])).toEqual([
    ['src/math/a.ts', 1],
    ['src/model/b.ts', 2],
    ['src/math/deep/c.ts', 3],
    ['src/math/d.ts', 4],
    ['src/math/e.ts', 5],
    ['src/math/f.ts', 6],
    ['src/math/g.ts', 7],
    [null, 8],
  ]);
});

test('lines are counted as an editor counts them', () => {
  expect(sourceOf('src/a.ts', 'one\ntwo\n').lines).toBe(2);
  expect(sourceOf('src/a.ts', 'one\ntwo').lines).toBe(2);
});
