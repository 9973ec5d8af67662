/** The package as `npm pack` makes it, unpacked beside its dependencies: what a user has after an install, without a network. */
import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratch } from './scratch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder in which `perp-risk` is installed with its dependencies and those packages besides. */
export async function installed(dependencies: readonly string[]): Promise<string> {
  const folder = await scratch();
  const npm = [
    'pack',
    '--ignore-scripts',
    '--silent',
    '--pack-destination',
    folder,
    '--cache',
    join(folder, '.npm'),
  ];
  const packed = told('npm', npm, root).stdout.trim();
  const home = join(folder, 'node_modules/perp-risk');
  await mkdir(home, { recursive: true });
  told('tar', ['-xzf', join(folder, packed), '-C', home, '--strip-components', '1'], folder);
  for (const name of dependencies) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', name), link, 'dir');
  }
  return folder;
}

/** What a program says, which must end with 0. */
function told(program: string, argv: readonly string[], cwd: string) {
  const run = spawnSync(program, argv, { cwd, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${program} ${argv.join(' ')} must end with 0, was ${run.stderr}`);
  return run;
}
