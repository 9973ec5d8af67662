/** Where a CSV file keeps what: the dialect in one value, made from the head of a file, read by `columns.ts`. */

export type CsvLayout<C extends string> = {
  /** One byte: a comma, a semicolon, a tab or a bar. */
  readonly delimiter: string;
  /** Lines before the first row: a header, a line with an address. */
  readonly skip: number;
  /** Fields of a row. */
  readonly fields: number;
  /** The field of each column, 0-based; -1 where the file has none. */
  readonly places: Readonly<Record<C, number>>;
};

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The delimiter that a line has most of; a comma where it has none. */
export function delimiterOf(line: string): string {
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The fields of one line of the head, without quotes and blanks; good for detection, not for reading. */
export function fieldsOf(line: string, delimiter = delimiterOf(line)): string[] {
  return line.split(delimiter).map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
}

/** Whether every field is a plain number: a row of a file without a header. */
export function isNumeric(fields: readonly string[]): boolean {
  return fields.every((field) => /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(field));
}
