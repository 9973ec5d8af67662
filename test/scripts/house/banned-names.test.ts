import { expect, test } from 'vitest';
import { moduleViolations, nameViolations } from '../../../scripts/house/banned-names.ts';
import { sourceOf } from '../../../scripts/house/sources.ts';

test.each([
  ['const t = Date.now();', 'Date.now'],
  ["const t = Date['now']();", 'Date.now'],
  ['const { now } = Date;', 'Date.now'],
  ['const { now: clock } = Date;', 'Date.now'],
  ['const t = new Date();', 'new Date()'],
  ['const t = new Date;', 'new Date()'],
  ['const t = Date();', 'Date()'],
  ["const t = Date.parse('2024');", 'Date.parse'],
  ['const t = performance.now();', 'performance'],
  ['const r = Math.random();', 'Math.random'],
  ['const { random } = Math;', 'Math.random'],
  ['const id = crypto.randomUUID();', 'randomUUID'],
  ["import { randomBytes } from 'node:crypto';", 'randomBytes'],
  ['const p = Math.pow(2, 3);', 'Math.pow'],
  ['const p = 2 ** 3;', '**'],
  ['let p = 2; p **= 3;', '**'],
  ['const f = new Intl.NumberFormat();', 'Intl'],
  ['const s = (1.5).toLocaleString();', 'toLocaleString'],
  ['const s = text.toLocaleUpperCase();', 'toLocaleUpperCase'],
  ['names.sort((a, b) => a.localeCompare(b));', 'localeCompare'],
  ["const home = process.env['HOME'];", 'process'],
  ['const home = globalThis.process.env;', 'process'],
  ['const { env } = process;', 'process'],
  ['const shorthand = { process };', 'process'],
  ["console.log('x');", 'console'],
])('%s is banned', (text, name) => {
  const [first, ...others] = nameViolations(sourceOf('src/studies/x.ts', `\n${text}\n`));
  expect(first).toMatch(/^src\/studies\/x\.ts:2: .+ is banned, .+$/);
  expect([first, ...others].join('\n')).toContain(`: ${name} is banned, `);
});

test.each([
  '// Date.now() and Math.random() are banned, so is 2 ** 3',
  "const text = 'Math.pow(2, 3) of the process';",
  'const at = new Date(1_700_000_000_000); const utc = Date.UTC(2024, 0, 1);',
  'const x = Math.sqrt(Math.max(1, 2));',
  'const ran = job.process; const task = { process: 1, console: 2 };',
  'type Task = { process: number; console(): void };',
  'const kind = Type.Date;',
])('%s is allowed', (text) => {
  expect(nameViolations(sourceOf('src/studies/x.ts', text))).toEqual([]);
});

test('the process is open to its two entries alone', () => {
  const text = 'export const n = process.argv.length;';
  expect(nameViolations(sourceOf('src/cli.ts', text))).toEqual([]);
  expect(nameViolations(sourceOf('src/worker.ts', text))).toEqual([]);
  expect(nameViolations(sourceOf('src/index.ts', text))).toHaveLength(1);
  expect(nameViolations(sourceOf('src/cli.ts', 'console.log(Date.now());'))).toHaveLength(2);
});

test.each([
  ['src/risk/margin.ts', 'decimal.js', 'src/model/money.ts'],
  ['src/studies/x.ts', 'node:fs', 'src/io/x.ts'],
  ['src/commands/x.ts', 'node:fs/promises', 'src/io/readers/x.ts'],
  ['src/market/x.ts', 'fs', 'src/cli.ts'],
  ['src/report/x.ts', 'node:child_process', 'src/worker.ts'],
  ['src/index.ts', 'node:fs', 'src/io/x.ts'],
  ['src/commands/main.ts', 'node:process', 'src/cli.ts'],
])('%s must not import %s, %s may', (path, name, door) => {
  const text = `\nimport { x } from '${name}';`;
  const [first, ...others] = moduleViolations(sourceOf(path, text));
  expect(first).toContain(`${path}:2: an import of ${name} is banned here, `);
  expect(others).toEqual([]);
  expect(moduleViolations(sourceOf(door, text))).toEqual([]);
});
