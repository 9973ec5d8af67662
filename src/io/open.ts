/**
 * Opens what a user names: plain files, gzip files and the members of zip archives, told from content, not from names.
 *
 * Opening reads no more than the first bytes of each; the content comes in pieces when a reader asks for it.
 */
import { basename } from 'node:path';
import { DataError } from '../model/errors.ts';
import { expandNames, hasDataEnding, type NamedFile } from './expand-names.ts';
import { fileBytes, fileChunks, fileSize, firstBytes } from './file-chunks.ts';
import { damaged, gunzipped } from './inflate.ts';
import type { Source } from './source.ts';
import { memberChunks, memberStart, type ZipMember, zipMembers } from './unzip.ts';

/** A source that comes from a file on disk; `hashFile(file)` is the hash that a report gives for it. */
export type OpenedSource = Source & {
  /** Absolute; several members of one archive share it. */
  readonly file: string;
};

const HEAD_BYTES = 1 << 16;
const FOOTER_BYTES_MAX = 1 << 24;
const PARQUET = [0x50, 0x41, 0x52, 0x31];

/** Compressions that users have and that are not read, by their first bytes. */
const refused: readonly (readonly [string, readonly number[]])[] = [
  ['zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['7-zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
];

/**
 * The sources that files, folders and globs mean, in a fixed order: by path, and inside an archive by member name.
 *
 * @param cwd the folder that relative names begin at
 * @throws DataError FILE_MISSING, FILE_EMPTY, FILE_COMPRESSION
 */
export async function openSources(names: readonly string[], cwd: string): Promise<OpenedSource[]> {
  const sources: OpenedSource[] = [];
  for (const named of await expandNames(names, cwd)) sources.push(...(await openFile(named)));
  return sources;
}

async function openFile(named: NamedFile): Promise<OpenedSource[]> {
  const { path, file } = named;
  const size = await fileSize(file);
  const start = (await firstBytes(fileChunks(file, 0, 16), 16)).bytes;
  const isZip = begins(start, [0x50, 0x4b, 0x03, 0x04]) || begins(start, [0x50, 0x4b, 0x05, 0x06]);
  if (isZip) return openArchive(named);
  if (/\.zip$/i.test(path) && size > 0) {
    throw damaged('a file that ends in .zip must be a zip archive, was none', path);
  }
  const open = (lent?: Uint8Array) => fileChunks(file, 0, Number.POSITIVE_INFINITY, lent);
  const source = await sourceOf({ name: basename(file), path, file, size, open });
  return [begins(source.head, PARQUET) ? { ...source, tail: await footerOf(file, size) } : source];
}

/** The end of a Parquet file: the footer, whose length stands before the last four bytes. */
async function footerOf(file: string, size: number): Promise<Uint8Array> {
  const end = Buffer.from(await fileBytes(file, Math.max(0, size - 8), size));
  const length = end.length === 8 ? end.readUInt32LE(0) : 0;
  return fileBytes(file, Math.max(0, size - 8 - Math.min(length, FOOTER_BYTES_MAX)), size);
}

async function openArchive({ path, file }: NamedFile): Promise<OpenedSource[]> {
  const members = await zipMembers(file, path);
  // Members that are left out are looked at too: a damaged name must not make data look like something else.
  for (const member of members) await memberStart(file, member, path);
  const chosen = members.filter(isData).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (chosen.length === 0) {
    const held = members.length === 0 ? 'nothing' : members.map((member) => `"${member.name}"`).join(', ');
    throw damaged(
      `a zip archive must hold a data file (csv, json, feather, arrow, parquet), held ${held}`,
      path,
    );
  }
  const sources: OpenedSource[] = [];
  for (const member of chosen) {
    const place = `${path}/${member.name}`;
    refuseMember(member, place);
    const open = () => memberChunks(file, member, place);
    const name = basename(member.name);
    sources.push(await sourceOf({ name, path: place, file, size: member.compressedSize, open }));
  }
  return sources;
}

function isData(member: ZipMember): boolean {
  const parts = member.name.split('/');
  const last = parts.at(-1) ?? '';
  return hasDataEnding(last) && !/\.zip$/i.test(last) && !parts.some((part) => part === '__MACOSX');
}

function refuseMember(member: ZipMember, place: string): void {
  if (member.encrypted)
    throw damaged('a zip member must be readable without a password, was encrypted', place);
  if (member.method !== 0 && member.method !== 8) {
    throw damaged(
      `a zip member must be stored or deflated, was compressed by method ${member.method}`,
      place,
    );
  }
}

type Content = {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  readonly size: number;
  readonly open: (lent?: Uint8Array) => AsyncGenerator<Uint8Array>;
};

async function sourceOf({ name, path, file, size, open }: Content): Promise<OpenedSource> {
  const start = (await firstBytes(open(), 16)).bytes;
  const isGzip = begins(start, [0x1f, 0x8b]);
  const other = refused.find(([, magic]) => begins(start, magic));
  if (other !== undefined) {
    throw new DataError({
      code: 'FILE_COMPRESSION',
      message: `a file must be plain, gzip or zip, was ${other[0]}`,
      place: { file: path },
      remedy: 'Decompress it first',
    });
  }
  const chunks = isGzip ? () => gunzipped(open(), path) : open;
  const head = await firstBytes(chunks(), HEAD_BYTES);
  if (head.bytes.length === 0) {
    throw new DataError({
      code: 'FILE_EMPTY',
      message: 'a file must hold data, was empty',
      place: { file: path },
    });
  }
  const plainName = name.replace(/\.gz$/i, '');
  return { name: plainName, path, file, size, head: head.bytes, headIsAll: head.isAll, chunks };
}

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
}
