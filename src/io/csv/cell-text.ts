/** What the text of one cell stands for; the fast and the slow path share these rules, so that both read the same bits. */

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A plain decimal number, with an exponent or without; NaN for anything else, and for one beyond the doubles. */
export function decimalOf(text: string): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

/** 1 for true or 1, 0 for false or 0, in any case of letters; NaN for anything else. */
export function flagOf(text: string): number {
  const word = text.toLowerCase();
  if (word === 'true' || word === '1') return 1;
  return word === 'false' || word === '0' ? 0 : Number.NaN;
}
