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
    from_line: skip + 1,
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
    for await (const chunk of source.chunks()) {
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
    last = info.lines;
    visit({ line: info.lines, fields: record });
  }
  const [error] = broken;
  if (error === undefined) return { closed: lastByte === NEWLINE };
  const line = Number(error['lines']);
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED' || line !== last + 1) throw quoteError(error, source.path, line);
  visit({ line, fields: [] });
  return { closed: false };
}

function quoteError({ code }: CsvError, file: string, line: number): DataError {
  const message =
    code === 'CSV_MAX_RECORD_SIZE'
      ? 'a row must be shorter than 1 MB, was longer: a quote is not closed, or the file is no CSV'
      : code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'quotes must be closed, was a file that ends inside quotes opened many lines before'
        : 'a quote must begin and end a field, was inside one';
  return new DataError({ code: 'FILE_FORMAT', message, place: { file, line } });
}
