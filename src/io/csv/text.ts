/**
 * The slow path: any CSV, by csv-parse, one record at a time. Quotes, other delimiters, blank lines and byte order marks
 * are its business; a row with another number of fields, or a last line that is cut off, is said and not skipped.
 */
import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { DataError } from '../../model/errors.ts';
import type { Source } from '../source.ts';

export type TextRecord = {
  /** The line of the file that the record ends on, 1-based. */
  readonly line: number;
  readonly fields: readonly string[];
};

export type TextShape = {
  readonly delimiter: string;
  /** Lines before the first record. */
  readonly skip: number;
};

const NEWLINE = 10;
/** A longer record is no row; without a bound a quote that nothing closes would hold the file in memory. */
const RECORD_BYTES_MAX = 1 << 20;

/**
 * Calls `visit` for every record that is not blank. A last line that ends inside quotes is a record without fields.
 *
 * @returns  whether the file ends with a line end; without one, or inside quotes, its last line may be cut off
 * @throws   DataError FILE_FORMAT where quotes stand inside a field or do not close, or a record is longer than 1 MB
 */
export async function eachRecord(
  source: Source,
  { delimiter, skip }: TextShape,
  visit: (record: TextRecord) => void,
): Promise<{ readonly closed: boolean }> {
  const broken: CsvError[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: RECORD_BYTES_MAX,
    // An error would end the stream before the records that wait in it are visited.
    on_skip: (error) => {
      if (error !== undefined) broken.push(error);
      return undefined;
    },
    // Both, since a header may end its lines in another way than the rows below it.
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
  });
  let lastByte = NEWLINE;
  const bytes = async function* () {
    for await (const chunk of withoutLines(source.chunks(), skip)) {
      if (broken.length > 0) return;
      lastByte = chunk.at(-1) ?? lastByte;
      yield chunk;
    }
  };
  // The pipeline hands an error of the source on to the parser, whose loop then ends with it.
  const records: AsyncIterable<{ record: string[]; info: { lines: number } }> = pipeline(
    Readable.from(bytes()),
    parser,
    () => undefined,
  );
  let last = skip;
  for await (const { record, info } of records) {
    last = skip + info.lines;
    visit({ line: last, fields: record });
  }
  const [error] = broken;
  if (error === undefined) return { closed: lastByte === NEWLINE };
  const line = last + 1;
  const isCut = error.code === 'CSV_QUOTE_NOT_CLOSED' && (await countLines(source)) === line;
  if (!isCut) throw quoteError(error, { file: source.path, line });
  visit({ line, fields: [] });
  return { closed: false };
}

/** The lines before the first record may hold any quotes. */
async function* withoutLines(chunks: AsyncIterable<Uint8Array>, skip: number): AsyncGenerator<Uint8Array> {
  let toSkip = skip;
  for await (const chunk of chunks) {
    let from = 0;
    for (; toSkip > 0 && from < chunk.length; toSkip -= 1) {
      const end = chunk.indexOf(NEWLINE, from);
      if (end === -1) break;
      from = end + 1;
    }
    if (toSkip === 0 && from < chunk.length) yield chunk.subarray(from);
  }
}

async function countLines(source: Source): Promise<number> {
  let lines = 0;
  let lastByte = NEWLINE;
  for await (const chunk of source.chunks()) {
    for (const byte of chunk) if (byte === NEWLINE) lines += 1;
    lastByte = chunk.at(-1) ?? lastByte;
  }
  return lastByte === NEWLINE ? lines : lines + 1;
}

/** `line` is the one behind the last record that could be read. */
function quoteError({ code }: CsvError, place: { readonly file: string; readonly line: number }): DataError {
  const message =
    code === 'CSV_MAX_RECORD_SIZE'
      ? 'a row must be shorter than 1 MB, was longer: a quote is not closed, or the file is no CSV'
      : code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'quotes must be closed, was a file that goes on inside quotes to its end'
        : 'a quote must begin and end a field, was inside one';
  return new DataError({ code: 'FILE_FORMAT', message, place });
}
