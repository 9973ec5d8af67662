/** The axis below a chart of a terminal. */
import type { Unit } from '../model/page.ts';
import { formatTick } from './format.ts';
import { ticksOf } from './ticks.ts';

export type Span = { readonly left: number; readonly right: number };

/** The line below the curves with its round values, and these values below it where two do not touch. */
export function axisLines(unit: Unit, { left, right }: Span, columns: number): string[] {
  const { step, values } = ticksOf(unit, { low: left, high: right }, Math.max(2, Math.floor(columns / 12)));
  const places = values.map((value) => Math.round(((value - left) / (right - left)) * (columns - 1)));
  const line = Array.from({ length: columns }, (_, column) => (places.includes(column) ? '┬' : '─'));
  let labels = '';
  for (const [i, value] of values.entries()) {
    const text = formatTick(unit, value, step);
    const middle = 1 + (places[i] ?? 0) - Math.floor(text.length / 2);
    const start = Math.min(Math.max(0, middle), columns + 1 - text.length);
    if (labels === '' || start > labels.length) labels = labels.padEnd(start) + text;
  }
  return [`└${line.join('')}`, labels];
}
