import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gunzipped, inflated } from '../../src/io/inflate.ts';
import { codeOf } from '../support/codes.ts';

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

const text = 'time,open,high,low,close\n1,2,3,1,2\n'.repeat(20);
const gzip = gzipSync(text);

describe('gzip', () => {
  test('gives the same content whatever the size of the pieces it comes in', async () => {
    const twoMembers = Buffer.concat([gzip, gzipSync('tail')]);
    for (const size of [1, 2, 7, gzip.length, gzip.length + 1, 1000]) {
      expect(await textOf(gunzipped(pieces(gzip, size), 'a.gz'))).toBe(text);
      expect(await textOf(gunzipped(pieces(twoMembers, size), 'a.gz'))).toBe(`${text}tail`);
    }
  });

  test('cut at any length is an error, never a part of the content', async () => {
    for (let length = 1; length < gzip.length; length += 1) {
      const cut = gzip.subarray(0, length);
      expect([length, await codeOf(() => textOf(gunzipped(pieces(cut, 16), 'a.gz')))]).toEqual([
        length,
        'FILE_COMPRESSION',
      ]);
    }
  });

  test('with any one byte of its content changed is an error or the same content', async () => {
    for (let at = 10; at < gzip.length; at += 1) {
      const changed = Uint8Array.from(gzip);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      expect([text, 'FILE_COMPRESSION']).toContain(
        await codeOf(() => textOf(gunzipped(pieces(changed, 64), 'a.gz'))),
      );
    }
  });

  test('followed by something else is an error at any size of the pieces; padding with zeros is none', async () => {
    const trailed = Buffer.concat([gzip, Buffer.from('1,2,3\n')]);
    for (const size of [1, 7, gzip.length, 4096]) {
      expect(await codeOf(() => textOf(gunzipped(pieces(trailed, size), 'a.gz')))).toBe('FILE_COMPRESSION');
    }
    expect(await textOf(gunzipped(pieces(Buffer.concat([gzip, Buffer.alloc(512)]), 4096), 'a.gz'))).toBe(
      text,
    );
  });

  test('names the file and what to do', async () => {
    await expect(textOf(gunzipped(pieces(gzip.subarray(0, 40), 16), 'a.csv.gz'))).rejects.toThrow(
      'a gzip file must be whole, was damaged: unexpected end of file (a.csv.gz). Fetch the file again',
    );
  });
});

test('an error of the file that is read passes through as it is', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield gzip.subarray(0, 20);
    throw new TypeError('the disk is gone');
  }
  await expect(textOf(gunzipped(broken(), 'a.gz'))).rejects.toThrow('the disk is gone');
});

test('a reader that stops early closes the file it reads from', async () => {
  let isClosed = false;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield gzip;
    } finally {
      isClosed = true;
    }
  }
  for await (const chunk of gunzipped(watched(), 'a.gz')) {
    if (chunk.length > 0) break;
  }
  await new Promise((done) => setImmediate(done));
  expect(isClosed).toBe(true);
});

test('a deflated zip member is decompressed in a stream', async () => {
  expect(await textOf(inflated(pieces(deflateRawSync(text), 5), 'a.zip/a.csv'))).toBe(text);
});
