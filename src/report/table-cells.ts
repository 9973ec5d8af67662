/** The cells of a table block as texts, the same for every form of paper. */
import { assert } from '../model/errors.ts';
import type { Cell, Column, Row, TableBlock } from '../model/page.ts';
import { formatColumn } from './format.ts';

/**
 * The cell of a column.
 *
 * @throws InvariantError where the row has no such key: a column that is misspelt must not look like one without values
 */
export function cellOf(row: Row, { key }: Column): Cell {
  const cell = row[key];
  assert(cell !== undefined, `a row has a cell for each column, was without ${key}`);
  return cell;
}

/** Row by row, the texts of the first `rowsMax` rows. */
export function cellTexts({ columns, rows }: TableBlock, rowsMax: number): string[][] {
  const shown = rows.slice(0, rowsMax);
  const texts = columns.map((column) =>
    formatColumn(
      column.unit,
      shown.map((row) => cellOf(row, column)),
    ),
  );
  return shown.map((_, i) => texts.map((column) => column[i] ?? ''));
}
