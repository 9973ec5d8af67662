import type { Source } from '../../src/io/source.ts';

/** A source in memory, its content in pieces of a chosen size. */
export function sourceOf(content: string | Uint8Array, { name = 'a.csv', piece = 1 << 20 } = {}): Source {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const head = bytes.subarray(0, 1 << 16);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.slice(at, at + piece);
  }
  return { name, path: name, size: bytes.length, head, headIsAll: head.length === bytes.length, chunks };
}
