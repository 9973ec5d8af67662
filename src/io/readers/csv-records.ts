/** A CSV file with a header as records. */
import type { RowFault } from '../../market/raw.ts';
import { delimiterOf } from '../csv/layout.ts';
import { eachRecord, type TextRecord } from '../csv/text.ts';
import { headOf } from '../head.ts';
import type { Source } from '../source.ts';
import type { NamedRecord, Records } from './named-records.ts';

/** @throws DataError FILE_FORMAT where quotes do not close */
export async function csvRecords(source: Source): Promise<Records> {
  const [firstLine = ''] = headOf(source).lines;
  const rows: TextRecord[] = [];
  const shape = { delimiter: delimiterOf(firstLine), skip: 0 };
  const { closed } = await eachRecord(source, shape, (record) => rows.push(record));
  const [header, ...body] = rows;
  return recordsFrom(header?.fields ?? [], body, closed);
}

function recordsFrom(names: readonly string[], body: readonly TextRecord[], isClosed: boolean): Records {
  const records: NamedRecord[] = [];
  const faults: RowFault[] = [];
  body.forEach(({ fields, line }, i) => {
    if (fields.length === names.length) records.push({ id: i + 1, line, values: fields });
    else {
      const isCut = i === body.length - 1 && fields.length < names.length && !isClosed;
      const what = isCut ? 'the last line must be whole' : 'a row must have as many fields as the header';
      const message = `${what}, was ${fields.length} of ${names.length} fields`;
      faults.push({ line, code: isCut ? 'ROW_CUT' : 'ROW_RAGGED', message });
    }
  });
  return { names, records, faults };
}
