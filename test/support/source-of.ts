import type { Source } from '../../src/io/source.ts';

/** A source in memory, its content in pieces of a chosen size. */
export function sourceOf(content: string | Uint8Array, { name = 'a.csv', piece = 1 << 20 } = {}): Source {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const head = bytes.subarray(0, 1 << 16);
  async function* chunks(lent?: Uint8Array): AsyncGenerator<Uint8Array> {
    const step = Math.min(piece, lent?.length ?? piece);
    for (let at = 0; at < bytes.length; at += step) {
      const own = bytes.slice(at, at + step);
      lent?.set(own);
      yield lent?.subarray(0, own.length) ?? own;
    }
  }
  return { name, path: name, size: bytes.length, head, headIsAll: head.length === bytes.length, chunks };
}
