/** Curves for a terminal: a scale of round values, marks as dotted rows and columns, and a legend that names all of it. */
import type { LinesBlock, Mark } from '../model/page.ts';
import { axisLines } from './axis-text.ts';
import { type CurveGrid, curveGrid, GLYPHS, type Ranges } from './curve-grid.ts';
import { extent } from './extent.ts';
import { formatCell, formatTick } from './format.ts';
import type { Pen } from './pen.ts';
import { padded, printable, textWidth, wrapped } from './text-width.ts';
import { stepOf } from './ticks.ts';

/** A chart that is wider is not read better. */
const COLUMNS_MAX = 84;
const COLUMNS_LEAST = 16;
/** A scale of round values has at most so many rows. */
const ROWS_ABOUT = 12;
/** And so many where only then a mark lies on a row: a target of 15 % must not be drawn at 20 %. */
const ROWS_MAX = 20;

export function linesText(block: LinesBlock, pen: Pen): string {
  const curves = block.series.filter(({ style, points }) => style !== 'points' && points.length >= 2);
  const title = wrapped(block.title, pen.width).map((line) => pen.chalk.bold(line));
  const drawn = curves.slice(0, GLYPHS.length);
  const unseen = block.series.filter((one) => !drawn.includes(one)).map(({ name }) => name);
  const rest = unseen.length === 0 ? [] : [`only in graphic pages: ${unseen.join(', ')}`];
  const body = drawn.length === 0 ? [] : chartLines({ ...block, series: drawn }, pen);
  const told = [...rest, ...(block.note === undefined ? [] : [block.note])];
  return [
    ...title,
    ...body,
    ...told.flatMap((line) => wrapped(line, pen.width)).map((line) => pen.chalk.dim(line)),
  ].join('\n');
}

function chartLines(block: LinesBlock, pen: Pen): string[] {
  const { x, y, marks = [] } = block;
  const { ranges, step } = rangesOf(block);
  const rows = Math.round((ranges.top - ranges.bottom) / step);
  const labels = Array.from({ length: rows + 1 }, (_, row) =>
    formatTick(y.unit, ranges.top - row * step, step),
  );
  const labelWidth = Math.max(...labels.map(textWidth));
  const columns = Math.max(COLUMNS_LEAST, Math.min(COLUMNS_MAX, pen.width - labelWidth - 2));
  const grid = curveGrid(block, { ranges, rows, columns });
  const lines = grid.map(
    (row, i) => `${padded(labels[i] ?? '', labelWidth, 'left')} ┤${paintedRow(row, pen)}`,
  );
  const indent = ' '.repeat(labelWidth + 1);
  const legend = [
    ...block.series.map(({ name }, i) => `${(GLYPHS[i]?.[0] ?? '').repeat(2)} ${printable(name)}`),
    ...marks.map((mark) => `${mark.axis === 'y' ? '┄' : '┊'} ${markText(mark, block)}`),
  ];
  return [
    ...wrapped(`${y.title} by ${x.title}`, pen.width).map((line) => pen.chalk.dim(line)),
    ...lines.map((line) => line.trimEnd()),
    ...axisLines(x.unit, ranges, columns).map((line) => (indent + line).trimEnd()),
    ...packed(legend, pen.width).map((line) => pen.chalk.dim(line)),
  ];
}

function markText({ axis, at, label }: Mark, { x, y }: LinesBlock): string {
  return `${printable(label)} at ${formatCell(axis === 'x' ? x.unit : y.unit, at)}`;
}

/** The range of the curves and marks; the values from one round step to another. */
function rangesOf({ series, marks = [], y }: LinesBlock): { readonly ranges: Ranges; readonly step: number } {
  const xs = [
    ...series.flatMap(({ points }) => points.filter((_, i) => i % 2 === 0)),
    ...marks.filter(({ axis }) => axis === 'x').map(({ at }) => at),
  ];
  const ys = [
    ...series.flatMap(({ points }) => points.filter((_, i) => i % 2 === 1)),
    ...marks.filter(({ axis }) => axis === 'y').map(({ at }) => at),
  ];
  const { low: left, high: right } = extent(xs);
  const { low, high } = extent(ys);
  const levels = marks.filter(({ axis }) => axis === 'y').map(({ at }) => at);
  const fine = stepOf(y.unit, (high - low) / ROWS_MAX);
  const coarse = stepOf(y.unit, (high - low) / ROWS_ABOUT);
  const isOnRow = (step: number) => levels.every((at) => Math.abs(at / step - Math.round(at / step)) < 1e-6);
  const step = !isOnRow(coarse) && isOnRow(fine) ? fine : coarse;
  const bottom = Math.floor(low / step + 1e-9) * step;
  const top = Math.ceil(high / step - 1e-9) * step;
  return { ranges: { left, right, bottom, top }, step };
}

/** Neighbours of one colour are painted at once. */
function paintedRow(row: CurveGrid[number], { chalk }: Pen): string {
  const paints = [chalk.cyan, chalk.yellow, chalk.magenta];
  let text = '';
  for (let from = 0; from < row.length; ) {
    const layer = row[from]?.layer;
    let to = from;
    while (to < row.length && row[to]?.layer === layer) to += 1;
    const run = row
      .slice(from, to)
      .map(({ char }) => char)
      .join('');
    const paint = layer === 'mark' ? chalk.dim : typeof layer === 'number' ? paints[layer] : undefined;
    text += paint === undefined ? run : paint(run);
    from = to;
  }
  return text;
}

/** Items on as few lines as they need, none broken that fits on one. */
function packed(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const longer = `${lines.at(-1) ?? ''}   ${item}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(...wrapped(item, width, 2));
  }
  return lines;
}
