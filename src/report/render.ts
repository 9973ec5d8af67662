/** A page in the form that stdout was asked to carry. */
import type { Page } from '../model/page.ts';
import { csvText } from './csv.ts';
import { markdownText } from './markdown.ts';
import type { TextOptions } from './pen.ts';
import { tableText } from './table.ts';

export type PageFormat = 'table' | 'markdown' | 'csv';

/** Width and colour matter to the terminal alone: Markdown and CSV have the same bytes everywhere. */
export function renderPage(page: Page, options: TextOptions & { readonly format: PageFormat }): string {
  switch (options.format) {
    case 'table':
      return tableText(page, options);
    case 'markdown':
      return markdownText(page);
    case 'csv':
      return csvText(page);
  }
}
