/** A table block of a page: heads that stay in sight, numbers to the right, a box of its own to scroll in. */
import type { TableBlock, Unit } from '../model/page.ts';
import { escaped } from './escape.ts';
import { formatCell } from './format.ts';
import { cellTexts } from './table-cells.ts';

/** A page stays light; what is beyond stands in the JSON. */
const ROWS_MAX = 2000;
/** Characters of a text that stay on one line even on a phone, where the box scrolls rather than break every word. */
const WORDS_MAX = 30;

export function tableHtml(block: TableBlock): string {
  const { title, columns, rows, tones } = block;
  const texts = cellTexts(block, ROWS_MAX);
  const isPinned = hasVerdict(block, texts);
  const head = columns.map(({ title: name, unit }, k) => {
    const most = isPinned && k === columns.length - 1 ? PINNED_ROOM : WORDS_MAX;
    const longest = Math.min(most, Math.max(0, ...texts.map((row) => row[k]?.length ?? 0)));
    const room = unit === 'text' ? ` style="min-width:${longest}ch"` : '';
    return `<th scope="col"${side(unit)}${room}>${escaped(name)}</th>`;
  });
  const body = texts.map((row, i) => {
    const cells = row.map((text, k) => `<td${side(columns[k]?.unit ?? 'text')}>${escaped(text)}</td>`);
    const tone = tones?.[i] ?? 'plain';
    return `<tr${tone === 'plain' ? '' : ` class="tone-${tone}"`}>${cells.join('')}</tr>`;
  });
  const more = rows.length - ROWS_MAX;
  const note =
    more > 0 ? `<p class="note">${formatCell('count', more)} more rows in the JSON report.</p>` : '';
  const empty = rows.length === 0 ? '<p class="note">no rows</p>' : '';
  // A box that scrolls must be reachable from the keyboard.
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(title ?? 'Table')}"><table${isPinned ? ' class="pinned"' : ''}><thead><tr>${head.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>${note}${empty}`;
}

/** From so many columns on a table does not fit a narrow screen, nor an upright sheet. */
const WIDE = 10;
/** A last text of a wide table is its verdict: it stays in sight, on lines of so many characters. */
const PINNED_MAX = 30;
const PINNED_ROOM = 13;

export function isWide({ columns }: TableBlock): boolean {
  return columns.length >= WIDE;
}

function hasVerdict(block: TableBlock, texts: readonly (readonly string[])[]): boolean {
  const last = block.columns.length - 1;
  const isText = block.columns[last]?.unit === 'text';
  return isWide(block) && isText && texts.every((row) => (row[last]?.length ?? 0) <= PINNED_MAX);
}

function side(unit: Unit): string {
  return unit === 'text' ? '' : ' class="n"';
}
