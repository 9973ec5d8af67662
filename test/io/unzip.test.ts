import { crc32 } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openSources } from '../../src/io/open.ts';
import { wholeOf } from '../../src/io/source.ts';
import { codeOf } from '../support/codes.ts';
import { scratch } from '../support/scratch.ts';

async function contentsOf(bytes: Uint8Array): Promise<string> {
  const cwd = await scratch({ 'a.zip': bytes });
  const texts: string[] = [];
  for (const source of await openSources(['a.zip'], cwd)) {
    texts.push(`${source.name}:${Buffer.from(await wholeOf(source)).toString()}`);
  }
  return texts.join('|');
}

const rows = 'time,open,high,low,close\n1,2,3,1,2\n'.repeat(4);
const whole = `a.csv:${rows}|b.csv:${rows}5`;
const archive = zipSync({ 'a.csv': strToU8(rows), 'b.csv': [strToU8(`${rows}5`), { level: 0 }] });

/** One entry as a writer in a stream makes it (sizes in a data descriptor behind it), or with zip64 sizes. */
function zipByHand(name: string, text: string, kind: 'descriptor' | 'zip64' | 'encrypted' | 'bzip2'): Buffer {
  const data = Buffer.from(text);
  const crc = crc32(data);
  const method = kind === 'bzip2' ? 12 : 0;
  const flags = kind === 'descriptor' ? 8 : kind === 'encrypted' ? 1 : 0;
  const inHeader = kind !== 'descriptor';
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(method, 8);
  local.writeUInt32LE(inHeader ? crc : 0, 14);
  local.writeUInt32LE(inHeader ? data.length : 0, 18);
  local.writeUInt32LE(inHeader ? data.length : 0, 22);
  local.writeUInt16LE(name.length, 26);
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  descriptor.writeUInt32LE(data.length, 8);
  descriptor.writeUInt32LE(data.length, 12);
  const parts = [local, Buffer.from(name), data, ...(kind === 'descriptor' ? [descriptor] : [])];
  const is64 = kind === 'zip64';
  const extra = Buffer.alloc(is64 ? 28 : 0);
  if (is64) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(BigInt(data.length), 4);
    extra.writeBigUInt64LE(BigInt(data.length), 12);
    extra.writeBigUInt64LE(0n, 20);
  }
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(method, 10);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(is64 ? 0xffffffff : data.length, 20);
  central.writeUInt32LE(is64 ? 0xffffffff : data.length, 24);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt32LE(is64 ? 0xffffffff : 0, 42);
  const directory = Buffer.concat([central, Buffer.from(name), extra]);
  const from = Buffer.concat(parts).length;
  const end64 = Buffer.alloc(is64 ? 76 : 0);
  if (is64) {
    end64.writeUInt32LE(0x06064b50, 0);
    end64.writeBigUInt64LE(44n, 4);
    end64.writeBigUInt64LE(1n, 24);
    end64.writeBigUInt64LE(1n, 32);
    end64.writeBigUInt64LE(BigInt(directory.length), 40);
    end64.writeBigUInt64LE(BigInt(from), 48);
    end64.writeUInt32LE(0x07064b50, 56);
    end64.writeBigUInt64LE(BigInt(from + directory.length), 64);
    end64.writeUInt32LE(1, 72);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(is64 ? 0xffff : 1, 8);
  end.writeUInt16LE(is64 ? 0xffff : 1, 10);
  end.writeUInt32LE(is64 ? 0xffffffff : directory.length, 12);
  end.writeUInt32LE(is64 ? 0xffffffff : from, 16);
  return Buffer.concat([...parts, directory, end64, end]);
}

describe('archives of other writers', () => {
  test('sizes in a data descriptor behind the member are read from the directory', async () => {
    expect(await contentsOf(zipByHand('a.csv', rows, 'descriptor'))).toBe(`a.csv:${rows}`);
  });

  test('zip64 sizes and offsets are read', async () => {
    expect(await contentsOf(zipByHand('a.csv', rows, 'zip64'))).toBe(`a.csv:${rows}`);
  });

  test('an encrypted member and an unknown method are refused by name', async () => {
    await expect(contentsOf(zipByHand('a.csv', rows, 'encrypted'))).rejects.toThrow(
      'must be readable without a password, was encrypted (a.zip/a.csv)',
    );
    await expect(contentsOf(zipByHand('a.csv', rows, 'bzip2'))).rejects.toThrow(
      'was compressed by method 12',
    );
  });

  test('a comment behind the directory is passed over, also one that looks like an end record', async () => {
    const comment = Buffer.from('PK\u0005\u0006 is what an end record begins with');
    const commented = Buffer.concat([archive, comment]);
    commented.writeUInt16LE(comment.length, archive.length - 2);
    expect(await contentsOf(commented)).toBe(whole);
  });
});

describe('damage', () => {
  test('an archive cut at any length is an error, never a part of its members', async () => {
    expect(await contentsOf(archive)).toBe(whole);
    for (let length = 4; length < archive.length; length += 1) {
      const code = await codeOf(() => contentsOf(archive.subarray(0, length)));
      expect([length, code]).toEqual([length, 'FILE_COMPRESSION']);
    }
  });

  test('an archive with any one byte changed is an error or read as the whole archive it was', async () => {
    let errors = 0;
    for (let at = 0; at < archive.length; at += 1) {
      const changed = Uint8Array.from(archive);
      changed[at] = (changed[at] ?? 0) ^ 0x15;
      const outcome = String(await codeOf(() => contentsOf(changed)));
      if (outcome === 'FILE_COMPRESSION' || outcome === 'FILE_EMPTY') errors += 1;
      else expect([at, outcome]).toEqual([at, whole]);
    }
    expect(errors).toBeGreaterThan(archive.length / 2);
  });

  test('a checksum or a size that does not fit is said', async () => {
    const wrongCrc = zipByHand('a.csv', rows, 'descriptor');
    wrongCrc[40] = 0x58;
    await expect(contentsOf(wrongCrc)).rejects.toThrow(
      'a zip member must match its CRC-32, did not (a.zip/a.csv)',
    );
    const directoryAt = wrongCrc.length - 22 - 5 - 46;
    const longer = zipByHand('a.csv', rows, 'descriptor');
    longer.writeUInt32LE(rows.length + 1, directoryAt + 24);
    await expect(contentsOf(longer)).rejects.toThrow(`must hold the ${rows.length + 1} bytes`);
  });

  test('two archives one behind the other are refused: the offsets of the second would read the first', async () => {
    expect(await codeOf(() => contentsOf(Buffer.concat([archive, archive])))).toBe('FILE_COMPRESSION');
  });
});
