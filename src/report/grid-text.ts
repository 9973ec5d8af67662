/** A table block for a terminal: no frame, a rule under the head, numbers to the right. */
import Table from 'cli-table3';
import type { TableBlock, Tone } from '../model/page.ts';
import { type Fit, fitColumns, GAP } from './column-widths.ts';
import { formatCell } from './format.ts';
import { type Pen, toned } from './pen.ts';
import { cellTexts } from './table-cells.ts';
import { padded, printable, textWidth, wrapped } from './text-width.ts';

/** What is beyond stands in the JSON and CSV. */
const ROWS_MAX = 200;

/** Nothing but a gap between columns; without middle lines rows stand close. */
const chars = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '' },
  middle: ' '.repeat(GAP),
};

export function gridText(block: TableBlock, pen: Pen): string {
  const cells = cellTexts(block, ROWS_MAX).map((row) => row.map(printable));
  const fit = fitColumns(block, cells, pen.width);
  const aligns = fit.kept.map((i) => (block.columns[i]?.unit === 'text' ? 'left' : 'right'));
  const body = cells.flatMap((row, i) => {
    const tone = block.tones?.[i] ?? 'plain';
    const lines = fit.kept.map((c, k) =>
      painted(block, { c, tone, width: fit.widths[k] ?? 1 }, pen)(row[c] ?? ''),
    );
    return rowLines(lines, fit.widths, aligns);
  });
  return [
    ...(block.title === undefined ? [] : wrapped(block.title, pen.width).map((line) => pen.chalk.bold(line))),
    ...headLines(block, fit, pen),
    ...body.map((line) => line.trimEnd()),
    ...notes(block, fit)
      .flatMap((note) => wrapped(note, pen.width))
      .map((line) => pen.chalk.dim(line)),
  ].join('\n');
}

/**
 * The lines of one row. Its widths are known, so each row is a table of its own: laying out takes the square of the rows.
 * Each line is a row of that table: a cell of several lines is measured again for each character that is cut off it.
 */
function rowLines(
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  colAligns: ('left' | 'right')[],
): string[] {
  const style = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };
  const table = new Table({ chars, style, colWidths: [...widths], colAligns });
  const height = Math.max(...cells.map((lines) => lines.length));
  for (let line = 0; line < height; line += 1) table.push(cells.map((lines) => lines[line] ?? ''));
  return table.toString().split('\n');
}

/** Titles of one, two or three lines stand on the rule. */
function headLines({ columns }: TableBlock, { kept, widths }: Fit, { chalk }: Pen): string[] {
  const titles = kept.map((i, k) => wrapped(columns[i]?.title ?? '', widths[k] ?? 1));
  const height = Math.max(...titles.map((lines) => lines.length));
  const rows = Array.from({ length: height }, (_, row) => {
    const cells = titles.map((lines, k) => {
      const side = columns[kept[k] ?? 0]?.unit === 'text' ? 'right' : 'left';
      return padded(lines[row - height + lines.length] ?? '', widths[k] ?? 1, side);
    });
    return chalk.bold(cells.join(' '.repeat(GAP)).trimEnd());
  });
  return [...rows, widths.map((width) => '─'.repeat(width)).join(' '.repeat(GAP))];
}

type Place = { readonly c: number; readonly tone: Tone; readonly width: number };

/** Words take the colour of their row, numbers stay as they are; a row without words and a dim row take it whole. */
function painted({ columns }: TableBlock, { c, tone, width }: Place, pen: Pen): (text: string) => string[] {
  const isText = columns[c]?.unit === 'text';
  const paint = isText || tone === 'dim' || !columns.some(({ unit }) => unit === 'text');
  return (text) => {
    const lines = textWidth(text) <= width ? [text] : wrapped(text, width);
    return lines.map((line) => (paint ? toned(pen, tone, line) : line));
  };
}

/** CSV is promised for the main table alone, since it carries no other. */
function notes({ columns, rows, main }: TableBlock, { left }: Fit): string[] {
  const where = main === true ? 'in CSV and JSON' : 'in JSON';
  const names = left.map((i) => columns[i]?.title ?? '').join(', ');
  const more = rows.length - ROWS_MAX;
  return [
    ...(rows.length === 0 ? ['no rows'] : []),
    ...(names === '' ? [] : [`left out for width, ${where}: ${names}`]),
    ...(more > 0 ? [`${formatCell('count', more)} more rows ${where}`] : []),
  ];
}
