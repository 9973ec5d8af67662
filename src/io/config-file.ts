/** The bytes of a configuration file as text, and which file is the user's. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../model/errors.ts';
import { textOf } from './utf8-text.ts';

const DEFAULT_FILE = 'risk.yaml';

/** Where the user's file is looked for. */
type Asked = {
  readonly cwd: string;
  /** What --config names, relative to `cwd`; null for `risk.yaml` in it, where there is one. */
  readonly file: string | null;
};

/**
 * The user's file, with the name that messages show; null where there is none.
 *
 * @throws InputError CONFIG_FILE; FILE_MISSING where `file` names none
 */
export function readUserFile({ cwd, file }: Asked): { readonly name: string; readonly text: string } | null {
  const name = file ?? DEFAULT_FILE;
  const text = readConfigText(cwd, name, file !== null);
  return text === null ? null : { name, text };
}

/**
 * Reads a file as UTF-8 text, without a byte order mark.
 *
 * @param name     as the user wrote it, relative to `folder`
 * @param required whether a missing file is an error; else it is null
 * @throws InputError FILE_MISSING, CONFIG_FILE
 */
export function readConfigText(folder: string, name: string, required: boolean): string | null {
  const bytes = readBytes(resolve(folder, name), name);
  if (bytes === null && !required) return null;
  if (bytes === null) {
    const message = `the configuration file must exist, was "${name}"`;
    throw new InputError({
      code: 'FILE_MISSING',
      message,
      remedy: 'Run "risk init" to write a first risk.yaml',
    });
  }
  return textOf(bytes, name);
}

function readBytes(path: string, name: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return null;
    if (typeof code !== 'string') throw error;
    throw new InputError({
      code: 'CONFIG_FILE',
      message: `it must be a readable file, was ${code}`,
      place: { file: name },
    });
  }
}
