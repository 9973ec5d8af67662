/** The bytes of a file that must be text. */
import { InputError } from '../model/errors.ts';

/** @throws InputError CONFIG_FILE where the bytes are no text */
export function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = 'it must be UTF-8 text, was something else';
    throw new InputError({ code: 'CONFIG_FILE', message, place: { file } });
  }
}
