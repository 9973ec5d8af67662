/** A table block of a page: heads that stay in sight, numbers to the right, a box of its own to scroll in. */
import type { TableBlock, Unit } from '../model/page.ts';
import { escaped } from './escape.ts';
import { formatCell } from './format.ts';
import { cellTexts } from './table-cells.ts';

/** A page stays light; what is beyond stands in the JSON. */
const ROWS_MAX = 2000;

export function tableHtml(block: TableBlock): string {
  const { title, columns, rows, tones } = block;
  const head = columns.map(({ title: name, unit }) => `<th scope="col"${side(unit)}>${escaped(name)}</th>`);
  const body = cellTexts(block, ROWS_MAX).map((row, i) => {
    const cells = row.map((text, k) => `<td${side(columns[k]?.unit ?? 'text')}>${escaped(text)}</td>`);
    const tone = tones?.[i] ?? 'plain';
    return `<tr${tone === 'plain' ? '' : ` class="tone-${tone}"`}>${cells.join('')}</tr>`;
  });
  const more = rows.length - ROWS_MAX;
  const note =
    more > 0 ? `<p class="note">${formatCell('count', more)} more rows in the JSON report.</p>` : '';
  const empty = rows.length === 0 ? '<p class="note">no rows</p>' : '';
  // A box that scrolls must be reachable from the keyboard.
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(title ?? 'Table')}"><table><thead><tr>${head.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>${note}${empty}`;
}

function side(unit: Unit): string {
  return unit === 'text' ? '' : ' class="n"';
}
