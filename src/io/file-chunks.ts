/** Reads a file in pieces of 1 MB, so that memory does not grow with the file. */
import { open, stat } from 'node:fs/promises';
import { DataError } from '../model/errors.ts';

export const CHUNK_BYTES = 1 << 20;

/**
 * Bytes [from, to) of a file, in the order of the file; each piece is the receiver's own, but where a buffer is lent
 * every piece is a part of it.
 */
export async function* fileChunks(
  file: string,
  from = 0,
  to = Number.POSITIVE_INFINITY,
  lent?: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const handle = await readable(file, () => open(file, 'r'));
  try {
    let at = from;
    while (at < to) {
      const piece = lent ?? new Uint8Array(Math.min(CHUNK_BYTES, to - at));
      const length = Math.min(piece.length, to - at);
      const { bytesRead } = await readable(file, () => handle.read(piece, 0, length, at));
      if (bytesRead === 0) return;
      at += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Bytes [from, to) of a file in one piece; shorter where the file ends before. */
export async function fileBytes(file: string, from: number, to: number): Promise<Uint8Array> {
  const whole = new Uint8Array(to - from);
  let length = 0;
  for await (const chunk of fileChunks(file, from, to)) {
    whole.set(chunk, length);
    length += chunk.length;
  }
  return whole.subarray(0, length);
}

/** The size of a file in bytes. */
export async function fileSize(file: string): Promise<number> {
  return (await readable(file, () => stat(file))).size;
}

/** The first bytes of a stream, at most `limit`, and whether that was all of it. */
export async function firstBytes(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ bytes: Uint8Array; isAll: boolean }> {
  const bytes = new Uint8Array(limit);
  let length = 0;
  for await (const chunk of chunks) {
    const taken = chunk.subarray(0, limit - length);
    bytes.set(taken, length);
    length += taken.length;
    if (taken.length < chunk.length) return { bytes, isAll: false };
  }
  return { bytes: bytes.slice(0, length), isAll: true };
}

async function readable<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new DataError({
      code: 'FILE_MISSING',
      message: `a file must be there and readable, was ${reasonOf(error)}`,
      place: { file },
      remedy: 'Check the path, and that it names a file',
    });
  }
}

/** What the system says of a failed call, without the path and the name of the call. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split(', ')[0] ?? text;
}
