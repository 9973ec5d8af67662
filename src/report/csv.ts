/**
 * The main table of a page as CSV: what a script reads.
 *
 * One table, so that `pandas.read_csv` needs no option: the one that is marked as main, else the first; the others are in
 * the JSON report. A page without a table gives its fields as `name,value`. The header has the keys, not the titles. Numbers
 * are raw house units in their shortest text (fractions, UTC milliseconds) and read back to the same bits; null is empty,
 * and told from an empty text, which is `""`. Texts are quoted (RFC 4180) and stand as they are; lines end in a line feed.
 */
import { assert } from '../model/errors.ts';
import type { Cell, Page, TableBlock } from '../model/page.ts';
import { cellOf } from './table-cells.ts';

export function csvText(page: Page): string {
  const { columns, rows } = mainTable(page) ?? fieldsTable(page);
  const lines = [
    columns.map(({ key }) => (/^[\w.-]+$/.test(key) ? key : quoted(key))),
    ...rows.map((row) => columns.map((column) => field(cellOf(row, column), column.unit === 'text'))),
  ];
  return lines.map((line) => `${line.join(',')}\n`).join('');
}

type Rows = Pick<TableBlock, 'columns' | 'rows'>;

function mainTable(page: Page): Rows | undefined {
  const tables = page.blocks.filter((block) => block.kind === 'table');
  return tables.find(({ main }) => main === true) ?? tables[0];
}

function fieldsTable(page: Page): Rows {
  const fields = page.blocks.flatMap((block) => (block.kind === 'fields' ? block.fields : []));
  return {
    columns: [
      { key: 'name', title: 'name', unit: 'text' },
      // The unit of a value is its own, so a decimal text of money stays a number here.
      { key: 'value', title: 'value', unit: 'ratio' },
    ],
    rows: fields.map(({ title, value }) => ({ name: title, value })),
  };
}

function field(cell: Cell, isText: boolean): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return !isText && /^-?\d+(?:\.\d+)?$/.test(cell) ? cell : quoted(cell);
  assert(Number.isFinite(cell), `a value on a page is a finite number, was ${cell}`);
  return String(cell === 0 ? 0 : cell);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
