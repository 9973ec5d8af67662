/** Writes results to files: whole, or not at all. */
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../model/errors.ts';
import { reasonOf } from './file-chunks.ts';

export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/**
 * Writes a file whole: to a temporary one in the same folder, which then takes the name, so that nobody ever sees a
 * part of it and a failure leaves what was there before. A link is followed; a device or a pipe is written straight.
 *
 * @param path relative to `cwd` or absolute
 * @throws InputError OUTPUT where it cannot be written; folders are not made
 */
export async function writeWhole(path: string, cwd: string, content: Content): Promise<void> {
  const named = resolve(cwd, path);
  const folder = await stat(dirname(named)).catch(() => null);
  if (folder === null || !folder.isDirectory()) {
    const fault = { code: 'OUTPUT', message: `the folder of "${path}" must exist, does not` } as const;
    throw new InputError({ ...fault, remedy: 'Make the folder first' });
  }
  try {
    await replace(await realpath(named).catch(() => named), content);
  } catch (error) {
    // What the maker of the content throws is no matter of the file.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const message = `"${path}" must be a file that can be written, was refused: ${reasonOf(error)}`;
    throw new InputError({ code: 'OUTPUT', message });
  }
}

async function replace(file: string, content: Content): Promise<void> {
  const existing = await stat(file).catch(() => null);
  // Opening a folder for writing is refused by the system, as is what may not be written at all.
  if (existing !== null && !existing.isFile()) return writeTo(await open(file, 'w'), content);
  const { handle, temporary } = await openTemporary(file, (existing?.mode ?? 0o666) & 0o777);
  try {
    await writeTo(handle, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeTo(handle: FileHandle, content: Content): Promise<void> {
  try {
    const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    for (const piece of pieces) await handle.writeFile(piece);
  } finally {
    await handle.close();
  }
}

/** A new file beside the one to be; another writer of the same file, or one that was stopped, has another number. */
async function openTemporary(file: string, mode: number): Promise<{ handle: FileHandle; temporary: string }> {
  for (let number = 1; ; number += 1) {
    const temporary = join(dirname(file), `.${basename(file)}.${number}.tmp`);
    try {
      return { handle: await open(temporary, 'wx', mode), temporary };
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken || number === 1000) throw error;
    }
  }
}
