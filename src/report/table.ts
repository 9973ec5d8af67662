/** A page as text for a terminal of a given width. */
import { Chalk, type ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { BarsBlock, Block, Column, FieldsBlock, Page, Row, TableBlock, Tone } from '../model/page.ts';
import { formatCell } from './format.ts';
import { linesText } from './lines-text.ts';

export type TextOptions = { readonly width: number; readonly colour: boolean };

/** Tables grow faster than their rows in time; what is beyond stands in the JSON and CSV. */
const ROWS_MAX = 200;

type Pen = { readonly width: number; readonly chalk: ChalkInstance };

export function tableText(page: Page, { width, colour }: TextOptions): string {
  const pen = { width, chalk: new Chalk({ level: colour ? 1 : 0 }) };
  const title = `${pen.chalk.bold(page.title)}\n${wrapped(page.subtitle, width).join('\n')}`;
  return `${[title, ...page.blocks.map((block) => blockText(block, pen))].join('\n\n')}\n`;
}

function blockText(block: Block, pen: Pen): string {
  switch (block.kind) {
    case 'text':
      return wrapped(block.text, pen.width)
        .map((line) => toned(pen, block.tone ?? 'plain', line))
        .join('\n');
    case 'fields':
      return fieldsText(block, pen);
    case 'table':
      return gridText(block, pen);
    case 'lines':
      return linesText(block, pen);
    case 'bars':
      return barsText(block, pen);
  }
}

export function toned({ chalk }: Pen, tone: Tone, text: string): string {
  const paint = {
    plain: (t: string) => t,
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
    dim: chalk.dim,
  };
  return paint[tone](text);
}

function fieldsText({ title, fields }: FieldsBlock, pen: Pen): string {
  const longest = Math.max(0, ...fields.map((field) => field.title.length));
  const rows = fields.map(({ title: name, unit, value, note }) => {
    const text = `${name.padEnd(longest)}  ${formatCell(unit, value)}`;
    return note === undefined ? text : `${text}  ${pen.chalk.dim(note)}`;
  });
  return [...(title === undefined ? [] : [pen.chalk.bold(title)]), ...rows].join('\n');
}

const borders = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', right: '', 'right-mid': '', middle: ' ' },
  ...{ mid: '-', 'mid-mid': ' ' },
};

function gridText(block: TableBlock, pen: Pen): string {
  const rows = block.rows.slice(0, ROWS_MAX);
  const cells = rows.map((row) =>
    block.columns.map((column) => formatCell(column.unit, cellOf(row, column))),
  );
  const { kept, left } = fitting(block, cells, pen.width);
  const widths = columnWidths(block.columns, cells, kept, pen.width);
  const table = new Table({
    chars: borders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    head: kept.map((i) => pen.chalk.bold(block.columns[i]?.title ?? '')),
    colAligns: kept.map((i) => (block.columns[i]?.unit === 'text' ? 'left' : 'right')),
    colWidths: widths,
    wordWrap: true,
  });
  for (const [i, row] of cells.entries()) {
    const tone = block.tones?.[i] ?? 'plain';
    table.push(kept.map((column) => toned(pen, tone, row[column] ?? '')));
  }
  const lines = table.toString().split('\n');
  // Without borders only the rule under the head is wanted, not one between all rows.
  const body = lines
    .filter((line, i) => i < 2 || !/^[\s-]*-{3}[\s-]*$/.test(line))
    .map((line) => line.trimEnd());
  const notes = [
    ...(left.length === 0 ? [] : [`left out for width, in CSV and JSON: ${left.join(', ')}`]),
    ...(block.rows.length > rows.length
      ? [`${block.rows.length - rows.length} more rows in CSV and JSON`]
      : []),
  ];
  return [
    ...(block.title === undefined ? [] : [pen.chalk.bold(block.title)]),
    ...body,
    ...notes.flatMap((note) => wrapped(note, pen.width)).map((note) => pen.chalk.dim(note)),
  ].join('\n');
}

function cellOf(row: Row, { key }: Column): Row[string] {
  return row[key] ?? null;
}

/** Which columns fit, leaving out those that yield first. */
function fitting(block: TableBlock, cells: readonly string[][], width: number) {
  const natural = block.columns.map(({ title }, i) =>
    Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0)),
  );
  const yields = [...(block.yields ?? [])];
  let kept = block.columns.map((_, i) => i);
  const total = () => kept.reduce((sum, i) => sum + Math.min(natural[i] ?? 0, textMax(block, i)) + 2, 0);
  const left: string[] = [];
  while (total() > width && yields.length > 0) {
    const key = yields.shift();
    const at = block.columns.findIndex((column) => column.key === key);
    if (at === -1) continue;
    kept = kept.filter((i) => i !== at);
    left.push(block.columns[at]?.title ?? '');
  }
  return { kept, left };
}

/** Texts wrap, so that a long one does not push numbers out. */
const TEXT_MAX = 32;

function textMax(block: TableBlock, i: number): number {
  return block.columns[i]?.unit === 'text' ? TEXT_MAX : Number.POSITIVE_INFINITY;
}

/** Natural widths; where they are too wide the text columns share what the numbers leave. */
function columnWidths(
  columns: readonly Column[],
  cells: readonly string[][],
  kept: readonly number[],
  width: number,
): number[] {
  const natural = kept.map(
    (i) => Math.max(columns[i]?.title.length ?? 0, ...cells.map((row) => row[i]?.length ?? 0)) + 1,
  );
  const isText = kept.map((i) => columns[i]?.unit === 'text');
  const spare = width - natural.reduce((sum, w) => sum + w + 1, 0);
  if (spare >= 0) return natural;
  const texts = natural.filter((_, i) => isText[i]);
  const share = fairShare(texts, Math.max(0, texts.reduce((sum, w) => sum + w, 0) + spare));
  return natural.map((w, i) => (isText[i] ? Math.max(WORD_MIN, Math.min(w, share)) : w));
}

/** A column narrower than this breaks every word. */
const WORD_MIN = 8;

/** The width up to which columns may be, so that all of them fill the room: narrow ones keep what they have. */
function fairShare(widths: readonly number[], room: number): number {
  let rest = room;
  let left = widths.length;
  for (const width of [...widths].sort((a, b) => a - b)) {
    const share = Math.floor(rest / left);
    if (width > share) return share;
    rest -= width;
    left -= 1;
  }
  return rest;
}

const BAR_WIDTH = 40;

function barsText({ title, x, bars, note }: BarsBlock, pen: Pen): string {
  const largest = Math.max(0, ...bars.map(({ value }) => value));
  const names = bars.map(({ label, from }) => label ?? formatCell(x.unit, from ?? null));
  const longest = Math.max(0, ...names.map((name) => name.length));
  const rows = bars.map(({ value }, i) => {
    const length = largest === 0 ? 0 : Math.round((value / largest) * BAR_WIDTH);
    return `${(names[i] ?? '').padStart(longest)}  ${'#'.repeat(length)} ${formatCell('count', value)}`;
  });
  return [pen.chalk.bold(title), ...rows, ...(note === undefined ? [] : wrapped(note, pen.width))].join('\n');
}

/** Words at line ends; a word longer than the width is cut. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return [...lines, line];
}
