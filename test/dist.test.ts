/** The built command: what only a bundle can get wrong. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
