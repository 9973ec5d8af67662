/** Charts as SVG: curves with bands and marks, points, histograms. Colours come from the style sheet by class. */
import type { Bar, BarsBlock, LinesBlock, Series } from '../model/page.ts';
import { escaped } from './escape.ts';
import { formatCell } from './format.ts';
import { type Scale, scaleOf } from './scale.ts';

const WIDTH = 1000;
const HEIGHT = 380;
const LEFT = 80;
const RIGHT = 20;
const TOP = 16;
const BOTTOM = 50;
/** Beyond this many points of one series dots on one place are drawn once. */
const DOTS_MAX = 4000;

export function linesSvg({ title, x, y, series, marks = [] }: LinesBlock, index: number): string {
  const xs = series.flatMap(({ points }) => points.filter((_, i) => i % 2 === 0));
  const ys = series.flatMap(({ points, band = [] }) => [
    ...points.filter((_, i) => i % 2 === 1),
    ...band.filter((_, i) => i % 3 !== 0),
  ]);
  for (const { axis, at } of marks) (axis === 'x' ? xs : ys).push(at);
  const across = scaleOf(least(xs), most(xs), LEFT, WIDTH - RIGHT);
  const room = 0.04 * (most(ys) - least(ys));
  const floor = least(ys) >= 0 ? Math.min(0, least(ys)) : least(ys) - room;
  const up = scaleOf(floor, most(ys) + room, HEIGHT - BOTTOM, TOP);
  const parts = [
    ...series.map((one, i) => bandPath(one, i, across, up)),
    ...series.map((one, i) =>
      one.style === 'points' ? dots(one, i, across, up) : curve(one, i, across, up),
    ),
    ...marks.map(({ axis, at, label }) =>
      axis === 'x' ? verticalMark(across.place(at), label) : horizontalMark(up.place(at), label),
    ),
  ];
  return frame({ title, index, axes: axes(across, up, x, y), body: parts.join('') });
}

export function barsSvg({ title, x, y, bars }: BarsBlock, index: number): string {
  const from = bars[0]?.from ?? 0;
  const to = bars.at(-1)?.to ?? bars.length;
  const across = scaleOf(from, to, LEFT, WIDTH - RIGHT);
  const up = scaleOf(0, most(bars.map(({ value }) => value)), HEIGHT - BOTTOM, TOP);
  const rects = bars.map((bar, i) => rect(bar, i, across, up));
  return frame({ title, index, axes: axes(across, up, x, y), body: rects.join('') });
}

function rect({ label, from, to, value }: Bar, i: number, across: Scale, up: Scale): string {
  const left = across.place(from ?? i);
  const right = across.place(to ?? i + 1);
  const top = up.place(value);
  const name = label === undefined ? '' : `<title>${escaped(label)}</title>`;
  const size = `width="${px(Math.max(0.5, right - left - 1))}" height="${px(HEIGHT - BOTTOM - top)}"`;
  return `<rect class="bar" x="${px(left)}" y="${px(top)}" ${size}>${name}</rect>`;
}

type Frame = { readonly title: string; readonly index: number; readonly axes: string; readonly body: string };

function frame({ title, index, axes: lines, body }: Frame): string {
  const id = `chart-${index}`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}"><title id="${id}">${escaped(title)}</title>${lines}${body}</svg>`;
}

function axes(across: Scale, up: Scale, x: LinesBlock['x'], y: LinesBlock['y']): string {
  const bottom = HEIGHT - BOTTOM;
  const rows = up.ticks.map((tick) => {
    const at = px(up.place(tick));
    const label = escaped(formatCell(y.unit, tick));
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end">${label}</text>`;
  });
  const columns = across.ticks.map((tick) => {
    const label = escaped(formatCell(x.unit, tick));
    return `<text x="${px(across.place(tick))}" y="${bottom + 18}" text-anchor="middle">${label}</text>`;
  });
  const names = `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escaped(x.title)}</text><text transform="translate(16 ${(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.title)}</text>`;
  const base = `<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${bottom}" y2="${bottom}"/>`;
  return `<g>${rows.join('')}${columns.join('')}${base}${names}</g>`;
}

function curve({ points, style, name }: Series, i: number, across: Scale, up: Scale): string {
  const steps: string[] = [];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const x = px(across.place(points[at] ?? 0));
    const y = px(up.place(points[at + 1] ?? 0));
    if (at === 0) steps.push(`M${x} ${y}`);
    else steps.push(style === 'step' ? `H${x}V${y}` : `L${x} ${y}`);
  }
  // A curve of one point would not be seen.
  if (points.length === 2) return dots({ name, style: 'points', points }, i, across, up);
  return `<path class="curve s${i}" d="${steps.join('')}"><title>${escaped(name)}</title></path>`;
}

function bandPath({ band }: Series, i: number, across: Scale, up: Scale): string {
  if (band === undefined || band.length < 6) return '';
  const upper: string[] = [];
  const lower: string[] = [];
  for (let at = 0; at + 2 < band.length; at += 3) {
    const x = px(across.place(band[at] ?? 0));
    lower.unshift(`${x} ${px(up.place(band[at + 1] ?? 0))}`);
    upper.push(`${x} ${px(up.place(band[at + 2] ?? 0))}`);
  }
  return `<path class="band s${i}" d="M${[...upper, ...lower].join('L')}Z"/>`;
}

function dots({ points, name }: Series, i: number, across: Scale, up: Scale): string {
  const places: string[] = [];
  const seen = new Set<string>();
  const coarse = points.length / 2 > DOTS_MAX;
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [across.place(points[at] ?? 0), up.place(points[at + 1] ?? 0)];
    const key = `${Math.round(x)} ${Math.round(y)}`;
    if (coarse && seen.has(key)) continue;
    seen.add(key);
    places.push(`<circle cx="${px(x)}" cy="${px(y)}" r="2.6"/>`);
  }
  return `<g class="dot s${i}"><title>${escaped(name)}</title>${places.join('')}</g>`;
}

function verticalMark(x: number, label: string): string {
  const side = x > WIDTH * 0.8 ? `x="${px(x - 6)}" text-anchor="end"` : `x="${px(x + 6)}"`;
  return `<line class="mark" x1="${px(x)}" x2="${px(x)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text class="mark" ${side} y="${TOP + 12}">${escaped(label)}</text>`;
}

function horizontalMark(y: number, label: string): string {
  return `<line class="mark" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${px(y)}" y2="${px(y)}"/><text class="mark" x="${WIDTH - RIGHT - 4}" y="${px(y - 6)}" text-anchor="end">${escaped(label)}</text>`;
}

function px(value: number): string {
  return String(Number(value.toFixed(2)));
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), values[0] ?? 1);
}
