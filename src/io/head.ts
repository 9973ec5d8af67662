/** The beginning of a file, as detection sees it. */
import type { Source } from './source.ts';

export type Head = {
  readonly bytes: Uint8Array;
  /** The end of the content, where the source has it. */
  readonly tail?: Uint8Array;
  /** UTF-8 text without a byte order mark; null where the bytes are no text (a NUL byte, or malformed UTF-8). */
  readonly text: string | null;
  /** The first complete lines (up to 50), without line ends; the last line counts where the head is the whole file. */
  readonly lines: readonly string[];
};

const LINES_MAX = 50;

/** Reads the head of a source as text where it is text. */
export function headOf(source: Source): Head {
  const text = decode(source.head);
  const tail = source.headIsAll ? source.head : source.tail;
  if (text === null) return { bytes: source.head, ...(tail && { tail }), text, lines: [] };
  const parts = text.split('\n', LINES_MAX + 1);
  // The last part is a whole line only where the file ends with it.
  const complete = source.headIsAll || parts.length > LINES_MAX ? parts : parts.slice(0, -1);
  const lines = complete.slice(0, LINES_MAX).map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  return { bytes: source.head, text, lines };
}

function decode(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  // A head may end inside a multi-byte character: up to three bytes are left out.
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut += 1) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      // Tried again with one byte less.
    }
  }
  return null;
}
