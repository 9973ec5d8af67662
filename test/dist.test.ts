/** The built command: what only a bundle can get wrong. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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

/** A word of each package that survives in its bundled text, and stands in no other. */
const words = { commander: 'CommanderError', zod: '$ZodType', yaml: 'BLOCK_AS_IMPLICIT_KEY' } as const;

/** The packages that node reads before the first line of a command runs: those of its piece, and of all that this imports. */
function packagesOf(command: string): readonly string[] {
  const chunks = join(root, 'dist/chunks');
  // Other modules may have the name of a command; which of two comes first hangs on the hash of their bytes.
  const named = new RegExp(`^${command}-[A-Z0-9]{8}\\.js$`);
  const own = readdirSync(chunks).find(
    (name) => named.test(name) && /export\s*\{\s*command\s*\}/.test(readFileSync(join(chunks, name), 'utf8')),
  );
  const texts = new Map<string, string>();
  const read = (file: string): void => {
    if (texts.has(file)) return;
    const text = readFileSync(file, 'utf8');
    texts.set(file, text);
    for (const [, name = ''] of text.matchAll(/(?:from|import)\s*"(\.[^"]+\.js)"/g))
      read(join(dirname(file), name));
  };
  read(cli);
  read(join(chunks, own ?? `no piece of ${command}`));
  const all = [...texts.values()].join('\n');
  return Object.entries(words)
    .filter(([, word]) => all.includes(word))
    .map(([name]) => name);
}

test('the words by which packages are told stand in the bundle', () => {
  const chunks = join(root, 'dist/chunks');
  const all = readdirSync(chunks).map((name) => readFileSync(join(chunks, name), 'utf8'));
  for (const word of Object.values(words))
    expect(
      all.some((text) => text.includes(word)),
      word,
    ).toBe(true);
});

test.each(['config', 'margin', 'check', 'replay', 'stress', 'backtest-stops', 'data-inspect'])(
  'a start of %s reads neither the schemas nor the parser of YAML',
  (command) => {
    const packages = packagesOf(command);
    expect(packages).toEqual(['commander']);
  },
);
