/** Texts in a terminal: how many columns they take, and without characters that would steer the terminal. */

/**
 * A text with every control character and every mark that turns the reading direction replaced, so that a symbol or a
 * file name can neither move the cursor nor colour the screen; line feeds and tabs become spaces.
 */
export function printable(text: string): string {
  return Array.from(text, (char) => {
    if (char === '\n' || char === '\t' || char === '\r') return ' ';
    return isSteering(char.codePointAt(0) ?? 0) ? '\ufffd' : char;
  }).join('');
}

/** Columns of a printable text: East Asian wide characters and emoji take two, combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char.codePointAt(0) ?? 0);
  return width;
}

/**
 * A text in lines of at most `width` columns, broken at spaces but not before a percent sign; a word that is longer than
 * a line is broken behind the last hyphen that the line holds, and cut where it holds none. Later lines begin with
 * `indent` spaces.
 */
export function wrapped(text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  let line = '';
  const room = () => (lines.length === 0 ? width : width - indent);
  for (const word of printable(text).split(/ (?!%)/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= room()) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (textWidth(line) > room()) {
      const most = headOf(line, room());
      const head = hyphenated.exec(most)?.[0] ?? most;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line].map((one, i) => (i === 0 ? one : ' '.repeat(indent) + one));
}

/** Filled up with spaces on the right, or on the left. */
export function padded(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return side === 'right' ? text + space : space + text;
}

/** Up to the last hyphen that joins: behind a letter or a digit, so neither a sign nor the dashes of a flag. */
const hyphenated = /^.*[\p{L}\p{N}]-/u;

/** As many whole characters as fit, one at least. */
function headOf(text: string, width: number): string {
  let head = '';
  for (const char of text) {
    if (head !== '' && textWidth(head + char) > width) break;
    head += char;
  }
  return head;
}

type Ranges = readonly (readonly [number, number])[];

const steering: Ranges = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
];

const zeroWide: Ranges = [
  [0x300, 0x36f],
  [0x200b, 0x200f],
  [0xfe00, 0xfe0f],
];

const doubleWide: Ranges = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function isSteering(code: number): boolean {
  return within(code, steering);
}

function charWidth(code: number): number {
  if (code < 0x300) return 1;
  if (within(code, zeroWide)) return 0;
  return within(code, doubleWide) ? 2 : 1;
}

function within(code: number, ranges: Ranges): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}
