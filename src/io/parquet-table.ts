/** Parquet files, with every compression that writers use. */
import type { DecodedArray, FileMetaData, SchemaElement } from 'hyparquet';
import { DataError } from '../model/errors.ts';
import { MS_PER_DAY } from '../model/time.ts';
import { type BinaryColumn, type BinaryTable, orDamaged } from './binary-table.ts';
import { type Source, wholeOf } from './source.ts';

const MAGIC = 'PAR1';

/** Reads a whole file into memory and opens its table; columns are decoded when they are read. */
export async function parquetTable(source: Source): Promise<BinaryTable> {
  const bytes = await wholeOf(source);
  const place = { file: source.path };
  if (textOf(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new DataError({ code: 'FILE_FORMAT', message: `a Parquet file must begin with "${MAGIC}"`, place });
  }
  if (bytes.length < 12 || textOf(bytes.subarray(-MAGIC.length)) !== MAGIC) {
    const message = 'a Parquet file must end with its footer, was cut off';
    throw new DataError({ code: 'ROW_CUT', message, place, remedy: 'Fetch the file again' });
  }
  const { parquetMetadata } = await import('hyparquet');
  const what = 'a Parquet table';
  const metadata = await orDamaged(what, source.path, () => parquetMetadata(bytes, { geoparquet: false }));
  const elements = flatElements(metadata.schema);
  const read = async (wanted: readonly number[]): Promise<BinaryColumn[]> => {
    const columns: BinaryColumn[] = [];
    for (const at of wanted) {
      const element = elements[at];
      if (element !== undefined) columns.push(await columnOf(element, bytes, metadata));
    }
    return columns;
  };
  return {
    names: elements.map((element) => element.name),
    rows: Number(metadata.num_rows),
    read: (wanted) => orDamaged(what, source.path, () => read(wanted)),
  };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** The columns that hold one value a row: neither nested nor repeated. */
function flatElements(schema: readonly SchemaElement[]): SchemaElement[] {
  const flat: SchemaElement[] = [];
  // The schema is a tree written out depth first; `inner` counts what is left of a nested column.
  let inner = 0;
  for (const element of schema.slice(1)) {
    const children = element.num_children ?? 0;
    if (inner === 0 && children === 0 && element.repetition_type !== 'REPEATED') flat.push(element);
    inner = Math.max(0, inner - 1) + children;
  }
  return flat;
}

async function columnOf(
  element: SchemaElement,
  bytes: Uint8Array,
  metadata: FileMetaData,
): Promise<BinaryColumn> {
  const form = { name: element.name, toMs: stampOf(element), scale: decimalScale(element) };
  // The library would make dates of stamps, which lose what is below a millisecond, and round decimals twice: such a
  // column is read as the whole numbers that it is stored as.
  if (form.toMs !== null || form.scale !== null) {
    delete element.converted_type;
    delete element.logical_type;
  }
  return { ...form, values: await valuesOf(element.name, bytes, metadata) };
}

async function valuesOf(name: string, bytes: Uint8Array, metadata: FileMetaData): Promise<unknown[]> {
  const [{ parquetRead }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const chunks: { readonly rowStart: number; readonly data: DecodedArray }[] = [];
  await parquetRead({
    file: { byteLength: bytes.length, slice: (start, end) => bytes.slice(start, end).buffer },
    metadata,
    compressors,
    columns: [name],
    utf8: false,
    geoparquet: false,
    parsers: { timestampFromNanoseconds: (nanos) => nanos },
    onChunk: ({ rowStart, columnData }) => void chunks.push({ rowStart, data: columnData }),
  });
  const values: unknown[] = [];
  for (const { rowStart, data } of chunks.sort((a, b) => a.rowStart - b.rowStart)) {
    if (rowStart !== values.length) break;
    for (let i = 0; i < data.length; i += 1) values.push(data[i] ?? null);
  }
  const rows = Number(metadata.num_rows);
  if (values.length !== rows)
    throw new RangeError(`column "${name}" must have ${rows} values, had ${values.length}`);
  return values;
}

/** How a column of stamps becomes ms; null where it is none. */
function stampOf({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): BinaryColumn['toMs'] {
  if (type === 'INT96') return (nanos) => inMs(nanos, 1_000_000n);
  if (converted === 'DATE' || logical?.type === 'DATE') return (days) => Number(days) * MS_PER_DAY;
  const unit = logical?.type === 'TIMESTAMP' ? logical.unit : null;
  if (unit === 'NANOS') return (nanos) => inMs(nanos, 1_000_000n);
  if (unit === 'MICROS' || converted === 'TIMESTAMP_MICROS') return (micros) => inMs(micros, 1000n);
  return unit === 'MILLIS' || converted === 'TIMESTAMP_MILLIS' ? Number : null;
}

function inMs(stamp: number | bigint, perMs: bigint): number {
  const whole = BigInt(stamp);
  return Number(whole / perMs) + Number(whole % perMs) / Number(perMs);
}

function decimalScale({
  converted_type: converted,
  logical_type: logical,
  scale,
}: SchemaElement): number | null {
  if (logical?.type === 'DECIMAL') return logical.scale;
  return converted === 'DECIMAL' ? (scale ?? 0) : null;
}
