/**
 * The frame of Arrow IPC data: a stream of messages, in a file between `ARROW1` and a footer.
 *
 * It is walked before anything is decoded, because a stream that was cut between two messages looks like a shorter
 * one: the end marker (or the footer of a file) must be there, and nothing behind it.
 *
 * Source  Arrow Columnar Format 1.5, "Serialization and Interprocess Communication"; Message.fbs, Schema.fbs
 */
import { DataError } from '../model/errors.ts';
import { bodyLengthOf, namesInSchema, verifyMessage } from './arrow-message.ts';

const MAGIC = 'ARROW1';
/** Magic and padding at the start of a file. */
const FILE_START = 8;
/** The length of the footer and the magic at the end of a file. */
const FILE_END = 10;
/** Stands before the length of a message since format 0.15. */
const CONTINUATION = -1;

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
    return metadata === null ? null : namesInSchema(metadata);
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
      verifyMessage(metadata, bytes.subarray(next - bodyLengthOf(metadata), next));
      at = next;
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The metadata of a message (null for the end marker) and where the next message begins. */
function messageAt(bytes: Buffer, at: number): { metadata: Buffer | null; next: number } {
  const first = bytes.readInt32LE(at);
  const start = first === CONTINUATION ? at + 8 : at + 4;
  const length = first === CONTINUATION ? bytes.readInt32LE(at + 4) : first;
  if (length === 0) return { metadata: null, next: start };
  if (length < 0 || start + length > bytes.length) throw new RangeError('a message reaches beyond the bytes');
  const metadata = bytes.subarray(start, start + length);
  return { metadata, next: start + length + bodyLengthOf(metadata) };
}
