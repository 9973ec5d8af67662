/** Histograms as columns over an axis, named bars as rows with their values. */
import type { Bar, BarsBlock } from '../model/page.ts';
import { barName } from './bars-text.ts';
import { frameHtml, HEIGHT, px, WIDTH } from './chart-frame.ts';
import { hoverColumn } from './chart-hover.ts';
import { roundScale, type Scale, tightScale } from './chart-scale.ts';
import { escaped } from './escape.ts';
import { extent } from './extent.ts';
import { formatCell, formatColumn } from './format.ts';

export function barsHtml(block: BarsBlock, id: string): string {
  const isHistogram =
    block.bars.length > 0 && block.bars.every(({ from, to }) => from !== undefined && to !== undefined);
  return isHistogram ? histogram(block, id) : namedBars(block);
}

function histogram({ title, x, y, bars }: BarsBlock, id: string): string {
  const across = tightScale(x.unit, extent(bars.flatMap(({ from = 0, to = 0 }) => [from, to])), 8);
  const up = roundScale(y.unit, extent([0, ...bars.map(({ value }) => value)]), 6);
  const body = bars.map((bar) => column(bar, { across, up }));
  const hits = bars.map((bar) => {
    const { from = 0, to = 0, value } = bar;
    const lines = [`${x.title} ${barName(bar, x.unit)}`, `${y.title}: ${formatCell(y.unit, value)}`];
    return hoverColumn(across.share(from), across.share(to), lines);
  });
  const highest = bars.reduce((best, bar) => (bar.value > best.value ? bar : best), bars[0] ?? { value: 0 });
  const description = `${bars.length} bars of ${x.title}; the highest, ${barName(highest, x.unit)}, has ${formatCell(y.unit, highest.value)} ${y.title}.`;
  return frameHtml({
    ...{ id, title, description, xTitle: x.title, yTitle: y.title },
    ...{ across, up, body: [...body, ...hits].join('\n'), marks: [] },
  });
}

function column(
  { from = 0, to = 0, value, tone }: Bar,
  { across, up }: { across: Scale; up: Scale },
): string {
  const [left, right] = [WIDTH * across.share(from), WIDTH * across.share(to)];
  const [zero, end] = [HEIGHT * (1 - up.share(0)), HEIGHT * (1 - up.share(value))];
  const gap = Math.min(2, (right - left) / 5);
  const place = `x="${px(left + gap / 2)}" y="${px(Math.min(zero, end))}"`;
  const size = `width="${px(right - left - gap)}" height="${px(Math.abs(zero - end))}"`;
  return `<rect class="bar tone-${tone ?? 'plain'}" ${place} ${size}/>`;
}

/** Names need room that a phone does not have below an axis, so these bars lie. */
function namedBars({ title, x, y, bars }: BarsBlock): string {
  const largest = bars.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  const texts = formatColumn(
    y.unit,
    bars.map(({ value }) => value),
  );
  const rows = bars.map((bar, i) => {
    const width = largest === 0 ? 0 : (100 * Math.abs(bar.value)) / largest;
    const tone = `tone-${bar.tone ?? 'plain'}${bar.value < 0 ? ' below' : ''}`;
    const drawn = `<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar ${tone}" width="${px(width)}" height="10"/></svg>`;
    return `<tr><th scope="row">${escaped(barName(bar, x.unit))}</th><td class="n">${escaped(texts[i] ?? '')}</td><td>${drawn}</td></tr>`;
  });
  const head = `<tr><th scope="col">${escaped(x.title)}</th><th scope="col" class="n">${escaped(y.title)}</th><th aria-hidden="true"></th></tr>`;
  return `<table class="bars" aria-label="${escaped(title)}"><thead>${head}</thead><tbody>${rows.join('\n')}</tbody></table>`;
}
