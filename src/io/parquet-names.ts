/**
 * The names of a Parquet file's columns, from its last bytes: the schema stands in the footer, in Thrift's compact
 * form, of which this reads just what detection needs.
 *
 * Source  parquet-format, "File Format" and parquet.thrift (FileMetaData.schema = 2, SchemaElement.name = 4);
 *         Thrift compact protocol encoding
 */

const MAGIC = 'PAR1';
const SCHEMA = 2;
const NAME = 4;

/** Where the next byte is read. */
type Cursor = { readonly bytes: Buffer; at: number };

/** The names of all columns, nested ones too; null where the bytes are not Parquet or hold no whole footer. */
export function parquetNames(head: Uint8Array, tail: Uint8Array | undefined): string[] | null {
  if (Buffer.from(head.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC || tail === undefined)
    return null;
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.length);
  const lengthAt = bytes.length - 8;
  if (lengthAt < 0 || bytes.toString('latin1', lengthAt + 4) !== MAGIC) return null;
  const from = lengthAt - bytes.readUInt32LE(lengthAt);
  try {
    return from < 0 ? null : schemaIn({ bytes, at: from });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function schemaIn(cursor: Cursor): string[] {
  const names: string[] = [];
  readStruct(cursor, (id) => {
    if (id !== SCHEMA) return false;
    const count = listLength(cursor);
    for (let i = 0; i < count; i += 1) {
      readStruct(cursor, (field) => {
        if (field !== NAME) return false;
        // The first element is the root, whose name is no column's.
        const name = textAt(cursor);
        if (i > 0) names.push(name);
        return true;
      });
    }
    return true;
  });
  return names;
}

/** Goes through the fields of a struct; what `take` does not read itself is skipped. */
function readStruct(cursor: Cursor, take: (id: number) => boolean): void {
  for (let id = 0; ; ) {
    const header = byteAt(cursor);
    if (header === 0) return;
    const delta = header >> 4;
    id = delta === 0 ? zigzag(varint(cursor)) : id + delta;
    if (!take(id)) skip(cursor, header & 0x0f);
  }
}

function skip(cursor: Cursor, type: number): void {
  // 1 and 2 are true and false, which have no bytes of their own inside a struct.
  if (type === 3) cursor.at += 1;
  else if (type >= 4 && type <= 6) varint(cursor);
  else if (type === 7) cursor.at += 8;
  else if (type === 8) textAt(cursor);
  else if (type === 9 || type === 10) skipList(cursor);
  else if (type === 12) readStruct(cursor, () => false);
  else if (type !== 1 && type !== 2) throw new RangeError(`a footer must hold known types, held ${type}`);
}

function skipList(cursor: Cursor): void {
  const type = (cursor.bytes[cursor.at] ?? 0) & 0x0f;
  const count = listLength(cursor);
  for (let i = 0; i < count; i += 1) {
    if (type === 1 || type === 2) byteAt(cursor);
    else skip(cursor, type);
  }
}

function listLength(cursor: Cursor): number {
  const short = byteAt(cursor) >> 4;
  return short < 15 ? short : varint(cursor);
}

function textAt(cursor: Cursor): string {
  const length = varint(cursor);
  const start = cursor.at;
  cursor.at += length;
  if (cursor.at > cursor.bytes.length) throw new RangeError('a text must end inside the footer');
  return cursor.bytes.toString('utf8', start, cursor.at);
}

/** A number in groups of seven bits, the lowest first; more than 53 bits lose digits, which no name or length has. */
function varint(cursor: Cursor): number {
  let value = 0;
  for (let unit = 1; ; unit *= 128) {
    const byte = byteAt(cursor);
    value += (byte & 0x7f) * unit;
    if (byte < 0x80) return value;
  }
}

function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function byteAt(cursor: Cursor): number {
  return cursor.bytes.readUInt8(cursor.at++);
}
