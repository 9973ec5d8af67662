/** A page as Markdown for a pull request: tables as GitHub has them, curves as text in a fence, long side tables folded. */
import type {
  BarsBlock,
  Block,
  FieldsBlock,
  LinesBlock,
  Page,
  TableBlock,
  TextBlock,
  TimelineBlock,
} from '../model/page.ts';
import { barsText } from './bars-text.ts';
import { formatCell } from './format.ts';
import { heatTable } from './heat-table.ts';
import { linesText } from './lines-text.ts';
import { type Pen, penOf } from './pen.ts';
import { cellTexts } from './table-cells.ts';
import { timelineText } from './timeline-text.ts';

const ROWS_MAX = 200;
/** A table that is not the main one and has more rows is folded. */
const ROWS_OPEN = 20;

/** Wide enough for a curve, narrow enough for the column of a pull request. */
const pen = penOf({ width: 88, colour: false });

export function markdownText(page: Page): string {
  const foot = page.provenance === undefined ? [] : [`<sub>${escaped(page.provenance)}</sub>`];
  const head = [`## ${escaped(page.title)}`, paragraph(page.subtitle)];
  return `${[...head, ...page.blocks.map(blockText), ...foot].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return remark(block);
    case 'fields':
      return fieldsText(block);
    case 'table':
      return tableText(block);
    case 'lines':
    case 'bars':
    case 'timeline':
      return chartText(block);
    case 'heatmap':
      return [tableText(heatTable(block)), ...(block.note === undefined ? [] : [paragraph(block.note)])].join(
        '\n\n',
      );
  }
}

/** What is good, bad or to be heeded stands out as a quotation, what is minor stands small. */
function remark({ text, tone = 'plain' }: TextBlock): string {
  const paragraphs = text.split('\n').filter((line) => line.trim() !== '');
  if (tone === 'plain') return paragraphs.map(paragraph).join('\n\n');
  if (tone === 'dim') return paragraphs.map((line) => `<sub>${escaped(line)}</sub>`).join('\n\n');
  return paragraphs.map((line) => `> ${paragraph(line)}`).join('\n>\n');
}

function fieldsText({ title, fields }: FieldsBlock): string {
  const rows = fields.map(({ title: name, unit, value, note }) => {
    const text = `- ${escaped(name)}: **${escaped(formatCell(unit, value))}**`;
    return note === undefined ? text : `${text} (${escaped(note)})`;
  });
  return [...heading(title), ...rows].join('\n');
}

function tableText(block: TableBlock): string {
  const { title, columns, rows, main } = block;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = rows.length - ROWS_MAX;
  const table = [
    line(columns.map((column) => escaped(column.title))),
    line(columns.map(({ unit }) => (unit === 'text' ? '---' : '---:'))),
    ...cellTexts(block, ROWS_MAX).map((row) => line(row.map(escaped))),
    ...(more > 0
      ? ['', `${formatCell('count', more)} more rows in ${main === true ? 'CSV and JSON' : 'JSON'}.`]
      : []),
  ];
  if (main === true || rows.length <= ROWS_OPEN) return [...heading(title), ...table].join('\n');
  const name = `${title ?? 'Table'}, ${formatCell('count', rows.length)} rows`;
  return [`<details><summary>${escaped(name)}</summary>`, '', ...table, '', '</details>'].join('\n');
}

/** A chart as the terminal has it; its title becomes a heading. */
function chartText(block: LinesBlock | BarsBlock | TimelineBlock): string {
  const { title, note, ...rest } = block;
  const drawn = drawnText(rest);
  // A fence ends at as many back quotes as it began with.
  const longest = Math.max(2, ...(drawn.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const told = note === undefined ? [] : ['', `<sub>${escaped(note)}</sub>`];
  return [...heading(title), `${fence}text`, drawn, fence, ...told].join('\n');
}

type Untitled<B> = B extends unknown ? Omit<B, 'title' | 'note'> : never;

function drawnText(block: Untitled<LinesBlock | BarsBlock | TimelineBlock>): string {
  switch (block.kind) {
    case 'lines':
      return chartOf(linesText, block);
    case 'bars':
      return chartOf(barsText, block);
    case 'timeline':
      return chartOf(timelineText, block);
  }
}

function chartOf<B extends object>(
  draw: (block: B & { title: string }, pen: Pen) => string,
  block: B,
): string {
  // An empty title leaves an empty first line.
  return draw({ ...block, title: '' }, pen).replace(/^\n/, '');
}

function heading(title: string | undefined): string[] {
  return title === undefined ? [] : [`### ${escaped(title)}`, ''];
}

/** A line of text of its own, whose beginning must not make a list or a heading. */
function paragraph(text: string): string {
  return escaped(text)
    .replace(/^(\s*)([-+#])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

/** Characters that Markdown or HTML would take as their own; the text stays on one line. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\|*_`[\]~$]/g, '\\$&')
    .replaceAll(/\r\n|[\r\n\t]/g, ' ');
}
