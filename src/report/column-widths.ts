/** Which columns of a table a terminal has room for, and how wide each is. */
import type { TableBlock } from '../model/page.ts';
import { textWidth } from './text-width.ts';

/** Spaces between two columns. */
export const GAP = 2;

/** A text column asks for no more than this before other columns yield to it; it wraps. */
const TEXT_ASK = 32;
/** A text column narrower than this breaks every word. */
const TEXT_LEAST = 10;

export type Fit = {
  /** Indices of the columns that are shown, in their order. */
  readonly kept: readonly number[];
  /** Indices of those that are not, in the order in which they were left out. */
  readonly left: readonly number[];
  /** Of the kept ones; with the gaps they fill at most the width. */
  readonly widths: readonly number[];
};

type Ask = {
  readonly isText: boolean;
  /** With the title on one line. */
  readonly full: number;
  /** With the title broken between its words. */
  readonly natural: number;
};

/**
 * Columns are left out in the order of `yields`. Where that is not enough text columns are narrowed, and then the others
 * go from the right, numbers before texts; the first column always stays.
 */
export function fitColumns(block: TableBlock, cells: readonly (readonly string[])[], width: number): Fit {
  const asks = block.columns.map(({ title, unit }, i): Ask => {
    const body = Math.max(1, ...cells.map((row) => textWidth(row[i] ?? '')));
    const words = Math.max(...title.split(' ').map(textWidth));
    return {
      isText: unit === 'text',
      full: Math.max(body, textWidth(title)),
      natural: Math.max(body, words),
    };
  });
  const left: number[] = [];
  const kept = () => asks.flatMap((ask, i) => (left.includes(i) ? [] : [ask]));
  const leave = (order: readonly (readonly number[])[], ask: (one: Ask) => number) => {
    for (const together of order) {
      if (kept().length === 1 || total(kept().map(ask)) <= width) return;
      left.push(...together.filter((i) => !left.includes(i)));
    }
  };
  leave(yielding(block), ({ isText, natural }) => (isText ? Math.min(natural, TEXT_ASK) : natural));
  leave(
    others(asks).map((i) => [i]),
    ({ isText, natural }) => (isText ? Math.min(natural, TEXT_LEAST) : natural),
  );
  return {
    kept: asks.flatMap((_, i) => (left.includes(i) ? [] : [i])),
    left,
    widths: widthsOf(kept(), width),
  };
}

/** Those named together go together: the low end of an interval says little without the high one. */
function yielding({ columns, yields = [] }: TableBlock): number[][] {
  return yields.map((keys) =>
    [keys].flat().flatMap((key) => {
      const i = columns.findIndex((column) => column.key === key);
      return i === -1 ? [] : [i];
    }),
  );
}

function others(asks: readonly Ask[]): number[] {
  const fromRight = asks
    .map((_, i) => i)
    .slice(1)
    .reverse();
  return [...fromRight.filter((i) => !asks[i]?.isText), ...fromRight.filter((i) => asks[i]?.isText)];
}

function widthsOf(asks: readonly Ask[], width: number): number[] {
  const full = asks.map((ask) => ask.full);
  if (total(full) <= width) return full;
  const natural = asks.map((ask) => ask.natural);
  const over = total(natural) - width;
  if (over <= 0) return natural;
  const texts = asks.filter(({ isText }) => isText).map((ask) => ask.natural);
  const share = fairShare(texts, Math.max(0, texts.reduce((sum, w) => sum + w, 0) - over));
  return asks.map((ask) =>
    Math.min(width, ask.isText ? Math.min(ask.natural, Math.max(1, share)) : ask.natural),
  );
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, w) => sum + w, 0) + GAP * (widths.length - 1);
}

/** The width up to which columns may be, so that all of them fill the room: narrow ones keep what they have. */
function fairShare(widths: readonly number[], room: number): number {
  let rest = room;
  let left = widths.length;
  for (const width of [...widths].sort((a, b) => a - b)) {
    const share = Math.floor(rest / left);
    if (width > share) return share;
    rest -= width;
    left -= 1;
  }
  return room;
}
