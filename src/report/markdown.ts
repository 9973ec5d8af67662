/** A page as Markdown for a pull request. */
import type { BarsBlock, Block, FieldsBlock, LinesBlock, Page, TableBlock } from '../model/page.ts';
import { formatCell } from './format.ts';

const ROWS_MAX = 200;

export function markdownText(page: Page): string {
  const head = `## ${escaped(page.title)}\n\n${escaped(page.subtitle)}`;
  return `${[head, ...page.blocks.map(blockText)].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.tone === 'plain' || block.tone === undefined
        ? escaped(block.text)
        : `> ${escaped(block.text)}`;
    case 'fields':
      return fieldsText(block);
    case 'table':
      return tableText(block);
    case 'lines':
      return linesText(block);
    case 'bars':
      return barsText(block);
  }
}

function fieldsText({ title, fields }: FieldsBlock): string {
  const rows = fields.map(({ title: name, unit, value, note }) => {
    const text = `- ${escaped(name)}: **${escaped(formatCell(unit, value))}**`;
    return note === undefined ? text : `${text} (${escaped(note)})`;
  });
  return [...(title === undefined ? [] : [`### ${escaped(title)}`, '']), ...rows].join('\n');
}

function tableText({ title, columns, rows }: TableBlock): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = rows.length - ROWS_MAX;
  return [
    ...(title === undefined ? [] : [`### ${escaped(title)}`, '']),
    line(columns.map((column) => escaped(column.title))),
    line(columns.map(({ unit }) => (unit === 'text' ? '---' : '---:'))),
    ...rows
      .slice(0, ROWS_MAX)
      .map((row) => line(columns.map(({ key, unit }) => escaped(formatCell(unit, row[key] ?? null))))),
    ...(more > 0 ? ['', `${more} more rows in CSV and JSON.`] : []),
  ].join('\n');
}

/** A curve has no place in Markdown; its marks do. */
function linesText({ title, x, y, marks = [] }: LinesBlock): string {
  const rows = marks.map(({ axis, at, label }) => {
    return `- ${escaped(label)}: ${formatCell(axis === 'x' ? x.unit : y.unit, at)}`;
  });
  return [`### ${escaped(title)}`, '', ...rows].join('\n').trimEnd();
}

function barsText({ title, x, y, bars }: BarsBlock): string {
  return tableText({
    kind: 'table',
    title,
    columns: [
      { key: 'bar', title: x.title, unit: 'text' },
      { key: 'value', title: y.title, unit: y.unit },
    ],
    rows: bars.map(({ label, from, value }) => ({ bar: label ?? formatCell(x.unit, from ?? null), value })),
  });
}

/** Characters that Markdown or HTML would take as their own. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/([*_`[\]])/g, '\\$1')
    .replaceAll(/\r?\n/g, ' ');
}
