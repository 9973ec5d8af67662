/** Curves for a terminal, with their scale, their marks and a legend. */
import { plot } from 'asciichart';
import type { ChalkInstance } from 'chalk';
import type { LinesBlock, Series } from '../model/page.ts';
import { formatCell } from './format.ts';

const HEIGHT = 10;
const LABEL_WIDTH = 10;

/** Up to three curves; points and bands are for graphic pages. */
export function linesText(
  block: LinesBlock,
  pen: { readonly width: number; readonly chalk: ChalkInstance },
): string {
  const series = block.series.filter(({ style, points }) => style !== 'points' && points.length >= 4);
  const first = series[0];
  if (first === undefined) return `${pen.chalk.bold(block.title)}\n(too few points for a curve)`;
  const from = first.points[0] ?? 0;
  const to = first.points.at(-2) ?? 0;
  const columns = Math.max(20, Math.min(72, pen.width - LABEL_WIDTH - 4));
  const marks = (block.marks ?? []).filter(({ axis }) => axis === 'y');
  const curves = [
    ...marks.map(({ at }) => new Array<number>(columns).fill(at)),
    ...series.map((one) => sampled(one, from, to, columns)),
  ];
  const label = (value: number) => formatCell(block.y.unit, value).padStart(LABEL_WIDTH);
  const chart = plot(curves, { height: HEIGHT, format: label });
  const left = formatCell(block.x.unit, from);
  const right = formatCell(block.x.unit, to);
  const axis = `${' '.repeat(LABEL_WIDTH + 2)}${left}${right.padStart(Math.max(1, columns - left.length))}`;
  const legend = [
    `${block.y.title} over ${block.x.title}`,
    ...series.map(({ name }) => name),
    ...(block.marks ?? []).map(({ label: name, at, axis: way }) => {
      return `${name} at ${formatCell(way === 'y' ? block.y.unit : block.x.unit, at)}`;
    }),
  ].join('; ');
  const plain = chart.split('\n').map((line) => line.trimEnd());
  return [pen.chalk.bold(block.title), ...plain, axis, pen.chalk.dim(legend)].join('\n');
}

/** The curve at evenly spaced places, straight between its points. */
function sampled({ points }: Series, from: number, to: number, columns: number): number[] {
  const values: number[] = [];
  let at = 0;
  for (let column = 0; column < columns; column += 1) {
    const x = from + ((to - from) * column) / (columns - 1);
    while (at + 3 < points.length - 1 && (points[at + 2] ?? 0) <= x) at += 2;
    const [x0 = 0, y0 = 0, x1 = x0, y1 = y0] = points.slice(at, at + 4);
    const share = x1 === x0 ? 0 : Math.min(1, Math.max(0, (x - x0) / (x1 - x0)));
    values.push(y0 + share * (y1 - y0));
  }
  return values;
}
