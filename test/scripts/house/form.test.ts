import { expect, test } from 'vitest';
import {
  leftoverViolations,
  nonNullViolations,
  pathViolations,
  sizeViolations,
} from '../../../scripts/house/form.ts';
import { sourceOf } from '../../../scripts/house/sources.ts';

test('a file of 300 lines passes, one of 301 does not', () => {
  expect(sizeViolations(sourceOf('src/a.ts', '\n'.repeat(300)))).toEqual([]);
  expect(sizeViolations(sourceOf('src/a.ts', '\n'.repeat(301)))).toEqual([
    'src/a.ts:301: a file over 300 lines is banned (301), give a part a file of its own',
  ]);
});

test.each([
  ['function f() {', '}'],
  ['const f = () => {', '};'],
  ['const o = { f() {', '} };'],
  ['const o = { f: function () {', '} };'],
])('a function of 70 lines passes, one of 71 does not: %s', (open, close) => {
  const long = (lines: number) => sourceOf('src/a.ts', `\n${open}${'\n'.repeat(lines - 1)}${close}\n`);
  expect(sizeViolations(long(70))).toEqual([]);
  const [only, ...others] = sizeViolations(long(71));
  expect(only).toMatch(/^src\/a\.ts:2: .*over 70 lines are banned \(71\), name its parts$/);
  expect(others).toEqual([]);
});

test('the docstring of a function is none of its lines', () => {
  const text = `/**\n${' *\n'.repeat(80)} */\nexport function f() {}\n`;
  expect(sizeViolations(sourceOf('src/a.ts', text))).toEqual([]);
});

test.each([
  'function f(a, b, c, d, e) {}',
  'const f = (a, b, c, d, ...e) => a;',
  'type F = (a: 1, b: 1, c: 1, d: 1, e: 1) => void;',
])('five parameters are too many: %s', (text) => {
  expect(sizeViolations(sourceOf('src/a.ts', text))).toHaveLength(1);
  expect(sizeViolations(sourceOf('src/a.ts', text.replace(/, (\.\.\.)?e(: 1)?/, '')))).toEqual([]);
});

test.each(['f(x!)', 'x!.y', 'map.get(k)!', 'let x!: number', '(xs[0])!'])('%s is banned', (text) => {
  expect(nonNullViolations(sourceOf('src/a.ts', `\n${text};`))).toEqual([
    'src/a.ts:2: a ! that is not behind an index is banned, test for null and say what must hold',
  ]);
});

test.each(['xs[0]!', 'xs[i]![j]!', 'x.ys[i + 1]!.z', '!x', 'a !== b'])('%s is allowed', (text) => {
  expect(nonNullViolations(sourceOf('src/a.ts', `${text};`))).toEqual([]);
});

// Joined here, so that these lines are no violation themselves.
test.each([
  ['// TO', 'DO: later'],
  ['/* FIX', 'ME */'],
  ['// @ts-', 'ignore'],
  ['// @ts-expect-', 'error'],
  ['// biome-', 'ignore lint: no'],
  ['test.sk', "ip('x', () => {});"],
  ['describe.on', "ly('x', () => {});"],
])('%s%s is banned', (start, end) => {
  const [first, ...others] = leftoverViolations(sourceOf('test/a.test.ts', `\n${start}${end}`));
  expect(first).toMatch(/^test\/a\.test\.ts:2: .+ is banned, .+$/);
  expect(others).toEqual([]);
});

test('a method that is named like a mark is no mark', () => {
  expect(leftoverViolations(sourceOf('src/a.ts', 'rows.skip(1); only(x); // to do so'))).toEqual([]);
});

test.each([
  'src/math/moment_sums.ts',
  'src/math/momentSums.ts',
  'src/Math/sums.ts',
  'src/utils/sums.ts',
  'src/math/helpers.ts',
  'src/math/string-utils.ts',
  'src/model/types.ts',
  'src/common.ts',
  'src/engine/guard-manager.ts',
  'test/support/helpers.ts',
])('the path %s is banned', (path) => {
  expect(pathViolations(sourceOf(path, ''))).toHaveLength(1);
});

test.each([
  'src/math/atr.ts',
  'src/report/asciichart.d.ts',
  'test/market/journals.market.test.ts',
  'vitest.config.ts',
  'src/market/common-periods.ts',
])('the path %s is allowed', (path) => {
  expect(pathViolations(sourceOf(path, ''))).toEqual([]);
});
