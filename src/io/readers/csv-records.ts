/** A CSV file with a header as records. */
import { parse } from 'csv-parse';
import type { RowFault } from '../../market/raw.ts';
import { DataError } from '../../model/errors.ts';
import type { Source } from '../source.ts';
import type { NamedRecord, Records } from './records.ts';

const NEWLINE = 0x0a;
const DELIMITERS = [',', ';', '\t'] as const;

/** The names in a header line. */
export function headerNames(line: string): readonly string[] {
  return line.split(delimiterOf(line)).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}

function delimiterOf(line: string): string {
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

type Row = { readonly record: string[]; readonly info: { readonly lines: number } };

/** @throws DataError FILE_FORMAT where quotes do not close */
export async function csvRecords(source: Source): Promise<Records> {
  const firstLine = new TextDecoder().decode(source.head).split('\n', 1)[0] ?? '';
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(firstLine),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  const rows: Row[] = [];
  parser.on('data', (row: Row) => rows.push(row));
  const lastByte = await feed(parser, source);
  const [header, ...body] = rows;
  return recordsFrom(header?.record ?? [], body, lastByte === NEWLINE);
}

/** Gives the whole file to the parser and waits for its end; the last byte tells whether the last line is closed. */
async function feed(parser: ReturnType<typeof parse>, source: Source): Promise<number> {
  let lastByte = 0;
  const done = new Promise<void>((resolve, reject) => {
    parser.on('end', () => resolve());
    parser.on('error', reject);
  });
  for await (const chunk of source.chunks()) {
    parser.write(chunk);
    lastByte = chunk.at(-1) ?? lastByte;
  }
  parser.end();
  try {
    await done;
    return lastByte;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DataError({
      code: 'FILE_FORMAT',
      message: `a CSV file must have closed quotes, was: ${why}`,
      place: { file: source.path },
    });
  }
}

function recordsFrom(names: readonly string[], body: readonly Row[], isClosed: boolean): Records {
  const records: NamedRecord[] = [];
  const faults: RowFault[] = [];
  body.forEach(({ record, info }, i) => {
    if (record.length === names.length) records.push({ id: i + 1, line: info.lines, values: record });
    else {
      const isCut = i === body.length - 1 && record.length < names.length && !isClosed;
      const what = isCut ? 'the last line must be whole' : 'a row must have as many fields as the header';
      const message = `${what}, was ${record.length} of ${names.length} fields`;
      faults.push({ line: info.lines, code: isCut ? 'ROW_CUT' : 'ROW_RAGGED', message });
    }
  });
  return { names, records, faults };
}
