/** The bytes of a file that must be text. */
import { InputError } from '../model/errors.ts';

/** @throws InputError CONFIG_FILE where the bytes are no text */
export function textOf(bytes: Uint8Array, file: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const { was, remedy } = noText(bytes);
  const message = `it must be UTF-8 text, was ${was}`;
  throw new InputError({ code: 'CONFIG_FILE', message, place: { file }, remedy });
}

/** What bytes that are no UTF-8 text seem to be, and what to do about it. */
export function noText(bytes: Uint8Array): { readonly was: string; readonly remedy: string } {
  const [first, second] = bytes;
  const save = 'Save the file anew with the encoding UTF-8';
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { was: 'UTF-16', remedy: save };
  }
  if (!bytes.includes(0)) return { was: 'text in another encoding, or binary', remedy: save };
  return {
    was: 'binary',
    remedy: 'Name a file of text; what a program keeps for itself must be exported as text first',
  };
}
