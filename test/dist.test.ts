/** The built command: what only a bundle can get wrong. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scratch } from './support/scratch.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/cli.js');

function risk(cwd: string, ...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('the build is there (npm run build)', () => {
  expect(existsSync(cli)).toBe(true);
});

test('runs on the sample from any folder', async () => {
  const { status, stdout } = risk(await scratch({}), 'backtest-stops', '--multiplier', '2');
  expect(status).toBe(0);
  expect(stdout.split('\n')[0]).toContain('on the bundled sample');
});

test('writes Arrow, reads it back, and converts it to the CSV that it came from', async () => {
  const cwd = await scratch({});
  const sample = join(root, 'data/sample/BTCUSDT-1h.csv');
  expect(risk(cwd, 'data', 'convert', sample, 'BTCUSDT.arrow')).toMatchObject({ status: 0 });
  expect(risk(cwd, 'data', 'convert', 'BTCUSDT.arrow', 'a.csv')).toMatchObject({ status: 0 });
  expect(risk(cwd, 'data', 'convert', sample, 'b.csv')).toMatchObject({ status: 0 });
  const [a, b] = ['a.csv', 'b.csv'].map(
    (name) => risk(cwd, 'data', 'describe', name, '--symbol', 'X', '--format', 'csv').stdout,
  );
  expect(a).toBe(b);
  expect(a).toContain('X');
});

test('an unknown command ends with 2', async () => {
  expect(risk(await scratch({}), 'backtest-stop')).toMatchObject({ status: 2, stdout: '' });
});

test('an edited profile and an edited venue file win over what was compiled of them', async () => {
  const copy = await scratch({});
  for (const part of ['package.json', 'dist', 'data'])
    await cp(join(root, part), join(copy, part), { recursive: true });
  const told = (...argv: string[]) => {
    const argvOf = [join(copy, 'dist/cli.js'), ...argv, '--format', 'json'];
    return JSON.parse(spawnSync(process.execPath, argvOf, { cwd: copy, encoding: 'utf8' }).stdout);
  };
  const edit = async (name: string, from: string, to: string) => {
    const text = await readFile(join(copy, name), 'utf8');
    expect(text).toContain(from);
    await writeFile(join(copy, name), text.replace(from, to));
  };
  const maxGap = () => told('config', '--path', 'data.maxGap').result.leaves[0].value;
  const single = ['margin', '--direction', 'long', '--entry', '20000', '--qty', '1', '--symbol', 'BTCUSDT'];
  const margin = () => JSON.stringify(told(...single).result);
  const before = { gap: maxGap(), margin: margin() };
  await edit('data/profiles/base.yaml', 'maxGap: { value: 3,', 'maxGap: { value: 7,');
  expect(before.gap).toBe(3);
  expect(maxGap()).toBe(7);
  await edit('data/venues/binance/2024-10-24.yaml', '0.004, 125', '0.003, 125');
  expect(margin()).not.toBe(before.margin);
});

/** What node has read by the end of a command: the scripts beside the bundle, by their names. */
function aside(cwd: string, ...argv: string[]): readonly string[] {
  const tell =
    "process.on('exit', () => process._rawDebug(JSON.stringify(Object.keys(require('node:module')._cache))))";
  const hook = `data:text/javascript,import { createRequire } from 'node:module'; const require = createRequire('file:///'); ${tell};`;
  const { stderr } = spawnSync(process.execPath, ['--import', hook, cli, ...argv], { cwd, encoding: 'utf8' });
  const files: unknown = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  if (!Array.isArray(files)) throw new Error('the list of what was read must be a list');
  return files.map((file) => basename(String(file))).filter((name) => name.endsWith('.cjs'));
}

test('a command that needs a package beside the bundle reads it', async () => {
  const cwd = await scratch({ 'risk.yaml': 'guards:\n  stops:\n    multiplier: 3\n' });
  expect(aside(cwd, 'config')).toEqual(expect.arrayContaining(['zod.cjs', 'yaml.cjs']));
});

test.each([
  ['config'],
  ['margin'],
  ['size'],
  ['replay'],
  ['stress', '--scenario', 'luna'],
  ['data', 'inspect', join(root, 'data/sample/BTCUSDT-1h.csv')],
])('a start of %s on bundled data reads neither the schemas nor the parser of YAML', async (...argv) => {
  expect(aside(await scratch({}), ...argv)).toEqual([]);
});

const kept = readdirSync(join(root, 'dist/code'));

test.each(kept)('what V8 has compiled for %s is taken where it was built', (name) => {
  const bundle = join(root, 'dist/risk.cjs');
  const text = readFileSync(bundle, 'latin1');
  const cachedData = readFileSync(join(root, 'dist/code', name));
  const take = `
    if (process.versions.v8.startsWith('11.')) require('node:v8').setFlagsFromString('--interrupt-budget=270336');
    const [bundle, code] = process.argv.slice(1);
    const { readFileSync } = require('node:fs');
    const { Script } = require('node:vm');
    const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle, cachedData: readFileSync(code) });
    process.stdout.write(String(script.cachedDataRejected));`;
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(cachedData.length).toBeGreaterThan(100_000);
  const argv = ['-e', take, bundle, join(root, 'dist/code', name)];
  expect(spawnSync(process.execPath, argv, { encoding: 'utf8' }).stdout).toBe('false');
});

test('a start with code of another engine, or with none, gives the same', async () => {
  const copy = await scratch({});
  for (const part of ['package.json', 'dist', 'data', 'scenarios'])
    await cp(join(root, part), join(copy, part), { recursive: true });
  const told = () => {
    const argv = [join(copy, 'dist/cli.js'), 'stress', '--scenario', 'luna'];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: copy, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const before = told();
  expect(before.status).toBe(0);
  await writeFile(join(copy, 'dist/code/stress.bin'), Buffer.alloc(1000, 7));
  expect(told()).toEqual(before);
  await rm(join(copy, 'dist/code'), { recursive: true });
  expect(told()).toEqual(before);
});
