/**
 * Reads a JSON file that is one array, an element at a time, so that memory does not grow with the file and an error
 * can name its row.
 *
 * Elements are cut out by their brackets and quotes and parsed one by one. A file that ends before its array does is
 * cut off; anything else than white space before or behind the array is refused.
 */
import { DataError } from '../model/errors.ts';
import type { Source } from './source.ts';

/** The JSON text of an element and its place in the array, 0-based. */
type OnElement = (text: string, index: number) => void;

type Scan = {
  readonly onElement: OnElement;
  count: number;
  depth: number;
  inString: boolean;
  escaped: boolean;
  isClosed: boolean;
  /** The beginning of an element whose end has not come yet. */
  rest: string;
};

/**
 * @throws DataError FILE_FORMAT where the file is no JSON array, ROW_CUT where it is cut off, FILE_EMPTY for `[]`
 */
export async function readRows(source: Source, onElement: OnElement): Promise<number> {
  const scan = newScan(onElement);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const place = { file: source.path };
  for await (const chunk of source.chunks()) {
    const text = decoded(() => decoder.decode(chunk, { stream: true }), source.path);
    if (!scanText(scan, text)) {
      const message = `a JSON file must be one array, something else was ${scan.isClosed ? 'behind' : 'before'} it`;
      throw new DataError({ code: 'FILE_FORMAT', message, place });
    }
  }
  decoded(() => decoder.decode(), source.path);
  if (!scan.isClosed) {
    const message = `a JSON array must be closed, the file ended in row ${scan.count + 1}`;
    throw new DataError({ code: 'ROW_CUT', message, place, remedy: 'Fetch the file again' });
  }
  if (scan.count > 0) return scan.count;
  throw new DataError({ code: 'FILE_EMPTY', message: 'a JSON array must hold rows, held none', place });
}

/** The first elements that a text holds whole; none where it does not begin like a JSON array. */
export function firstRows(text: string, limit: number): string[] {
  const rows: string[] = [];
  const scan = newScan((row) => {
    if (rows.length < limit) rows.push(row);
  });
  scanText(scan, text);
  return rows;
}

function newScan(onElement: OnElement): Scan {
  return { onElement, count: 0, depth: 0, inString: false, escaped: false, isClosed: false, rest: '' };
}

/** Takes the next piece of the text in; false where something stands outside the array. */
function scanText(scan: Scan, piece: string): boolean {
  let { depth, inString, escaped } = scan;
  const text = scan.rest + piece;
  let start = 0;
  for (let at = scan.rest.length; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (escaped) escaped = false;
      else if (code === BACKSLASH) escaped = true;
      else if (code === QUOTE) inString = false;
    } else if (depth === 0) {
      if (code === OPEN && !scan.isClosed) {
        depth = 1;
        start = at + 1;
      } else if (code > SPACE) return false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN || code === OPEN_BRACE) depth += 1;
    else if ((code === CLOSE || code === CLOSE_BRACE) && depth > 1) depth -= 1;
    else if (depth === 1 && (code === COMMA || code === CLOSE)) {
      const element = text.slice(start, at).trim();
      start = at + 1;
      if (code === CLOSE) {
        scan.isClosed = true;
        depth = 0;
      }
      // An empty array has no element before its end; an element that is left out is handed on as an empty text.
      if (element !== '' || code === COMMA || scan.count > 0) scan.onElement(element, scan.count++);
    }
  }
  Object.assign(scan, { depth, inString, escaped, rest: depth === 0 ? '' : text.slice(start) });
  return true;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACE = 0x20;

function decoded(decode: () => string, file: string): string {
  try {
    return decode();
  } catch {
    throw new DataError({
      code: 'FILE_FORMAT',
      message: 'a JSON file must be UTF-8 text to its end, was not',
      place: { file },
      remedy: 'Save the file anew with the encoding UTF-8, or export it again: it may be damaged',
    });
  }
}
