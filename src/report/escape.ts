/** Text as text inside HTML and SVG. */
import { printable } from './text-width.ts';

/** For content and for quoted attributes; characters that no page may hold, or that turn the reading direction, are replaced. */
export function escaped(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
