/** Arrow IPC files (feather version 2) and streams, plain or with LZ4 or zstandard buffers. */
import type { Column, DataType } from '@uwdata/flechette';
import { DataError } from '../model/errors.ts';
import { arrowStream, isArrow } from './arrow-frame.ts';
import { type BinaryColumn, type BinaryTable, orDamaged } from './binary-table.ts';
import { type Source, wholeOf } from './source.ts';

/** Reads a whole file into memory and opens its table; columns are decoded when they are read. */
export async function arrowTable(source: Source): Promise<BinaryTable> {
  if (!isArrow(source.head)) {
    const message = 'an Arrow table must begin with its schema, began with something else';
    throw new DataError({ code: 'FILE_FORMAT', message, place: { file: source.path } });
  }
  const stream = arrowStream(await wholeOf(source), source.path);
  const flechette = await import('@uwdata/flechette');
  await registerCodecs(flechette);
  const { Type } = flechette;
  const what = 'an Arrow table';
  const options = { useBigInt: true, useDecimalInt: true };
  const table = await orDamaged(what, source.path, () => flechette.tableFromIPC(stream, options));
  const column = (place: number): BinaryColumn => {
    const child: Column<unknown> = table.getChildAt(place);
    const type: DataType = child.type;
    return {
      name: table.names[place] ?? '',
      values: valuesOf(child, table.numRows),
      // The library turns dates and stamps of every unit into ms.
      toMs: type.typeId === Type.Timestamp || type.typeId === Type.Date ? Number : null,
      scale: 'scale' in type ? type.scale : null,
    };
  };
  return {
    names: table.names,
    rows: table.numRows,
    read: (places) => orDamaged(what, source.path, () => places.map(column)),
  };
}

/** Values of a column; one that is shorter than the table, or than it says, is damage and not a null. */
function valuesOf(column: Column<unknown>, rows: number): Iterable<unknown> {
  const values = column.toArray();
  if (values.length === rows && column.length === rows) return values;
  throw new RangeError(`a column must have ${rows} values, had ${values.length}`);
}

async function registerCodecs(flechette: typeof import('@uwdata/flechette')): Promise<void> {
  const { CompressionType, setCompressionCodec } = flechette;
  const [{ default: lz4 }, zstd] = await Promise.all([import('lz4js'), import('fzstd')]);
  setCompressionCodec(CompressionType.LZ4_FRAME, { decode: lz4.decompress, encode: lz4.compress });
  const encode = (): never => {
    throw new TypeError('zstandard is only read');
  };
  // What fzstd returns may lie anywhere in a larger buffer; doubles must begin at a multiple of eight.
  setCompressionCodec(CompressionType.ZSTD, { decode: (bytes) => zstd.decompress(bytes).slice(), encode });
}
