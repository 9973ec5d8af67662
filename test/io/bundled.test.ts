import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { bundledPath } from '../../src/io/bundled.ts';
import { scratch } from '../support/scratch.ts';

const root = resolve(import.meta.dirname, '../..');

test('from source the data lie in the repository, wherever the process runs', () => {
  expect(bundledPath('data')).toBe(join(root, 'data'));
  expect(bundledPath('data/sample/BTCUSDT-1h.csv')).toBe(join(root, 'data/sample/BTCUSDT-1h.csv'));
});

test('from an installed bundle the data lie in the package, not in the project that uses it', async () => {
  const { name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const project = await realpath(
    await scratch({
      'package.json': '{ "name": "a-user-of-it" }',
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, type: 'module' }),
      [`node_modules/${name}/dist/package.json`]: '{ "type": "module" }',
    }),
  );
  const bundle = join(project, 'node_modules', name, 'dist/cli.js');
  const contents = `import { bundledPath } from './bundled.ts'; console.log(bundledPath('data/sample'));`;
  const stdin = { contents, resolveDir: join(root, 'src/io') };
  await build({ stdin, bundle: true, platform: 'node', format: 'esm', outfile: bundle });
  const { stdout } = await promisify(execFile)('node', [bundle], { cwd: tmpdir() });
  expect(stdout.trim()).toBe(join(project, 'node_modules', name, 'data/sample'));
});
