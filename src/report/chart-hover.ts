/** What a chart says under the pointer: transparent columns whose titles every browser shows, with or without script. */
import type { LinesBlock, Series } from '../model/page.ts';
import { HEIGHT, px, WIDTH } from './chart-frame.ts';
import type { Scale } from './chart-scale.ts';
import { escaped } from './escape.ts';
import { formatCell } from './format.ts';

/** More columns than this could not be pointed at one by one. */
const COLUMNS_MAX = 250;

/** One column for each place at which a curve has a point; clouds have none. */
export function hoverColumns(block: LinesBlock, across: Scale): string[] {
  const curves = block.series.filter(({ style }) => style !== 'points');
  const xs = [...new Set(curves.flatMap(({ points }) => points.filter((_, i) => i % 2 === 0)))].sort(
    (a, b) => a - b,
  );
  const every = Math.max(1, Math.ceil(xs.length / COLUMNS_MAX));
  const told = xs.filter((_, i) => i % every === 0);
  const values = curves.map(valuesByPlace);
  return told.map((x, i) => {
    const left = i === 0 ? across.low : (x + (told[i - 1] ?? x)) / 2;
    const right = i === told.length - 1 ? across.high : (x + (told[i + 1] ?? x)) / 2;
    const lines = curves.flatMap(({ name }, k) => {
      const value = values[k]?.get(x);
      return value === undefined ? [] : [`${name}: ${valueText(value, block)}`];
    });
    const text = [`${block.x.title} ${formatCell(block.x.unit, x)}`, ...lines];
    return hoverColumn(across.share(left), across.share(right), text);
  });
}

/** A transparent column of the drawing with its text, the first line being its head. */
export function hoverColumn(from: number, to: number, lines: readonly string[]): string {
  const title = lines.map(escaped).join('\n');
  return `<rect class="hit" x="${px(WIDTH * from)}" y="0" width="${px(WIDTH * (to - from))}" height="${HEIGHT}"><title>${title}</title></rect>`;
}

type Value = { readonly y: number; readonly low?: number; readonly high?: number };

function valuesByPlace({ points, band = [] }: Series): Map<number, Value> {
  const bands = new Map<number, { low: number; high: number }>();
  for (let at = 0; at + 2 < band.length; at += 3)
    bands.set(band[at]!, { low: band[at + 1]!, high: band[at + 2]! });
  const values = new Map<number, Value>();
  for (let at = 0; at + 1 < points.length; at += 2)
    values.set(points[at]!, { y: points[at + 1]!, ...bands.get(points[at]!) });
  return values;
}

function valueText({ y, low, high }: Value, block: LinesBlock): string {
  const text = formatCell(block.y.unit, y);
  if (low === undefined || high === undefined) return text;
  return `${text} (${formatCell(block.y.unit, low)} to ${formatCell(block.y.unit, high)})`;
}
