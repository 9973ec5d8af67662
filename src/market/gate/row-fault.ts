/** What makes one bar impossible. */
import type { ErrorCode } from '../../model/errors.ts';
import type { RawBars } from '../raw.ts';

export type RowTrouble = { readonly code: ErrorCode; readonly message: string };

const PRICES = ['open', 'high', 'low', 'close'] as const;

/**
 * The first thing that rules a row out, or null: every price finite and above 0, low <= open, close <= high, volume
 * finite and at least 0.
 */
export function rowTrouble(raw: RawBars, row: number): RowTrouble | null {
  for (const name of PRICES) {
    const price = raw[name][row]!;
    if (!Number.isFinite(price))
      return trouble('ROW_NUMBER', `${name} must be a finite number, was ${price}`);
    if (price <= 0) return trouble('ROW_PRICE', `${name} must be above 0, was ${price}`);
  }
  const high = raw.high[row]!;
  const low = raw.low[row]!;
  if (high < low) {
    return trouble('ROW_RANGE', `high must be at least low, was high ${high} and low ${low}`);
  }
  for (const name of ['open', 'close'] as const) {
    const price = raw[name][row]!;
    if (price < low || price > high) {
      return trouble(
        'ROW_RANGE',
        `${name} must lie within [low, high], was ${price} outside [${low}, ${high}]`,
      );
    }
  }
  return volumeTrouble(raw.volume[row]!);
}

/** Whether the open alone rules the row out: it lies outside [low, high], and all else is as it must be. */
export function hasOnlyOpenOutside(raw: RawBars, row: number): boolean {
  const open = raw.open[row]!;
  const high = raw.high[row]!;
  const low = raw.low[row]!;
  const close = raw.close[row]!;
  if (!(open > 0 && low > 0 && close >= low && close <= high)) return false;
  const isOutside = open < low || open > high;
  return isOutside && open < Infinity && high < Infinity && volumeTrouble(raw.volume[row]!) === null;
}

/** The same test as `rowTrouble(raw, row) === null` in one condition, for the loop over all rows. */
export function isPossible(raw: RawBars, row: number): boolean {
  const open = raw.open[row]!;
  const high = raw.high[row]!;
  const low = raw.low[row]!;
  const close = raw.close[row]!;
  const volume = raw.volume[row]!;
  const inside = low > 0 && open >= low && open <= high && close >= low && close <= high;
  return inside && high < Infinity && volume >= 0 && volume < Infinity;
}

function volumeTrouble(volume: number): RowTrouble | null {
  if (!Number.isFinite(volume)) return trouble('ROW_NUMBER', `volume must be a finite number, was ${volume}`);
  return volume < 0 ? trouble('ROW_VALUE', `volume must be at least 0, was ${volume}`) : null;
}

function trouble(code: ErrorCode, message: string): RowTrouble {
  return { code, message };
}
