/**
 * A small Parquet file, written by hand after the format's description: one row group, one plain page a column,
 * nothing compressed. For tests of what a reader makes of types and nulls.
 */
export type ParquetColumn = {
  readonly name: string;
  /** parquet.thrift Type: 1 INT32, 2 INT64, 5 DOUBLE, 6 BYTE_ARRAY, 7 FIXED_LEN_BYTE_ARRAY (16 bytes here). */
  readonly type: 1 | 2 | 5 | 6 | 7;
  /** Null makes the column optional. */
  readonly values: readonly (number | bigint | string | null)[];
  /** parquet.thrift ConvertedType: 0 UTF8, 5 DECIMAL, 6 DATE, 9 TIMESTAMP_MILLIS, 10 TIMESTAMP_MICROS. */
  readonly converted?: number;
  readonly scale?: number;
  /** A LogicalType TIMESTAMP in nanoseconds. */
  readonly isNanos?: boolean;
};

export function parquetOf(columns: readonly ParquetColumn[]): Buffer {
  const rows = columns[0]?.values.length ?? 0;
  const parts: Buffer[] = [Buffer.from('PAR1')];
  const chunks: Buffer[] = [];
  for (const column of columns) {
    const offset = Buffer.concat(parts).length;
    const page = pageOf(column);
    parts.push(page);
    chunks.push(chunkOf(column, { offset, length: page.length, rows }));
  }
  const group = struct([
    field(1, LIST, list(STRUCT, chunks)),
    field(2, I64, zigzag(1)),
    field(3, I64, zigzag(rows)),
  ]);
  const root = struct([field(4, BINARY, text('schema')), field(5, I32, zigzag(columns.length))]);
  const footer = struct([
    field(1, I32, zigzag(1)),
    field(2, LIST, list(STRUCT, [root, ...columns.map(elementOf)])),
    field(3, I64, zigzag(rows)),
    field(4, LIST, list(STRUCT, [group])),
  ]);
  const end = Buffer.alloc(8, 'xxxxPAR1');
  end.writeUInt32LE(footer.length, 0);
  return Buffer.concat([...parts, footer, end]);
}

const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

function elementOf({ name, type, values, converted, scale, isNanos }: ParquetColumn): Buffer {
  const nanos = struct([field(1, 1, Buffer.of()), field(2, STRUCT, struct([field(3, STRUCT, struct([]))]))]);
  return struct([
    field(1, I32, zigzag(type)),
    ...(type === 7 ? [field(2, I32, zigzag(16))] : []),
    field(3, I32, zigzag(values.includes(null) ? 1 : 0)),
    field(4, BINARY, text(name)),
    ...(converted === undefined ? [] : [field(6, I32, zigzag(converted))]),
    ...(scale === undefined ? [] : [field(7, I32, zigzag(scale)), field(8, I32, zigzag(30))]),
    ...(isNanos === true ? [field(10, STRUCT, struct([field(8, STRUCT, nanos)]))] : []),
  ]);
}

function chunkOf(column: ParquetColumn, at: { offset: number; length: number; rows: number }): Buffer {
  const meta = struct([
    field(1, I32, zigzag(column.type)),
    field(2, LIST, list(I32, [zigzag(0)])),
    field(3, LIST, list(BINARY, [text(column.name)])),
    field(4, I32, zigzag(0)),
    field(5, I64, zigzag(at.rows)),
    field(6, I64, zigzag(at.length)),
    field(7, I64, zigzag(at.length)),
    field(9, I64, zigzag(at.offset)),
  ]);
  return struct([field(2, I64, zigzag(at.offset)), field(3, STRUCT, meta)]);
}

function pageOf({ type, values }: ParquetColumn): Buffer {
  const isOptional = values.includes(null);
  // Each row is a run of one definition level of its own.
  const levels = Buffer.concat(values.map((value) => Buffer.of(2, value === null ? 0 : 1)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(levels.length);
  const present = values.flatMap((value) => (value === null ? [] : [plain(type, value)]));
  const data = Buffer.concat([...(isOptional ? [length, levels] : []), ...present]);
  const dataHeader = struct([
    field(1, I32, zigzag(values.length)),
    field(2, I32, zigzag(0)),
    field(3, I32, zigzag(3)),
    field(4, I32, zigzag(3)),
  ]);
  const header = struct([
    field(1, I32, zigzag(0)),
    field(2, I32, zigzag(data.length)),
    field(3, I32, zigzag(data.length)),
    field(5, STRUCT, dataHeader),
  ]);
  return Buffer.concat([header, data]);
}

function plain(type: number, value: number | bigint | string): Buffer {
  const bytes = Buffer.alloc(type === 7 ? 16 : type === 1 ? 4 : 8);
  if (type === 1) bytes.writeInt32LE(Number(value));
  else if (type === 2) bytes.writeBigInt64LE(BigInt(value));
  else if (type === 5) bytes.writeDoubleLE(Number(value));
  else if (type === 7) {
    bytes.writeBigInt64BE(BigInt(value) >> 64n, 0);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(value)), 8);
  } else {
    const content = Buffer.from(String(value));
    bytes.writeUInt32LE(content.length);
    return Buffer.concat([bytes.subarray(0, 4), content]);
  }
  return bytes;
}

type Field = { readonly id: number; readonly type: number; readonly body: Buffer };

function field(id: number, type: number, body: Buffer): Field {
  return { id, type, body };
}

function struct(fields: readonly Field[]): Buffer {
  let last = 0;
  const parts: Buffer[] = [];
  for (const { id, type, body } of fields) {
    parts.push(Buffer.of(((id - last) << 4) | type), body);
    last = id;
  }
  return Buffer.concat([...parts, Buffer.of(0)]);
}

function list(type: number, items: readonly Buffer[]): Buffer {
  const header =
    items.length < 15
      ? Buffer.of((items.length << 4) | type)
      : Buffer.concat([Buffer.of(0xf0 | type), varint(items.length)]);
  return Buffer.concat([header, ...items]);
}

function text(value: string): Buffer {
  return Buffer.concat([varint(Buffer.byteLength(value)), Buffer.from(value)]);
}

function zigzag(value: number): Buffer {
  return varint(value * 2);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
