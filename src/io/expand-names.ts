/** From what a user names (files, folders, globs) to the files that are meant. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { DataError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';

export type NamedFile = {
  /** As the user named it, or the named folder and the way from there. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
};

/** What a folder is searched for; a file that is named itself, or by a glob, may end as it likes. */
const DATA_ENDING = /\.(?:csv|tsv|json|feather|arrow|arrows|ipc|parquet)(?:\.gz)?$|\.zip$/i;

/** True where the ending of a file says that it may hold market data. */
export function hasDataEnding(name: string): boolean {
  return DATA_ENDING.test(name) && !isHidden(name);
}

/**
 * The files that the names mean, each once, sorted by path code unit by code unit, whatever the order of the names.
 *
 * A folder means its files with a known ending, in it and in all folders below it, but for hidden ones.
 *
 * @throws DataError FILE_MISSING where a name means no file
 */
export async function expandNames(names: readonly string[], cwd: string): Promise<NamedFile[]> {
  const found = new Map<string, NamedFile>();
  for (const name of names) {
    for (const named of await filesOf(name, cwd)) {
      if (!found.has(named.file)) found.set(named.file, named);
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

async function filesOf(name: string, cwd: string): Promise<NamedFile[]> {
  const file = resolve(cwd, name);
  const kind = await kindOf(file);
  if (kind === 'file') return [{ path: name, file }];
  if (kind === 'folder') return filesInFolder(name, file);
  const { glob, isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(name)) throw await missing(name, file);
  const matches = await glob([name], { cwd, absolute: true, expandDirectories: false });
  if (matches.length === 0) {
    throw new DataError({
      code: 'FILE_MISSING',
      message: `a glob must match a file, matched none: "${name}"`,
    });
  }
  const isAbsolute = resolve(name) === name;
  return matches.map((match) => ({ path: isAbsolute ? match : relative(cwd, match), file: resolve(match) }));
}

async function filesInFolder(name: string, folder: string): Promise<NamedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: NamedFile[] = [];
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const inner = relative(folder, file);
    if (inner.split(sep).some(isHidden) || !hasDataEnding(entry.name)) continue;
    if ((await kindOf(file)) === 'file') files.push({ path: join(name, inner), file });
  }
  if (files.length > 0) return files;
  throw new DataError({
    code: 'FILE_MISSING',
    message: `a folder must hold data files, "${name}" held none`,
    remedy:
      'Files in a folder are known by their ending: csv, tsv, json, feather, arrow, parquet, each also .gz, and zip',
  });
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX';
}

async function kindOf(file: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(file)).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}

async function missing(name: string, file: string): Promise<DataError> {
  const siblings = (await readdir(dirname(file)).catch(() => []))
    .filter((sibling) => !isHidden(sibling))
    .sort();
  const near = nearestName(basename(file), siblings);
  const remedy = near === null ? {} : { remedy: `Did you mean "${join(dirname(name), near)}"?` };
  return new DataError({
    code: 'FILE_MISSING',
    message: `a file, folder or glob must exist, "${name}" does not`,
    ...remedy,
  });
}
