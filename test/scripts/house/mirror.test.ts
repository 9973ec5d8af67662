import { expect, test } from 'vitest';
import { mirrorViolations } from '../../../scripts/house/mirror.ts';
import { sourceOf } from '../../../scripts/house/sources.ts';

const subjects = ['src/math/atr.ts', 'src/studies/x/a.ts', 'scripts/graph.ts'].map((path) =>
  sourceOf(path, ''),
);
const violations = (path: string) => mirrorViolations([sourceOf(path, '')], subjects);

test.each([
  'test/math/atr.test.ts',
  'test/studies/x/a.test.ts',
  'test/scripts/graph.test.ts',
  'test/architecture.test.ts',
  'test/market/journals.market.test.ts',
  'test/studies/x/one-trade.ts',
])('%s stands where its subject stands', (path) => {
  expect(violations(path)).toEqual([]);
});

test.each([
  'test/math/art.test.ts',
  'test/risk/atr.test.ts',
  'test/studies/a.test.ts',
  'test/scripts/x.test.ts',
])('%s has no subject', (path) => {
  expect(violations(path)).toHaveLength(1);
  expect(violations(path)[0]).toMatch(new RegExp(`^${path}:1: a test without its file is banned, `));
});
