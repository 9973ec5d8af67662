import { wilson } from '../../math/wilson.ts';
import type { SizingReason } from './allowed.ts';

/** Below as many trades the rate is its lower bound (RULES 4.6). */
export const TRADES_MIN = 30;

/** Of the interval whose lower end is taken. */
const CONFIDENCE = 0.95;

export type CautiousWinRate = {
  /** winners / (winners + losers), a fraction. */
  readonly observed: number;
  /** The rate to size by: `observed`, or the low end of its Wilson interval at 95 %. */
  readonly used: number;
  readonly reason: Extract<SizingReason, 'no-loser' | 'few-trades'> | null;
};

/**
 * The win rate to size by: under 30 trades, or where none was lost, its lower bound.
 *
 * @param winners, losers  whole, >= 0, together at least 1; trades that ended where they began are neither
 */
export function cautiousWinRate(winners: number, losers: number): CautiousWinRate {
  const trades = winners + losers;
  if (!(Number.isSafeInteger(winners) && Number.isSafeInteger(losers) && winners >= 0 && losers >= 0))
    throw new RangeError(`winners and losers must be counts, was ${winners} and ${losers}`);
  if (trades === 0) throw new RangeError('a win rate must rest on at least one trade, was none');
  const observed = winners / trades;
  if (losers > 0 && trades >= TRADES_MIN) return { observed, used: observed, reason: null };
  const { low } = wilson(winners, trades, CONFIDENCE);
  return { observed, used: low, reason: losers === 0 ? 'no-loser' : 'few-trades' };
}
