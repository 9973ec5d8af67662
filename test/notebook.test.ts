/** The package as it is installed: the example for notebooks, and what it says without the optional package. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { installed } from './support/installed.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { dependencies, overrides } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const readme = readFileSync(join(root, 'README.md'), 'utf8');

const node = (cwd: string, ...argv: string[]) => spawnSync(process.execPath, argv, { cwd, encoding: 'utf8' });

test('the example for notebooks runs where the package is installed, and prints its tables', async () => {
  const folder = await installed([...Object.keys(dependencies), 'danfojs-node']);
  const { status, stdout, stderr } = node(folder, 'node_modules/perp-risk/examples/notebook.mjs');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('protected.equity');
  expect(stdout).toMatch(/multiplier\s+│ hitRate/);
  expect(stdout).toMatch(/moments │ worst/);
  expect(stdout).toContain("'circuit-breakers'");
  expect(stdout).toMatch(/USDT\s+│ 100000/);

  // The lines of the README likewise.
  const [, lines = ''] = /```js\n(import[^`]*?perp-risk\/danfo[^`]*?)```/.exec(readme) ?? [];
  expect(lines).toContain('toDataFrame(report');
  await writeFile(join(folder, 'readme.mjs'), lines);
  const stress = ['stress', '--scenario', 'luna', '--out', 'stress.json'];
  expect(node(folder, 'node_modules/perp-risk/dist/cli.js', ...stress).status).toBe(0);
  const told = node(folder, 'readme.mjs');
  expect([told.status, told.stderr]).toEqual([0, '']);
  expect(told.stdout).toMatch(/luna\s+│ saved-by-prot/);
});

const script = `
  import { toArquero, toDataFrame } from 'perp-risk/danfo';
  const report = { schema: 'risk-report/1', result: { levels: [{ multiplier: 2 }] } };
  process.stdout.write(JSON.stringify(toArquero(report, 'levels').objects()));
  try { toDataFrame(report, 'levels') } catch (error) { process.stdout.write(error.name + ' ' + error.message) }`;

test('without danfojs-node everything else works, and toDataFrame says what is missing', async () => {
  const folder = await installed(Object.keys(dependencies));
  await writeFile(join(folder, 'tables.mjs'), script);
  const { status, stdout, stderr } = node(folder, 'tables.mjs');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain(
    '[{"multiplier":2}]InputError PACKAGE_MISSING: toDataFrame must find the optional package',
  );
  expect(stdout).toContain('npm install danfojs-node@1.2.0');
  const risk = node(
    folder,
    'node_modules/perp-risk/dist/cli.js',
    'config',
    '--path',
    'guards.stops.multiplier',
  );
  expect(risk.status).toBe(0);

  // One that is there and does not load is told apart.
  await writeFile(join(folder, 'node_modules/danfojs-node.js'), "throw new Error('no native part');");
  expect(node(folder, 'tables.mjs').stdout).toContain(
    'must be able to load danfojs-node, was: no native part',
  );
});

test('the README names the overrides that danfojs-node wants', () => {
  const wanted = Object.entries(overrides).filter(([name]) => name !== '@uwdata/flechette');
  expect(wanted.length).toBe(4);
  for (const [name, version] of wanted) expect(readme).toContain(`"${name}": "${version}"`);
});
