/** A page as one self-contained HTML file: no script, no external resource, light and dark, readable on paper. */
import type { BarsBlock, Block, FieldsBlock, LinesBlock, Page, TableBlock } from '../model/page.ts';
import { barsSvg, linesSvg } from './chart.ts';
import { escaped } from './escape.ts';
import { formatCell } from './format.ts';
import { styleSheet } from './style-sheet.ts';

export function htmlText(page: Page): string {
  const blocks = page.blocks.map(blockHtml).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(page.title)}</title>
<style>${styleSheet}</style>
</head>
<body>
<main>
<header>
<h1>${escaped(page.title)}</h1>
<p>${escaped(page.subtitle)}</p>
</header>
${blocks}
</main>
</body>
</html>
`;
}

function blockHtml(block: Block, index: number): string {
  switch (block.kind) {
    case 'text':
      return `<p class="note ${block.tone ?? 'plain'}">${escaped(block.text)}</p>`;
    case 'fields':
      return fieldsHtml(block);
    case 'table':
      return tableHtml(block);
    case 'lines':
      return linesHtml(block, index);
    case 'bars':
      return barsHtml(block, index);
  }
}

function heading(title: string | undefined): string {
  return title === undefined ? '' : `<h2>${escaped(title)}</h2>`;
}

function fieldsHtml({ title, fields }: FieldsBlock): string {
  const items = fields.map(({ title: name, unit, value, note }) => {
    const small = note === undefined ? '' : `<small>${escaped(note)}</small>`;
    return `<div><dt>${escaped(name)}</dt><dd>${escaped(formatCell(unit, value))}${small}</dd></div>`;
  });
  return `<section>${heading(title)}<dl>${items.join('')}</dl></section>`;
}

/** A page stays readable and light; what is beyond stands in the JSON. */
const ROWS_MAX = 2000;

function tableHtml({ title, columns, rows, tones }: TableBlock): string {
  const side = (unit: string) => (unit === 'text' ? '' : ' class="n"');
  const head = columns.map((column) => `<th scope="col"${side(column.unit)}>${escaped(column.title)}</th>`);
  const body = rows.slice(0, ROWS_MAX).map((row, i) => {
    const cells = columns.map(
      ({ key, unit }) => `<td${side(unit)}>${escaped(formatCell(unit, row[key] ?? null))}</td>`,
    );
    const tone = tones?.[i] ?? 'plain';
    return `<tr${tone === 'plain' ? '' : ` class="${tone}"`}>${cells.join('')}</tr>`;
  });
  const more = rows.length - ROWS_MAX;
  const note = more > 0 ? `<p class="note dim">${more} more rows in the JSON report.</p>` : '';
  return `<section>${heading(title)}<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>${note}</section>`;
}

function linesHtml(block: LinesBlock, index: number): string {
  const keys = block.series.map(({ name }, i) => `<li class="s${i}">${escaped(name)}</li>`).join('');
  return `<section>${heading(block.title)}<ul class="legend">${keys}</ul>${linesSvg(block, index)}${caption(block)}</section>`;
}

function barsHtml(block: BarsBlock, index: number): string {
  return `<section>${heading(block.title)}${barsSvg(block, index)}${caption(block)}</section>`;
}

function caption({ note }: { readonly note?: string }): string {
  return note === undefined ? '' : `<p class="note dim">${escaped(note)}</p>`;
}
