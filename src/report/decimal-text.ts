/**
 * Decimal text of doubles: rounding and shifting happen on the digits that a reader would see, never in binary.
 *
 * So 0.145 with two places is 0.15 although the double lies below it, 0.07 as percent is 7 and not
 * 7.000000000000001, and every version of Node writes the same characters.
 */

/** The value 0.DIGITS times ten to the power of `point`; digits neither begin nor end with a zero, and are '' for 0. */
export type DecimalText = { readonly negative: boolean; readonly digits: string; readonly point: number };

/** The shortest decimal text that reads back to the same double, or the decimal that a text like `-12.50` states. */
export function decimalText(value: number | string): DecimalText {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  return trimmed(negative, whole + fraction, whole.length + Number(exponent));
}

/** Times ten to the power of `places`, exactly. */
export function shifted({ negative, digits, point }: DecimalText, places: number): DecimalText {
  return digits === '' ? { negative, digits, point } : { negative, digits, point: point + places };
}

/** Rounded to so many decimals, half away from zero. */
export function rounded({ negative, digits, point }: DecimalText, decimals: number): DecimalText {
  const keep = point + decimals;
  if (keep >= digits.length) return { negative, digits, point };
  if (keep < 0) return { negative: false, digits: '', point: 0 };
  const head = digits.slice(0, keep);
  if (digits.charCodeAt(keep) < FIVE) return trimmed(negative, head, point);
  const nines = /9*$/.exec(head)?.[0].length ?? 0;
  const rest = head.slice(0, keep - nines);
  // All nines become a one before the first digit.
  if (rest === '') return { negative, digits: '1', point: point + 1 };
  return trimmed(negative, rest.slice(0, -1) + String(Number(rest.at(-1)) + 1), point);
}

/** How many digits stand behind the point. */
export function decimalsOf({ digits, point }: DecimalText): number {
  return Math.max(0, digits.length - point);
}

/**
 * Plain text without an exponent, filled up with zeros to at least so many decimals, with a comma between thousands.
 * Zero has no sign.
 */
export function plainText({ negative, digits, point }: DecimalText, decimals = 0): string {
  const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const zeros = digits === '' ? '' : '0'.repeat(Math.max(0, -point));
  const fraction = (zeros + digits.slice(Math.max(0, point))).padEnd(decimals, '0');
  const body = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const text = fraction === '' ? body : `${body}.${fraction}`;
  return negative && digits !== '' ? `-${text}` : text;
}

const FIVE = 0x35;

function trimmed(negative: boolean, digits: string, point: number): DecimalText {
  const zeros = /^0*/.exec(digits)?.[0].length ?? 0;
  const core = digits.slice(zeros).replace(/0+$/, '');
  return core === ''
    ? { negative: false, digits: '', point: 0 }
    : { negative, digits: core, point: point - zeros };
}
