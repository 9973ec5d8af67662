/** The few reads of a flatbuffer that Arrow's metadata need; each throws RangeError outside the bytes. */

/** The place that the offset at a place points to. */
export function pointed(bytes: Buffer, at: number): number {
  return at + bytes.readUInt32LE(at);
}

/** The place of the i-th field of the table at a place; null where it is left out. */
export function fieldAt(bytes: Buffer, table: number, i: number): number | null {
  const vtable = table - bytes.readInt32LE(table);
  const entry = 4 + 2 * i;
  const offset = entry < bytes.readUInt16LE(vtable) ? bytes.readUInt16LE(vtable + entry) : 0;
  return offset === 0 ? null : table + offset;
}

/** The table that the i-th field of a table points to; null where it is left out. */
export function tableIn(bytes: Buffer, table: number, i: number): number | null {
  const field = fieldAt(bytes, table, i);
  return field === null ? null : pointed(bytes, field);
}

/** The places of the elements of the vector that the i-th field of a table points to. */
export function elementsIn(
  bytes: Buffer,
  table: number,
  { field, size }: { field: number; size: number },
): number[] {
  const vector = tableIn(bytes, table, field);
  if (vector === null) return [];
  const count = bytes.readUInt32LE(vector);
  if (vector + 4 + count * size > bytes.length) throw new RangeError('a vector reaches beyond its bytes');
  return Array.from({ length: count }, (_, i) => vector + 4 + i * size);
}

/** The text that the i-th field of a table points to; empty where it is left out. */
export function textIn(bytes: Buffer, table: number, i: number): string {
  const text = tableIn(bytes, table, i);
  if (text === null) return '';
  const end = text + 4 + bytes.readUInt32LE(text);
  if (end > bytes.length) throw new RangeError('a text reaches beyond its bytes');
  return bytes.toString('utf8', text + 4, end);
}

/** The whole number of 64 bits in the i-th field of a table; 0 where it is left out. */
export function longIn(bytes: Buffer, table: number, i: number): number {
  const field = fieldAt(bytes, table, i);
  return field === null ? 0 : Number(bytes.readBigInt64LE(field));
}
