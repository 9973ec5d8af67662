/** Finds the data that the package brings with it, from source, from dist, and from an installed package. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../model/errors.ts';

const PACKAGE_NAME = 'perp-risk';

/**
 * The absolute path of a bundled file or folder: `data/profiles`, `data/sample/BTCUSDT-1h.csv`.
 *
 * Walks up from this file to the package.json that bears the package's name; the working directory plays no part, nor
 * do the package.json files of other projects on the way.
 */
export function bundledPath(relative: string): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && nameIn(manifest) === PACKAGE_NAME) return join(folder, relative);
    assert(dirname(folder) !== folder, `${start} lies inside the package ${PACKAGE_NAME}`);
  }
}

function nameIn(manifest: string): unknown {
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof content === 'object' && content !== null && 'name' in content ? content.name : null;
}
