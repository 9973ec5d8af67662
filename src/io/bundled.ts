/** Finds the data that the package brings with it, from source, from dist, and from an installed package. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvariantError } from '../model/errors.ts';

/**
 * The absolute path of a bundled file or folder: `data/profiles`, `data/sample/BTCUSDT-1h.csv`.
 *
 * Walks up from this file to the first folder that holds a package.json and the path; the working directory plays no part.
 */
export function bundledPath(relative: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (dirname(folder) !== folder) {
    const path = join(folder, relative);
    if (existsSync(join(folder, 'package.json')) && existsSync(path)) return path;
    folder = dirname(folder);
  }
  throw new InvariantError(`invariant: the package brings ${relative} with it`);
}
