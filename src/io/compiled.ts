/**
 * What the build worked out ahead of time, so that a start neither parses nor checks again what never changes.
 *
 * Bundled texts (profiles, venue files, scenarios, the sample's portfolio) are YAML with a schema; reading one takes longer than
 * most commands take for all the rest. `npm run build` reads each once and leaves in `dist/compiled`, under the path that the
 * text has in the package, what its reader made of it, as plain data beside the text itself.
 *
 * One rule keeps this honest: a compiled value stands for the texts that it was made of and for no other. A caller shows the
 * texts as they lie on disk now; where one differs by a character the answer is null, and it is read and checked as if
 * nothing had been compiled. Code that runs from its source never looks into dist, which another source may have built.
 */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPath } from './bundled.ts';

/** A file of `dist/compiled`. */
export type Compiled = {
  /** What `value` was made of, whole. */
  readonly texts: readonly string[];
  readonly value: unknown;
};

/**
 * The plain value that the build made of these very texts; null where it made none.
 *
 * @param file   absolute path of the bundled file or folder that the texts are from; any other has no compiled value
 * @param texts  as they are on disk now
 * @param folder where compiled values lie, or null for nowhere
 */
export function compiledOf<T>(
  file: string,
  texts: readonly string[],
  folder: string | null = ownFolder(),
): T | null {
  const name = folder === null ? null : compiledName(file);
  if (folder === null || name === null) return null;
  const compiled = readCompiled(join(folder, name));
  if (compiled === null || compiled.texts.length !== texts.length) return null;
  const isSame = compiled.texts.every((text, i) => text === texts[i]);
  // The build has written what the reader of these texts gave, and nobody else writes there.
  return isSame ? (compiled.value as T) : null;
}

/** Where in `dist/compiled` the value of a bundled file or folder lies; null for a path outside the package. */
export function compiledName(file: string): string | null {
  const inside = relative(bundledPath('.'), file);
  return inside.startsWith('..') ? null : `${inside}.json`;
}

/** `dist/compiled`, for code that itself lies in dist. */
function ownFolder(): string | null {
  const dist = bundledPath('dist');
  return fileURLToPath(import.meta.url).startsWith(dist + sep) ? join(dist, 'compiled') : null;
}

function readCompiled(path: string): Compiled | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Compiled;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
