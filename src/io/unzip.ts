/**
 * Zip archives: the list of members, and the content of one in a stream.
 *
 * The list is read from the central directory at the end of the file (APPNOTE.TXT 6.3, sections 4.3 and 4.4), so a
 * cut-off archive is told at once. Stored and deflated members, data descriptors and zip64 sizes are read; encrypted,
 * multi-disk and otherwise compressed archives are refused. Size and CRC-32 of every member are checked as it is read.
 */
import { crc32 } from 'node:zlib';
import { fileBytes, fileChunks, fileSize } from './file-chunks.ts';
import { damaged, inflated } from './inflate.ts';

export type ZipMember = {
  /** As the archive names it, with folders. */
  readonly name: string;
  readonly encrypted: boolean;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
};

const END_RECORD = 0x06054b50;
const END_RECORD_64 = 0x06064b50;
const END_LOCATOR_64 = 0x07064b50;
const CENTRAL_HEADER = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_BYTES = 30;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const COMMENT_BYTES_MAX = 0xffff;

/** The entries of an archive in the order of its directory; a folder is an entry whose name ends with a slash. */
export async function zipMembers(file: string, place: string): Promise<ZipMember[]> {
  const size = await fileSize(file);
  const tailFrom = Math.max(0, size - END_BYTES - COMMENT_BYTES_MAX - LOCATOR_BYTES);
  const tail = Buffer.from(await fileBytes(file, tailFrom, size));
  const { count, from, to } = await directoryOf(file, tail, { tailFrom, place });
  const directory = Buffer.from(await fileBytes(file, from, to));
  const members: ZipMember[] = [];
  let at = 0;
  while (at < directory.length) {
    const { member, end } = centralHeader(directory, at, place);
    members.push(member);
    at = end;
  }
  if (at !== directory.length || members.length !== count) {
    throw damaged(`a zip directory must list ${count} entries, listed ${members.length}`, place);
  }
  return members;
}

/** The content of one member; the last piece comes only after size and checksum were found right. */
export async function* memberChunks(
  file: string,
  member: ZipMember,
  place: string,
): AsyncGenerator<Uint8Array> {
  const from = await memberStart(file, member, place);
  const packed = fileChunks(file, from, from + member.compressedSize);
  let crc = 0;
  let size = 0;
  let held: Uint8Array | null = null;
  for await (const chunk of member.method === 0 ? packed : inflated(packed, place)) {
    if (held !== null) yield held;
    held = chunk;
    crc = crc32(chunk, crc);
    size += chunk.length;
    if (size > member.size) break;
  }
  if (size !== member.size) {
    throw damaged(`a zip member must hold the ${member.size} bytes its directory says, held ${size}`, place);
  }
  if (crc !== member.crc) throw damaged('a zip member must match its CRC-32, did not', place);
  if (held !== null) yield held;
}

/**
 * Where the bytes of a member begin, behind its own header.
 *
 * @throws DataError FILE_COMPRESSION where that header is not there or bears another name than the directory says
 */
export async function memberStart(file: string, member: ZipMember, place: string): Promise<number> {
  const nameAt = member.offset + LOCAL_BYTES;
  const header = Buffer.from(await fileBytes(file, member.offset, nameAt));
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== LOCAL_HEADER) {
    throw damaged('a zip member must begin with its header, which was not where the directory says', place);
  }
  const nameEnd = nameAt + header.readUInt16LE(26);
  const name = Buffer.from(await fileBytes(file, nameAt, nameEnd)).toString();
  if (name !== member.name) {
    throw damaged(`a zip member must bear one name, was "${member.name}" and "${name}"`, place);
  }
  return nameEnd + header.readUInt16LE(28);
}

async function directoryOf(
  file: string,
  tail: Buffer,
  { tailFrom, place }: { readonly tailFrom: number; readonly place: string },
): Promise<{ count: number; from: number; to: number }> {
  const at = endRecordAt(tail);
  if (at === null) throw damaged('a zip file must end with its directory, was cut off or overwritten', place);
  const count = tail.readUInt16LE(at + 10);
  const size = tail.readUInt32LE(at + 12);
  const from = tail.readUInt32LE(at + 16);
  const disks = tail.readUInt16LE(at + 4) + tail.readUInt16LE(at + 6);
  const locator = at - LOCATOR_BYTES;
  const is64 = locator >= 0 && tail.readUInt32LE(locator) === END_LOCATOR_64;
  if (!is64 && disks !== 0) throw damaged('a zip archive must be one file, was a part of several', place);
  if (!is64) return endsAt({ count, from, to: from + size }, tailFrom + at, place);
  const recordAt = Number(tail.readBigUInt64LE(locator + 8));
  const record = Buffer.from(await fileBytes(file, recordAt, recordAt + 56));
  if (record.length < 56 || record.readUInt32LE(0) !== END_RECORD_64) {
    throw damaged('a zip64 file must hold its end record, which was not where it says', place);
  }
  const from64 = Number(record.readBigUInt64LE(48));
  const to64 = from64 + Number(record.readBigUInt64LE(40));
  return endsAt({ count: Number(record.readBigUInt64LE(32)), from: from64, to: to64 }, recordAt, place);
}

/** The directory lies directly before its end record; anything else is an archive with something put in or cut out. */
function endsAt<T extends { readonly from: number; readonly to: number }>(
  directory: T,
  end: number,
  place: string,
): T {
  if (directory.to !== end || directory.from > end) {
    throw damaged(`a zip directory must end at byte ${end}, ended at byte ${directory.to}`, place);
  }
  return directory;
}

/** The end record is the last one whose comment reaches exactly to the end of the file. */
function endRecordAt(tail: Buffer): number | null {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    const fits = at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length;
    if (fits && tail.readUInt32LE(at) === END_RECORD) return at;
  }
  return null;
}

function centralHeader(bytes: Buffer, at: number, place: string): { member: ZipMember; end: number } {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL_HEADER) {
    throw damaged('a zip directory must be a list of headers, was damaged', place);
  }
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const large = zip64Fields(bytes.subarray(nameEnd, extraEnd));
  // The extra field holds, in this order, only those numbers that did not fit their 32 bits.
  const wide = (position: number): number => {
    const value = bytes.readUInt32LE(position);
    return value === 0xffffffff ? (large.shift() ?? value) : value;
  };
  const member = {
    name: bytes.toString('utf8', at + 46, nameEnd),
    encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    size: wide(at + 24),
    compressedSize: wide(at + 20),
    offset: wide(at + 42),
  };
  return { member, end: extraEnd + bytes.readUInt16LE(at + 32) };
}

function zip64Fields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const size = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      const fields: number[] = [];
      for (let field = at + 4; field + 8 <= Math.min(at + 4 + size, extra.length); field += 8) {
        fields.push(Number(extra.readBigUInt64LE(field)));
      }
      return fields;
    }
    at += 4 + size;
  }
  return [];
}
