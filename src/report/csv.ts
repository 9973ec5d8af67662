/**
 * The main table of a page as CSV: what a script reads. Numbers are raw house units in their shortest text (fractions,
 * UTC milliseconds), so that they read back to the same bits; the header has the keys, not the titles.
 */
import type { Cell, Page, TableBlock } from '../model/page.ts';

/** The table that is marked as the main one, else the first. */
function mainTable(page: Page): TableBlock | undefined {
  const tables = page.blocks.filter((block) => block.kind === 'table');
  return tables.find(({ main }) => main === true) ?? tables[0];
}

/** RFC 4180, with line feeds; empty for a page without tables. */
export function csvText(page: Page): string {
  const table = mainTable(page);
  if (table === undefined) return '';
  const lines = [
    table.columns.map(({ key }) => field(key)),
    ...table.rows.map((row) => table.columns.map(({ key }) => field(row[key] ?? null))),
  ];
  return lines.map((line) => `${line.join(',')}\n`).join('');
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell === 0 ? 0 : cell);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
