/**
 * What every chart of a page has around its drawing: axes, labels, marks, a description for those who cannot see it.
 *
 * The drawing is an SVG that is stretched to its box, with strokes that are not; labels are text of the page, placed by
 * percent. So one chart is readable on a phone, on a wide screen and on paper.
 */
import type { Scale } from './chart-scale.ts';
import { escaped } from './escape.ts';

/** Units of the drawing across and down, about the pixels of a wide screen. */
export const WIDTH = 1000;
export const HEIGHT = 380;

export type Label = {
  readonly axis: 'x' | 'y';
  readonly share: number;
  readonly text: string;
  /** Where the label of a horizontal mark stands out of the way. */
  readonly end?: 'left' | 'right';
};

export type Frame = {
  /** Tells the parts of one chart from those of another. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly across: Scale;
  readonly up: Scale;
  readonly body: string;
  readonly marks: readonly Label[];
};

export function frameHtml({
  id,
  title,
  description,
  xTitle,
  yTitle,
  across,
  up,
  body,
  marks,
}: Frame): string {
  const longest = Math.max(0, ...up.ticks.map(({ label }) => label.length));
  const zero = up.low < 0 && up.high > 0 ? line('axis', 'y', up.share(0)) : '';
  const grid = up.ticks.map(({ share }) => line('grid', 'y', share)).join('');
  const notches = across.ticks.map(({ share }) => notch(share)).join('');
  const ys = up.ticks.map(
    ({ share, label }) => `<span style="top:${percent(1 - share)}">${escaped(label)}</span>`,
  );
  const xs = across.ticks.map(({ share, label }, i) => {
    // On a phone there is room for some twenty-four characters.
    const isCrowded = across.ticks.length * (label.length + 2) > 24;
    const rare = i % 2 === 1 && isCrowded ? ' class="rare"' : '';
    return `<span${rare} style="left:${percent(share)}">${escaped(label)}</span>`;
  });
  const lines = marks.map(({ axis, share }) => line('mark', axis, share)).join('');
  return `<p class="ytitle">${escaped(yTitle)}</p>
<div class="frame" style="--yw:${longest}ch">
<div class="ys" aria-hidden="true">${ys.join('')}</div>
<div class="plot"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${escaped(title)}</title><desc id="${id}-d">${escaped(description)}</desc>
${grid}${line('axis', 'y', 0)}${zero}${notches}
${body}${lines}</svg>${marks.map((mark) => markLabel(mark, rowOf(mark, marks))).join('')}</div>
<div class="xs" aria-hidden="true">${xs.join('')}</div>
</div>
<p class="xtitle">${escaped(xTitle)}</p>`;
}

/** A coordinate of a drawing with one decimal. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}

function percent(share: number): string {
  return `${px(100 * share)}%`;
}

function line(name: string, axis: 'x' | 'y', share: number): string {
  const [x, y] = [px(WIDTH * share), px(HEIGHT * (1 - share))];
  return axis === 'x'
    ? `<path class="${name}" d="M${x} 0V${HEIGHT}"/>`
    : `<path class="${name}" d="M0 ${y}H${WIDTH}"/>`;
}

/** The height of a label as a share of the drawing's. */
const LABEL_SHARE = 0.08;

function notch(share: number): string {
  return `<path class="axis" d="M${px(WIDTH * share)} ${HEIGHT}v5"/>`;
}

/** Labels of vertical marks stand one below the other: moments that lie close together would cover each other. */
function rowOf(mark: Label, marks: readonly Label[]): number {
  return marks.filter(({ axis }) => axis === 'x').indexOf(mark);
}

function markLabel({ axis, share, text, end = 'right' }: Label, row: number): string {
  if (axis === 'y')
    return `<span class="mark y ${end}" style="top:${percent(1 - share)}">${escaped(text)}</span>`;
  const side = share > 0.7 ? ' before' : '';
  const down = row > 0 ? `;top:${percent(row * LABEL_SHARE)}` : '';
  return `<span class="mark x${side}" style="left:${percent(share)}${down}">${escaped(text)}</span>`;
}
