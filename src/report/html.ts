/** A page as one self-contained HTML file: readable without script, in light and dark, on a phone and on paper. */
import type { Block, FieldsBlock, Page, TextBlock } from '../model/page.ts';
import { barsHtml } from './chart-bars.ts';
import { heatHtml } from './chart-heat.ts';
import { linesHtml } from './chart-lines.ts';
import { timelineHtml } from './chart-timeline.ts';
import { escaped } from './escape.ts';
import { formatCell } from './format.ts';
import { hoverScript } from './hover-script.ts';
import { isWide, tableHtml } from './html-table.ts';
import { styleSheet } from './style-sheet.ts';

export function htmlText(page: Page): string {
  const parts = groups(page.blocks).map((group, i) => groupHtml(group, `b${i}`));
  const charted = page.blocks.some(({ kind }) => ['lines', 'bars', 'timeline'].includes(kind));
  const provenance =
    page.provenance === undefined ? '' : `<p class="provenance">${escaped(page.provenance)}</p>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(page.title)}</title>
<style>
${styleSheet}
</style>
</head>
<body>
<main>
<header>
<h1>${escaped(page.title)}</h1>
<p class="subtitle">${escaped(page.subtitle)}</p>
${provenance}</header>
${parts.join('\n')}
</main>${charted ? `\n<script>\n${hoverScript}\n</script>` : ''}
</body>
</html>
`;
}

/** Blocks that stand together: remarks of one tone, and histograms side by side. */
function groups(blocks: readonly Block[]): Block[][] {
  const made: Block[][] = [];
  for (const block of blocks) {
    const last = made.at(-1);
    if (last?.[0] !== undefined && standTogether(last[0], block)) last.push(block);
    else made.push([block]);
  }
  return made;
}

function standTogether(before: Block, block: Block): boolean {
  if (before.kind === 'bars') return block.kind === 'bars';
  if (before.kind !== 'text' || block.kind !== 'text') return false;
  return (before.tone ?? 'plain') === (block.tone ?? 'plain');
}

function groupHtml(group: readonly Block[], id: string): string {
  const [first] = group;
  if (first?.kind === 'text') {
    const texts = group.flatMap((block) => (block.kind === 'text' ? paragraphs(block) : []));
    return `<div class="remarks tone-${first.tone ?? 'plain'}">${texts.join('\n')}</div>`;
  }
  const parts = group.map((block, i) => blockHtml(block, `${id}-${i}`));
  return parts.length === 1 ? parts.join('') : `<div class="pair">${parts.join('\n')}</div>`;
}

function paragraphs({ text }: TextBlock): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escaped(line)}</p>`);
}

function blockHtml(block: Block, id: string): string {
  switch (block.kind) {
    case 'text':
      return paragraphs(block).join('\n');
    case 'fields':
      return section('fields', block.title, fieldsHtml(block));
    case 'table':
      return section(isWide(block) ? 'table wide' : 'table', block.title, tableHtml(block));
    case 'lines':
      return section('chart', block.title, linesHtml(block, id) + caption(block));
    case 'bars':
      return section('chart', block.title, barsHtml(block, id) + caption(block));
    case 'timeline':
      return section('chart', block.title, timelineHtml(block, id) + caption(block));
    case 'heatmap':
      return section(
        block.columns.length >= 9 ? 'table wide' : 'table',
        block.title,
        heatHtml(block) + caption(block),
      );
  }
}

function section(name: string, title: string | undefined, body: string): string {
  const heading = title === undefined ? '' : `<h2>${escaped(title)}</h2>\n`;
  return `<section class="${name}">\n${heading}${body}\n</section>`;
}

function fieldsHtml({ fields }: FieldsBlock): string {
  const items = fields.map(({ title, unit, value, note }) => {
    const small = note === undefined ? '' : `<small>${escaped(note)}</small>`;
    return `<div><dt>${escaped(title)}</dt><dd>${escaped(formatCell(unit, value))}${small}</dd></div>`;
  });
  return `<dl>${items.join('\n')}</dl>`;
}

function caption({ note }: { readonly note?: string }): string {
  return note === undefined ? '' : `\n<p class="note">${escaped(note)}</p>`;
}
