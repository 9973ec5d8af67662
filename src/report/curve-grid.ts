/** Curves as characters on a grid: each with a line of its own kind, so that they are told apart without colour. */
import { plot } from 'asciichart';
import type { LinesBlock, Series } from '../model/page.ts';

/** The kinds of line: `─│╭╮╰╯` in the order of asciichart, then the same shapes doubled and broken. */
export const GLYPHS = ['─│╭╮╰╯', '═║╔╗╚╝', '╌╎┌┐└┘'] as const;

/** What the grid shows of both axes; bottom and top are round values. */
export type Ranges = {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
};

export type CurveGrid = {
  char: string;
  /** The curve that it belongs to, by its place in the block. */
  layer: number | 'mark' | 'none';
}[][];

type Size = { readonly ranges: Ranges; readonly rows: number; readonly columns: number };

/** `rows + 1` rows from top to bottom; earlier curves lie above later ones, and all above the marks. */
export function curveGrid({ series, marks = [] }: LinesBlock, size: Size): CurveGrid {
  const { ranges, rows, columns } = size;
  const grid: CurveGrid = Array.from({ length: rows + 1 }, () =>
    Array.from({ length: columns }, () => ({ char: ' ', layer: 'none' })),
  );
  for (const { axis, at } of marks) {
    const row = Math.round(((ranges.top - at) / (ranges.top - ranges.bottom)) * rows);
    const column = columnOf(at, size);
    for (const [i, line] of grid.entries())
      for (const [k, cell] of line.entries())
        if (axis === 'y' ? i === row : k === column) {
          cell.char = axis === 'y' ? '┄' : '┊';
          cell.layer = 'mark';
        }
  }
  for (let layer = series.length - 1; layer >= 0; layer -= 1) draw(grid, series[layer]!, layer, size);
  return grid;
}

function draw(grid: CurveGrid, { points, style }: Series, layer: number, size: Size): void {
  const { ranges, rows, columns } = size;
  const from = columnOf(points[0] ?? 0, size);
  const to = columnOf(points.at(-2) ?? 0, size);
  const xOf = (column: number) => ranges.left + ((ranges.right - ranges.left) * column) / (columns - 1);
  // asciichart draws the steps between values, so it needs one more than there are columns.
  const sampled = Array.from({ length: to - from + 2 }, (_, i) => valueAt(points, style, xOf(from + i)));
  const values = withSpikes(sampled, points, { from, size });
  const options = { min: ranges.bottom, max: ranges.top, height: rows, offset: 1, format: () => ' ' };
  const glyphs = GLYPHS[layer] ?? GLYPHS[0];
  for (const [row, text] of plot([values], options).split('\n').entries()) {
    // The first character is the axis of asciichart; ours stands to the left of the grid.
    for (const [i, char] of Array.from(text).slice(1).entries()) {
      const cell = grid[row]?.[from + i];
      const kind = GLYPHS[0].indexOf(char);
      if (cell === undefined || kind === -1) continue;
      cell.char = glyphs[kind] ?? char;
      cell.layer = layer;
    }
  }
}

type Place = { readonly from: number; readonly size: Size };

/** What a column would hide, further than a row from what it shows, is what it shows: a crash must not fall between two columns. */
function withSpikes(
  sampled: readonly number[],
  points: readonly number[],
  { from, size }: Place,
): readonly number[] {
  const { ranges, rows } = size;
  const row = (ranges.top - ranges.bottom) / rows;
  const values = [...sampled];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const i = columnOf(points[at]!, size) - from;
    const away = Math.abs(points[at + 1]! - sampled[i]!);
    if (away > row && away > Math.abs(values[i]! - sampled[i]!)) values[i] = points[at + 1]!;
  }
  return values;
}

function columnOf(x: number, { ranges, columns }: Size): number {
  return Math.round(((x - ranges.left) / (ranges.right - ranges.left)) * (columns - 1));
}

/** The value of a curve at a place: straight between its points, or that of the point before for steps. */
function valueAt(points: readonly number[], style: Series['style'], x: number): number {
  let next = 0;
  while (next < points.length && (points[next] ?? 0) < x) next += 2;
  if (next === 0) return points[1] ?? 0;
  const y0 = points[next - 1] ?? 0;
  if (next >= points.length) return y0;
  const x0 = points[next - 2] ?? 0;
  const x1 = points[next] ?? 0;
  const y1 = points[next + 1] ?? 0;
  if (x1 === x) return y1;
  return style === 'step' ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}
