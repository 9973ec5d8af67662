/** A page as text for a terminal of a given width; no line is wider. */
import type { Block, Page, TextBlock } from '../model/page.ts';
import { barsText } from './bars-text.ts';
import { fieldsText } from './fields-text.ts';
import { gridText } from './grid-text.ts';
import { heatTable } from './heat-table.ts';
import { linesText } from './lines-text.ts';
import { type Pen, penOf, type TextOptions, toned } from './pen.ts';
import { wrapped } from './text-width.ts';
import { timelineText } from './timeline-text.ts';

export function tableText(page: Page, options: TextOptions): string {
  const pen = penOf(options);
  const head = [
    ...wrapped(page.title, pen.width).map((line) => pen.chalk.bold(line)),
    ...wrapped(page.subtitle, pen.width),
  ];
  const parts = page.blocks.map((block, i) => {
    // Remarks of one kind stand close, like items of a list.
    const gap = isRemark(block) && isLike(block, page.blocks[i - 1]) ? '\n' : '\n\n';
    return gap + blockText(block, pen);
  });
  const foot = page.provenance === undefined ? [] : wrapped(page.provenance, pen.width, 2);
  const last = foot.length === 0 ? '' : `\n\n${foot.map((line) => pen.chalk.dim(line)).join('\n')}`;
  return `${head.join('\n')}${parts.join('')}${last}\n`;
}

function blockText(block: Block, pen: Pen): string {
  switch (block.kind) {
    case 'text':
      return remarkText(block, pen);
    case 'fields':
      return fieldsText(block, pen);
    case 'table':
      return gridText(block, pen);
    case 'lines':
      return linesText(block, pen);
    case 'bars':
      return barsText(block, pen);
    case 'timeline':
      return timelineText(block, pen);
    case 'heatmap':
      return [gridText(heatTable(block), pen), ...noteLines(block.note, pen)].join('\n');
  }
}

function noteLines(note: string | undefined, pen: Pen): string[] {
  return note === undefined ? [] : wrapped(note, pen.width).map((line) => pen.chalk.dim(line));
}

/** Paragraphs; later lines of a remark are set in, so that one is told from the next. */
function remarkText({ text, tone = 'plain' }: TextBlock, pen: Pen): string {
  const indent = tone === 'plain' ? 0 : 2;
  return text
    .split('\n')
    .flatMap((paragraph) => wrapped(paragraph, pen.width, indent))
    .map((line) => toned(pen, tone, line))
    .join('\n');
}

function isRemark(block: Block): block is TextBlock {
  return block.kind === 'text' && (block.tone ?? 'plain') !== 'plain';
}

function isLike(block: TextBlock, before: Block | undefined): boolean {
  return before?.kind === 'text' && before.tone === block.tone;
}
