/** The position that is sized: side, entry, stop and what lies between, stated or worked out. */
import type { Bars } from '../../market/bars.ts';
import { InputError } from '../../model/errors.ts';
import { isolatedLiquidationPrice } from '../../risk/liquidation-price.ts';
import type { SizeConfig } from '../size-config.ts';
import type { SizeResult } from '../size-result.ts';

type Position = SizeResult['position'];

export type Side = 1 | -1;

export type Terms = {
  /** null where neither direction nor a stop tells. */
  readonly side: Side | null;
  /** null without bars and without one stated. */
  readonly entry: number | null;
  readonly entryFrom: Position['entryFrom'];
  /** |entry - stop| / entry of a stated stop; null without one. */
  readonly statedStop: number | null;
};

/** @throws InputError USAGE where a stop has no entry, or lies on the wrong side of it */
export function termsOf({ direction, entry, stop }: SizeConfig, bars: Bars | null): Terms {
  const close = bars === null ? null : bars.close[bars.close.length - 1]!;
  const price = entry === null ? close : Number(entry);
  const asked = direction === 'both' ? null : direction === 'long' ? 1 : -1;
  const entryFrom = entry !== null ? 'stated' : close === null ? null : 'close';
  if (stop === null) return { side: asked, entry: price, entryFrom, statedStop: null };
  if (price === null)
    throw usage('a stop must have an entry to be away from, was --stop alone', 'Give --entry, or bars');
  const level = Number(stop);
  if (level === price)
    throw usage(`a stop must lie away from the entry, was ${stop} for both`, 'Change --stop or --entry');
  const side = level < price ? 1 : -1;
  if (asked !== null && asked !== side) {
    const below = asked > 0 ? 'below' : 'above';
    throw usage(
      `the stop of a ${direction} must lie ${below} its entry ${price}, was ${stop}`,
      'Change --direction, --stop or --entry',
    );
  }
  return { side, entry: price, entryFrom, statedStop: Math.abs(price - level) / price };
}

function usage(message: string, remedy: string): InputError {
  return new InputError({ code: 'USAGE', message, remedy });
}

export type Stop = Pick<Position, 'stopDistance' | 'stopFrom'>;

/** The distance that risk is counted to: of a stated stop, else what the guard assumes of an order without one. */
export function stopOf(
  { statedStop, entry }: Terms,
  { atr, atrs, leverage }: { readonly atr: number | null; readonly atrs: number; readonly leverage: number },
): Stop {
  if (statedStop !== null) return { stopDistance: statedStop, stopFrom: 'stated' };
  const assumed = atr === null || entry === null ? 0 : (atrs * atr) / entry;
  // Bars that never moved have an ATR of 0, and no stop.
  return assumed > 0
    ? { stopDistance: assumed, stopFrom: 'atr' }
    : { stopDistance: 1 / leverage, stopFrom: 'leverage' };
}

/** |entry - liquidation price| / entry of the position alone and isolated; of the nearer side where it has none. */
export function liquidationDistance(leverage: number, mmr: number, side: Side | null): number {
  const sides = side === null ? ([1, -1] as const) : [side];
  return Math.min(
    ...sides.map((one) => Math.max(0, one * (1 - isolatedLiquidationPrice(1, leverage, mmr, one)))),
  );
}
