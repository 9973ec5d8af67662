/** Which line is which: a swatch with the same stroke as the curve, so that it holds without colour. */
import type { Series } from '../model/page.ts';
import { escaped } from './escape.ts';

const COLOURS = 4;

/** The classes that give a series its colour and its dashes. */
export function colourClass({ tone = 'plain' }: Series, i: number): string {
  return tone === 'plain' ? `c${i % COLOURS}` : `c${i % COLOURS} tone-${tone}`;
}

/** Points, and a curve of one point, which as a line would not be seen. */
export function isCloud({ style, points }: Series): boolean {
  return style === 'points' || points.length === 2;
}

export function legendHtml(series: readonly Series[]): string {
  const items = series.map((one, i) => `<li>${swatch(one, i)}${escaped(one.name)}</li>`);
  return `<ul class="legend">${items.join('')}</ul>`;
}

function swatch(series: Series, i: number): string {
  const colour = colourClass(series, i);
  const band = series.band === undefined ? '' : `<path class="band ${colour}" d="M0 0H26V12H0Z"/>`;
  const shape = isCloud(series)
    ? `<g class="dots ${colour}${i % 2 === 1 ? ' square' : ''}"><path d="M13 6h0"/></g>`
    : `<path class="curve ${colour}" d="M0 6H26"/>`;
  return `<svg viewBox="0 0 26 12" width="26" height="12" aria-hidden="true">${band}${shape}</svg>`;
}
