/** Curves with bands and marks, steps, clouds of points. */
import type { LinesBlock, Series } from '../model/page.ts';
import { frameHtml, HEIGHT, type Label, px, WIDTH } from './chart-frame.ts';
import { hoverColumns } from './chart-hover.ts';
import { roundScale, type Scale, tightScale } from './chart-scale.ts';
import { extent } from './extent.ts';
import { formatCell } from './format.ts';
import { colourClass, isCloud, legendHtml } from './legend.ts';
import { thinCloud, thinLine } from './thin-points.ts';

export function linesHtml(block: LinesBlock, id: string): string {
  const { title, x, y, series, marks = [] } = block;
  const across = acrossOf(block);
  const up = upOf(block);
  const place = { across, up };
  const body = [
    ...series.map((one, i) => bandPath(one, i, place)),
    // The first series is the one that the chart is about: it lies above the others.
    ...series.map((one, i) => drawing(one, i, place)).reverse(),
    ...hoverColumns(block, across),
  ];
  const labels = marks.map(({ axis, at, label }): Label => {
    const text = `${label} ${formatCell(axis === 'x' ? x.unit : y.unit, at)}`;
    return axis === 'x'
      ? { axis, share: across.share(at), text }
      : { axis, share: up.share(at), text, end: emptierEnd(series, at) };
  });
  const description = describe(block, { across, up });
  const frame = frameHtml({
    ...{ id, title, description, xTitle: x.title, yTitle: y.title },
    ...{ across, up, body: body.join('\n'), marks: labels },
  });
  return legendHtml(series) + frame;
}

type Place = { readonly across: Scale; readonly up: Scale };

function acrossOf({ x, series, marks = [] }: LinesBlock): Scale {
  const { low, high } = extent([
    ...series.flatMap(({ points }) => points.filter((_, i) => i % 2 === 0)),
    ...marks.filter(({ axis }) => axis === 'x').map(({ at }) => at),
  ]);
  // Points on the very edge would be cut in half.
  const room = series.some(({ style }) => style === 'points') ? 0.015 * (high - low) : 0;
  return tightScale(x.unit, { low: low - room, high: high + room }, x.unit === 'time' ? 6 : 9);
}

function upOf({ y, series, marks = [] }: LinesBlock): Scale {
  const range = extent([
    ...series.flatMap(({ points }) => points.filter((_, i) => i % 2 === 1)),
    ...series.flatMap(({ band = [] }) => band.filter((_, i) => i % 3 !== 0)),
    ...marks.filter(({ axis }) => axis === 'y').map(({ at }) => at),
  ]);
  return roundScale(y.unit, range, 7);
}

function drawing(series: Series, i: number, place: Place): string {
  return isCloud(series) ? cloud(series, i, place) : curve(series, i, place);
}

function curve(series: Series, i: number, place: Place): string {
  const points = thinLine(placed(series.points, place));
  let path = `M${px(points[0] ?? 0)} ${px(points[1] ?? 0)}`;
  for (let at = 2; at + 1 < points.length; at += 2) {
    const [x, y] = [px(points[at]!), px(points[at + 1]!)];
    path += series.style === 'step' ? `H${x}V${y}` : `L${x} ${y}`;
  }
  return `<path class="curve ${colourClass(series, i)}" d="${path}"/>`;
}

/** Points of one path do not darken each other, so neighbours lie on paths of their own. */
const POINTS_PER_PATH = 40;

function cloud(series: Series, i: number, place: Place): string {
  const points = thinCloud(placed(series.points, place));
  const paths = Array.from({ length: Math.ceil(points.length / 2 / POINTS_PER_PATH) }, () => '');
  for (let at = 0; at + 1 < points.length; at += 2)
    paths[(at / 2) % paths.length] += `M${px(points[at]!)} ${px(points[at + 1]!)}h0`;
  const shape = i % 2 === 1 ? ' square' : '';
  return `<g class="dots ${colourClass(series, i)}${shape}">${paths.map((d) => `<path d="${d}"/>`).join('')}</g>`;
}

function bandPath(series: Series, i: number, { across, up }: Place): string {
  const { band = [] } = series;
  if (band.length < 6) return '';
  const upper: string[] = [];
  const lower: string[] = [];
  for (let at = 0; at + 2 < band.length; at += 3) {
    const x = px(WIDTH * across.share(band[at]!));
    lower.push(`${x} ${px(HEIGHT * (1 - up.share(band[at + 1]!)))}`);
    upper.push(`${x} ${px(HEIGHT * (1 - up.share(band[at + 2]!)))}`);
  }
  return `<path class="band ${colourClass(series, i)}" d="M${[...upper, ...lower.reverse()].join('L')}Z"/>`;
}

function placed(points: readonly number[], { across, up }: Place): number[] {
  return points.map((value, i) =>
    i % 2 === 0 ? WIDTH * across.share(value) : HEIGHT * (1 - up.share(value)),
  );
}

/** The end of a horizontal mark that lies farther from all curves. */
function emptierEnd(series: readonly Series[], at: number): 'left' | 'right' {
  const curves = series.filter(({ style }) => style !== 'points');
  const nearest = (end: (points: readonly number[]) => number | undefined) =>
    curves.reduce(
      (least, { points }) => Math.min(least, Math.abs((end(points) ?? at) - at)),
      Number.MAX_VALUE,
    );
  return nearest((points) => points[1]) > nearest((points) => points.at(-1)) ? 'left' : 'right';
}

/** The chart in words, for a reader who cannot see it. */
function describe({ x, y, series, marks = [] }: LinesBlock, { across, up }: Place): string {
  const told = series.map((one) => {
    const { name, points } = one;
    const count = points.length / 2;
    if (isCloud(one)) return `${name}, ${formatCell('count', count)} ${count === 1 ? 'point' : 'points'}`;
    const [from, to] = [formatCell(y.unit, points[1] ?? null), formatCell(y.unit, points.at(-1) ?? null)];
    return `${name}, from ${from} to ${to}`;
  });
  const marked = marks.map(({ axis, at, label }) => {
    return `${label} at ${formatCell(axis === 'x' ? x.unit : y.unit, at)}`;
  });
  const axes = `${x.title} from ${formatCell(x.unit, across.low)} to ${formatCell(x.unit, across.high)}, ${y.title} from ${formatCell(y.unit, up.low)} to ${formatCell(y.unit, up.high)}`;
  return `${[axes, ...told, ...marked].join('; ')}.`;
}
