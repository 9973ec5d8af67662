/**
 * The metadata of Arrow messages, as far as they must be known before a library decodes them.
 *
 * A decoder believes the lengths that it reads: one damaged byte may ask it for billions of rows. So every length is
 * held against the bytes that are there.
 *
 * Source  Arrow Columnar Format 1.5: Message.fbs, Schema.fbs, File.fbs
 */
import { elementsIn, fieldAt, longIn, pointed, tableIn, textIn } from './flatbuffer.ts';

const SCHEMA = 1;
const DICTIONARY_BATCH = 2;
const RECORD_BATCH = 3;
/** Stands in place of a length for a buffer that compression would not have made shorter. */
const UNCOMPRESSED = -1;
const BUFFER_BYTES_MAX = 4_294_967_296;

/** The bytes of a message's body, which follows its metadata. */
export function bodyLengthOf(metadata: Buffer): number {
  const length = longIn(metadata, pointed(metadata, 0), 3);
  if (length < 0) throw new RangeError('the length of a body is negative');
  return length;
}

/** The names of the columns where the message is a schema, else null. */
export function namesInSchema(metadata: Buffer): string[] | null {
  const { kind, header } = headerOf(metadata);
  if (kind !== SCHEMA || header === null) return null;
  return elementsIn(metadata, header, { field: 1, size: 4 }).map((at) =>
    textIn(metadata, pointed(metadata, at), 0),
  );
}

/** Holds all lengths in a message against its bytes. @throws RangeError */
export function verifyMessage(metadata: Buffer, body: Buffer): void {
  const { kind, header } = headerOf(metadata);
  if (header === null) throw new RangeError('a message has no header');
  if (kind === SCHEMA) verifySchema(metadata, header);
  else if (kind === RECORD_BATCH) verifyBatch(metadata, header, body);
  else if (kind === DICTIONARY_BATCH) {
    const batch = tableIn(metadata, header, 1);
    if (batch === null) throw new RangeError('a dictionary has no values');
    verifyBatch(metadata, batch, body);
  } else throw new RangeError(`a message is of the unknown kind ${kind}`);
}

function headerOf(metadata: Buffer): { kind: number; header: number | null } {
  const root = pointed(metadata, 0);
  const kind = fieldAt(metadata, root, 1);
  return { kind: kind === null ? 0 : metadata.readUInt8(kind), header: tableIn(metadata, root, 2) };
}

function verifySchema(metadata: Buffer, schema: number): void {
  verifyPairs(metadata, schema, 2);
  for (const at of elementsIn(metadata, schema, { field: 1, size: 4 })) {
    verifyField(metadata, pointed(metadata, at), 0);
  }
}

function verifyField(metadata: Buffer, field: number, depth: number): void {
  if (depth > 64) throw new RangeError('columns are nested without end');
  textIn(metadata, field, 0);
  verifyPairs(metadata, field, 6);
  for (const at of elementsIn(metadata, field, { field: 5, size: 4 })) {
    verifyField(metadata, pointed(metadata, at), depth + 1);
  }
}

function verifyPairs(metadata: Buffer, table: number, field: number): void {
  for (const at of elementsIn(metadata, table, { field, size: 4 })) {
    textIn(metadata, pointed(metadata, at), 0);
    textIn(metadata, pointed(metadata, at), 1);
  }
}

function verifyBatch(metadata: Buffer, batch: number, body: Buffer): void {
  const isCompressed = tableIn(metadata, batch, 3) !== null;
  let bytes = 0;
  for (const at of elementsIn(metadata, batch, { field: 2, size: 16 })) {
    const offset = Number(metadata.readBigInt64LE(at));
    const length = Number(metadata.readBigInt64LE(at + 8));
    if (offset < 0 || length < 0 || offset + length > body.length)
      throw new RangeError('a buffer lies outside its body');
    bytes += isCompressed && length > 0 ? uncompressedLength(body, offset, length) : length;
  }
  // A bit is the least that a value of a column takes.
  const rows = longIn(metadata, batch, 0);
  const lengths = elementsIn(metadata, batch, { field: 1, size: 16 }).map((at) =>
    Number(metadata.readBigInt64LE(at)),
  );
  // The first node is that of a column; the table holds the other columns to its length.
  if (lengths.length > 0 && lengths[0] !== rows)
    throw new RangeError('a column has another length than its batch');
  for (const length of lengths) {
    if (length < 0 || length > bytes * 8) throw new RangeError(`${bytes} bytes cannot hold ${length} rows`);
  }
  elementsIn(metadata, batch, { field: 4, size: 8 });
}

/** The length that stands before a compressed buffer. */
function uncompressedLength(body: Buffer, offset: number, length: number): number {
  const said = Number(body.readBigInt64LE(offset));
  if (said === UNCOMPRESSED) return length - 8;
  if (said < 0 || said > BUFFER_BYTES_MAX) throw new RangeError(`a buffer cannot hold ${said} bytes`);
  return said;
}
