/**
 * The frame of Arrow IPC data: a stream of messages, in a file between `ARROW1` and a footer.
 *
 * It is walked before anything is decoded, because a stream that was cut between two messages looks like a shorter
 * one: the end marker (or the footer of a file) must be there, and nothing behind it.
 *
 * Source  Arrow Columnar Format 1.5, "Serialization and Interprocess Communication"; Message.fbs, Schema.fbs
 */
import { DataError } from '../model/errors.ts';

const MAGIC = 'ARROW1';
/** Magic and padding at the start of a file. */
const FILE_START = 8;
/** The length of the footer and the magic at the end of a file. */
const FILE_END = 10;
/** Stands before the length of a message since format 0.15. */
const CONTINUATION = -1;
const SCHEMA = 1;

/** True where bytes begin like an Arrow file, cut off or not, or like a stream. */
export function isArrow(head: Uint8Array): boolean {
  return (
    Buffer.from(head.subarray(0, MAGIC.length)).toString('latin1') === MAGIC || schemaNames(head) !== null
  );
}

/** The names of the columns, from the first message; null where the bytes are no Arrow data or end before its end. */
export function schemaNames(head: Uint8Array): string[] | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  try {
    const { metadata } = messageAt(bytes, isFile(bytes) ? FILE_START : 0);
    if (metadata === null) return null;
    const root = pointed(bytes, metadata);
    const kind = fieldAt(bytes, root, 1);
    const header = fieldAt(bytes, root, 2);
    if (kind === null || bytes[kind] !== SCHEMA || header === null) return null;
    const fields = fieldAt(bytes, pointed(bytes, header), 1);
    return fields === null ? [] : fieldNames(bytes, pointed(bytes, fields));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The messages of an Arrow file or stream, after they were found whole.
 *
 * @throws DataError ROW_CUT where the end is missing, FILE_FORMAT where something else stands behind it
 */
export function arrowStream(whole: Uint8Array, file: string): Uint8Array {
  const bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
  const from = isFile(bytes) ? FILE_START : 0;
  const limit = isFile(bytes) ? footerStart(bytes) : bytes.length;
  const to = limit === null ? null : endOfStream(bytes, from, limit);
  if (limit === null || to === null) {
    const message = 'Arrow data must end with their end marker and footer, were cut off';
    throw new DataError({ code: 'ROW_CUT', message, place: { file }, remedy: 'Fetch the file again' });
  }
  // Between the end marker and the footer some writers repeat the marker, or leave room up to a multiple of 64.
  const rest = bytes.toString('latin1', to, limit);
  if (from === 0 ? rest === '' : /^(?:\xff{4}\0{4}|\0){0,63}$/.test(rest)) return whole.subarray(from, to);
  const message = 'Arrow data must be one stream, something else was behind its end';
  throw new DataError({ code: 'FILE_FORMAT', message, place: { file } });
}

function isFile(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, MAGIC.length) === MAGIC;
}

function footerStart(bytes: Buffer): number | null {
  const lengthAt = bytes.length - FILE_END;
  if (lengthAt < FILE_START || bytes.toString('latin1', bytes.length - MAGIC.length) !== MAGIC) return null;
  const start = lengthAt - bytes.readInt32LE(lengthAt);
  return start >= FILE_START && start < lengthAt ? start : null;
}

/** Where the stream ends: behind its end marker, or in a file where the footer begins; null where it does not. */
function endOfStream(bytes: Buffer, from: number, limit: number): number | null {
  try {
    for (let at = from; ; ) {
      if (at === limit && from > 0) return at;
      const { metadata, next } = messageAt(bytes, at);
      if (next > limit) return null;
      if (metadata === null) return next;
      at = next;
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Where the metadata of a message begin (null for the end marker) and where the next message does. */
function messageAt(bytes: Buffer, at: number): { metadata: number | null; next: number } {
  const first = bytes.readInt32LE(at);
  const metadata = first === CONTINUATION ? at + 8 : at + 4;
  const length = first === CONTINUATION ? bytes.readInt32LE(at + 4) : first;
  if (length === 0) return { metadata: null, next: metadata };
  if (length < 0) throw new RangeError('the length of a message is negative');
  const body = fieldAt(bytes, pointed(bytes, metadata), 3);
  const bodyLength = body === null ? 0 : Number(bytes.readBigInt64LE(body));
  if (bodyLength < 0) throw new RangeError('the length of a body is negative');
  return { metadata, next: metadata + length + bodyLength };
}

/** The place that the flatbuffer offset at a place points to. */
function pointed(bytes: Buffer, at: number): number {
  return at + bytes.readUInt32LE(at);
}

/** The place of the i-th field of the flatbuffer table at a place; null where it is left out. */
function fieldAt(bytes: Buffer, table: number, i: number): number | null {
  const vtable = table - bytes.readInt32LE(table);
  const entry = 4 + 2 * i;
  const offset = entry < bytes.readUInt16LE(vtable) ? bytes.readUInt16LE(vtable + entry) : 0;
  return offset === 0 ? null : table + offset;
}

function fieldNames(bytes: Buffer, vector: number): string[] {
  const names: string[] = [];
  for (let i = 0; i < bytes.readUInt32LE(vector); i += 1) {
    const name = fieldAt(bytes, pointed(bytes, vector + 4 + 4 * i), 0);
    const text = name === null ? null : pointed(bytes, name);
    if (text === null) names.push('');
    else names.push(bytes.toString('utf8', text + 4, text + 4 + bytes.readUInt32LE(text)));
  }
  return names;
}
