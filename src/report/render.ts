/** A page in the form that stdout was asked to carry. */
import type { Page } from '../model/page.ts';
import { csvText } from './csv.ts';
import { markdownText } from './markdown.ts';
import { type TextOptions, tableText } from './table.ts';

export type PageFormat = 'table' | 'markdown' | 'csv';

export function renderPage(page: Page, format: PageFormat, options: TextOptions): string {
  switch (format) {
    case 'table':
      return tableText(page, options);
    case 'markdown':
      return markdownText(page);
    case 'csv':
      return csvText(page);
  }
}
