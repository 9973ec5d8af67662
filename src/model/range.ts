/** Ranges as they are written on a command line and in a configuration: `0.5:6:0.1`, both ends included. */
import { InputError } from './errors.ts';

export const rangePattern = /^\d+(\.\d+)?:\d+(\.\d+)?:\d+(\.\d+)?$/;

const COUNT_MAX = 10_000;

/**
 * The numbers of a range, each the double nearest to its decimal (0.1 added ten times is not 1).
 *
 * @returns ascending, at least one
 * @throws InputError USAGE  where the text is no range, the step is 0, the ends are turned round, or over 10,000 result
 */
export function parseRange(text: string): number[] {
  if (!rangePattern.test(text)) throw rangeError('a range must read from:to:step', text);
  const parts = text.split(':');
  const decimals = Math.max(...parts.map((part) => part.split('.')[1]?.length ?? 0));
  const [from = 0, to = 0, step = 0] = parts.map((part) => scaled(part, decimals));
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to))
    throw rangeError('a range must have fewer digits', text);
  if (step <= 0) throw rangeError('the step of a range must be above 0', text);
  if (from > to) throw rangeError('a range must ascend', text);
  const count = Math.floor((to - from) / step) + 1;
  if (count > COUNT_MAX) throw rangeError(`a range must hold at most ${COUNT_MAX} values`, text);
  // The text of the integer with its decimal point put back reads as the nearest double.
  return Array.from({ length: count }, (_, i) => Number(`${from + i * step}e-${decimals}`));
}

/** `0.5` with 1 decimal is 5: the digits without their point. */
function scaled(part: string, decimals: number): number {
  const [whole = '', fraction = ''] = part.split('.');
  return Number(whole + fraction.padEnd(decimals, '0'));
}

function rangeError(rule: string, text: string): InputError {
  return new InputError({
    code: 'USAGE',
    message: `${rule}, was "${text}"`,
    remedy: 'Write for example 0.5:6:0.1',
  });
}
