/**
 * The slow path: any CSV, by csv-parse, one record at a time. Quotes, other delimiters, blank lines and byte order marks
 * are its business; a row with another number of fields, or a last line that is cut off, is said and not skipped.
 */
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { DataError } from '../../model/errors.ts';
import type { Source } from '../source.ts';

export type TextRecord = {
  /** The line of the file that the record ends on, 1-based. */
  readonly line: number;
  readonly fields: readonly string[];
};

export type TextShape = {
  readonly delimiter: string /** Lines before the first record. */;
  readonly skip: number;
};

const NEWLINE = 10;

/**
 * Calls `visit` for every record that is not blank.
 *
 * @returns  whether the file ends with a line end; without one its last line may be cut off
 * @throws   DataError FILE_FORMAT where quotes do not close
 */
export async function eachRecord(
  source: Source,
  { delimiter, skip }: TextShape,
  visit: (record: TextRecord) => void,
): Promise<{ readonly closed: boolean }> {
  const parser = parse({
    bom: true,
    delimiter,
    from_line: skip + 1,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  let lastByte = NEWLINE;
  const bytes = async function* () {
    for await (const chunk of source.chunks()) {
      lastByte = chunk.at(-1) ?? lastByte;
      yield chunk;
    }
  };
  try {
    // The pipeline hands an error of the source on to the parser, whose loop then ends with it.
    const records: AsyncIterable<{ record: string[]; info: { lines: number } }> = pipeline(
      Readable.from(bytes()),
      parser,
      () => undefined,
    );
    for await (const { record, info } of records) visit({ line: info.lines, fields: record });
  } catch (error) {
    if (error instanceof DataError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new DataError({
      code: 'FILE_FORMAT',
      message: `a CSV file must have closed quotes, was: ${why}`,
      place: { file: source.path },
    });
  }
  return { closed: lastByte === NEWLINE };
}
