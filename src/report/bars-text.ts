/** A bars block for a terminal: one line a bar, with its value behind it. */
import type { Bar, BarsBlock } from '../model/page.ts';
import { formatCell, formatColumn, formatTick } from './format.ts';
import { type Pen, toned } from './pen.ts';
import { padded, textWidth, wrapped } from './text-width.ts';

const BAR_MAX = 48;
const NAME_MAX = 28;
const ROWS_MAX = 200;

export function barsText({ title, x, y, bars, note }: BarsBlock, pen: Pen): string {
  const shown = bars.slice(0, ROWS_MAX);
  const names = shown.map((bar) => wrapped(barName(bar, x.unit), NAME_MAX)[0] ?? '');
  const values = formatColumn(
    y.unit,
    shown.map(({ value }) => value),
  );
  const nameWidth = Math.max(0, ...names.map(textWidth));
  const valueWidth = Math.max(0, ...values.map(textWidth));
  const room = Math.min(BAR_MAX, pen.width - nameWidth - valueWidth - 4);
  const largest = Math.max(0, ...shown.map(({ value }) => Math.abs(value)));
  const rows = shown.map(({ value, tone = 'plain' }, i) => {
    const length = largest === 0 ? 0 : Math.round((Math.abs(value) / largest) * room);
    // The smallest bar is still seen, and one below zero looks different without colour.
    const bar = value < 0 ? '▒'.repeat(Math.max(1, length)) : '█'.repeat(length) || (value > 0 ? '▏' : '');
    const name = padded(names[i] ?? '', nameWidth, 'left');
    return `${name}  ${padded(values[i] ?? '', valueWidth, 'left')}  ${toned(pen, tone, bar)}`.trimEnd();
  });
  const more = bars.length - shown.length;
  return [
    ...wrapped(title, pen.width).map((line) => pen.chalk.bold(line)),
    ...wrapped(`${y.title} by ${x.title}`, pen.width).map((line) => pen.chalk.dim(line)),
    ...rows,
    ...(more > 0 ? [pen.chalk.dim(`${formatCell('count', more)} more bars in JSON`)] : []),
    ...(note === undefined ? [] : wrapped(note, pen.width).map((line) => pen.chalk.dim(line))),
  ].join('\n');
}

/** The label of a bar, or the bin that it counts. */
export function barName({ label, from, to }: Bar, unit: BarsBlock['x']['unit']): string {
  if (label !== undefined) return label;
  if (from === undefined) return '';
  if (to === undefined) return formatCell(unit, from);
  return unit === 'time'
    ? formatTick(unit, from, to - from)
    : `${formatCell(unit, from)} – ${formatCell(unit, to)}`;
}
