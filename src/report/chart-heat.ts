/** A heat map for a page: a table whose cells are filled by sign and size; the numbers stand in them. */
import type { HeatmapBlock } from '../model/page.ts';
import { escaped } from './escape.ts';
import { formatCell } from './format.ts';

/** The largest value is filled by so many percent, so that its number stays readable in light and dark. */
const MOST = 70;

export function heatHtml({ title, corner, unit, columns, rows }: HeatmapBlock): string {
  const largest = rows.reduce(
    (most, { values }) => values.reduce<number>((own, value) => Math.max(own, Math.abs(value ?? 0)), most),
    0,
  );
  const head = [corner, ...columns].map(
    (name, k) => `<th scope="col"${k === 0 ? '' : ' class="n"'}>${escaped(name)}</th>`,
  );
  const body = rows.map(({ name, values }) => {
    const cells = values.map((value) => cell(value, largest, formatCell(unit, value)));
    return `<tr><th scope="row">${escaped(name)}</th>${cells.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(title)}"><table class="heat"><thead><tr>${head.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>`;
}

function cell(value: number | null, largest: number, text: string): string {
  if (value === null || value === 0 || largest === 0) return `<td class="n">${escaped(text)}</td>`;
  const share = Math.max(1, Math.round((MOST * Math.abs(value)) / largest));
  const tone = value < 0 ? 'bad' : 'good';
  return `<td class="n" style="background:color-mix(in srgb,var(--${tone}) ${share}%,transparent)">${escaped(text)}</td>`;
}
