import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { hashFile } from '../../src/io/hash-file.ts';
import { openSources } from '../../src/io/open.ts';
import { wholeOf } from '../../src/io/source.ts';
import { codeOf } from '../support/codes.ts';
import { scratch } from '../support/scratch.ts';

const csv = 'time,open,high,low,close\n1,2,3,1,2\n';

async function textOf(name: string, cwd: string): Promise<string[]> {
  const texts: string[] = [];
  for (const source of await openSources([name], cwd)) {
    const text = Buffer.from(await wholeOf(source)).toString();
    texts.push(`${source.name}|${source.path}|${text}`);
  }
  return texts;
}

describe('content', () => {
  test('a plain file is read as it is, a gzip file decompressed and named without its ending', async () => {
    const cwd = await scratch({ 'a.csv': csv, 'b.csv.gz': gzipSync(csv) });
    expect(await textOf('a.csv', cwd)).toEqual([`a.csv|a.csv|${csv}`]);
    expect(await textOf('b.csv.gz', cwd)).toEqual([`b.csv|b.csv.gz|${csv}`]);
  });

  test('compression is told from content: gzip without the ending, plain text with it', async () => {
    const cwd = await scratch({ 'a.csv': gzipSync(csv), 'b.csv.gz': csv });
    expect(await textOf('a.csv', cwd)).toEqual([`a.csv|a.csv|${csv}`]);
    expect(await textOf('b.csv.gz', cwd)).toEqual([`b.csv|b.csv.gz|${csv}`]);
  });

  test('a gzip file of several members is read to its end', async () => {
    const cwd = await scratch({ 'a.csv.gz': Buffer.concat([gzipSync(csv), gzipSync('4,5,6,4,5\n')]) });
    expect(await textOf('a.csv.gz', cwd)).toEqual([`a.csv|a.csv.gz|${csv}4,5,6,4,5\n`]);
  });

  test('each data member of an archive is a source of its own, by name, deflated or stored or gzip inside', async () => {
    const bytes = zipSync({
      'x/ETH.csv': strToU8('eth'),
      'BTC.csv': [strToU8('btc'), { level: 0 }],
      'SOL.csv.gz': gzipSync('sol'),
      'README.txt': strToU8('no data'),
      '__MACOSX/BTC.csv': strToU8('fork'),
      '.hidden.csv': strToU8('hidden'),
    });
    const cwd = await scratch({ 'all.zip': bytes, 'named-otherwise.bin': bytes });
    expect(await textOf('all.zip', cwd)).toEqual([
      'BTC.csv|all.zip/BTC.csv|btc',
      'SOL.csv|all.zip/SOL.csv.gz|sol',
      'ETH.csv|all.zip/x/ETH.csv|eth',
    ]);
    expect((await textOf('named-otherwise.bin', cwd)).length).toBe(3);
  });

  test('a source can be read more than once', async () => {
    const cwd = await scratch({ 'a.zip': zipSync({ 'a.csv': strToU8(csv) }) });
    const [source] = await openSources(['a.zip'], cwd);
    if (source === undefined) throw new Error('one source must be there');
    expect(await wholeOf(source)).toEqual(await wholeOf(source));
  });
});

describe('the head', () => {
  test('is the whole content up to 64 KiB and says so; beyond, the first 64 KiB', async () => {
    const limit = 65536;
    const cwd = await scratch({
      'exact.csv': 'x'.repeat(limit),
      'more.csv': 'x'.repeat(limit + 1),
      'more.csv.gz': gzipSync('x'.repeat(3_000_000)),
    });
    const heads = (await openSources(['.'], cwd)).map((source) => [
      source.path,
      source.head.length,
      source.headIsAll,
    ]);
    expect(heads).toEqual([
      ['exact.csv', limit, true],
      ['more.csv', limit, false],
      ['more.csv.gz', limit, false],
    ]);
  });

  test('large content comes in pieces of at most 1 MB', async () => {
    const content = Buffer.alloc(3_500_000, 'abcdefg');
    const cwd = await scratch({
      'a.csv': content,
      'b.csv.gz': gzipSync(content),
      'c.zip': zipSync({ 'c.csv': content }),
    });
    for (const source of await openSources(['.'], cwd)) {
      const hash = createHash('sha256');
      let longest = 0;
      for await (const chunk of source.chunks()) {
        longest = Math.max(longest, chunk.length);
        hash.update(chunk);
      }
      expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
      expect(longest).toBeLessThanOrEqual(1 << 20);
    }
  });
});

describe('what is refused', () => {
  test('an empty file, plain or compressed, is FILE_EMPTY', async () => {
    const cwd = await scratch({
      'a.csv': '',
      'a.csv.gz': gzipSync(''),
      'b.csv.gz': '',
      'a.zip': zipSync({ 'a.csv': strToU8('') }),
      'b.zip': '',
    });
    for (const name of ['a.csv', 'a.csv.gz', 'b.csv.gz', 'a.zip', 'b.zip']) {
      expect(await codeOf(() => openSources([name], cwd))).toBe('FILE_EMPTY');
    }
  });

  test('an archive without a data file names what it holds', async () => {
    const cwd = await scratch({ 'a.zip': zipSync({ 'README.txt': strToU8('x') }), 'b.zip': zipSync({}) });
    await expect(openSources(['a.zip'], cwd)).rejects.toThrow('held "README.txt" (a.zip)');
    await expect(openSources(['b.zip'], cwd)).rejects.toThrow('held nothing (b.zip)');
  });

  test('other compressions, and a .zip that is none, are named', async () => {
    const cwd = await scratch({
      'a.csv.zst': Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1),
      'a.csv.xz': Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0),
      'a.csv.bz2': 'BZh91AY',
      'a.zip': '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>',
    });
    await expect(openSources(['a.csv.zst'], cwd)).rejects.toThrow(
      'must be plain, gzip or zip, was zstandard',
    );
    await expect(openSources(['a.csv.xz'], cwd)).rejects.toThrow('was xz');
    await expect(openSources(['a.csv.bz2'], cwd)).rejects.toThrow('was bzip2');
    await expect(openSources(['a.zip'], cwd)).rejects.toThrow('must be a zip archive, was none');
    expect(await codeOf(() => openSources(['a.zip'], cwd))).toBe('FILE_COMPRESSION');
  });
});

test('the hash is that of the bytes on disk', async () => {
  const bytes = gzipSync(csv);
  const cwd = await scratch({ 'a.csv.gz': bytes, abc: 'abc' });
  expect(await hashFile(join(cwd, 'a.csv.gz'))).toBe(createHash('sha256').update(bytes).digest('hex'));
  // FIPS 180-2, appendix B.1: SHA-256 of "abc".
  expect(await hashFile(join(cwd, 'abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(await codeOf(() => hashFile(join(cwd, 'gone')))).toBe('FILE_MISSING');
});
