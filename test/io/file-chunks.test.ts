import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHUNK_BYTES, fileBytes, fileChunks, fileSize, firstBytes } from '../../src/io/file-chunks.ts';
import { codeOf } from '../support/codes.ts';
import { scratch } from '../support/scratch.ts';

const content = Uint8Array.from({ length: CHUNK_BYTES + 1000 }, (_, i) => i % 251);

async function file(): Promise<string> {
  return join(await scratch({ 'a.bin': content }), 'a.bin');
}

test('chunks give the file in its order, each of them the own of who gets it', async () => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of fileChunks(await file())) chunks.push(chunk);
  expect(chunks.map(({ length }) => length)).toEqual([CHUNK_BYTES, 1000]);
  expect(Buffer.concat(chunks).equals(content)).toBe(true);
});

test('chunks of a lent buffer are parts of it, and as long as it is', async () => {
  const lent = new Uint8Array(300_000);
  const seen: Uint8Array[] = [];
  for await (const chunk of fileChunks(await file(), 0, Number.POSITIVE_INFINITY, lent)) {
    expect(chunk.buffer).toBe(lent.buffer);
    seen.push(chunk.slice());
  }
  expect(seen[0]?.length).toBe(300_000);
  expect(Buffer.concat(seen).equals(content)).toBe(true);
});

test('a range ends where it is told to, or where the file does', async () => {
  const path = await file();
  expect([...(await fileBytes(path, 250, 254))]).toEqual([250, 0, 1, 2]);
  expect((await fileBytes(path, CHUNK_BYTES + 990, CHUNK_BYTES + 5000)).length).toBe(10);
  const lent = new Uint8Array(100);
  const parts = [];
  for await (const chunk of fileChunks(path, 10, 15, lent)) parts.push(...chunk);
  expect(parts).toEqual([10, 11, 12, 13, 14]);
  expect(await fileSize(path)).toBe(content.length);
});

test('firstBytes tells whether they were all', async () => {
  const path = await file();
  expect((await firstBytes(fileChunks(path), 10)).isAll).toBe(false);
  expect(await firstBytes(fileChunks(path, 0, 3), 10)).toEqual({
    bytes: Uint8Array.of(0, 1, 2),
    isAll: true,
  });
});

test('a file that is not there, and a folder, are refused', async () => {
  const folder = await scratch();
  expect(await codeOf(() => fileSize(join(folder, 'none.csv')))).toBe('FILE_MISSING');
  expect(await codeOf(() => fileBytes(folder, 0, 1))).toBe('FILE_MISSING');
});
