import { type Allowed, allowedShare } from './allowed.ts';
import { binaryKelly } from './binary-kelly.ts';

export type LiteralKellyInput = {
  /** In [0, 1]. */
  readonly winRate: number;
  /** Fractions of the position, >= 0. */
  readonly averageWin: number;
  readonly averageLoss: number;
  /** In (0, 1]; S2 takes 0.25. */
  readonly share: number;
};

/**
 * S2's `kelly_size` to the letter: share x (b p - q) / b of the account, b = average win / average loss, is taken for the
 * position itself. That is a fraction of equity at risk only where a loss is the whole position; at a loss of 3 % it is 33
 * times smaller than what Kelly asks for. It is the smaller of the two wherever an average loss is below 1.
 *
 * @returns a fraction of equity, as notional; 0 without an average loss, as S2 has it, and without an average win
 * Source  S2 layer 2, kelly_size
 */
export function literalKelly({ winRate, averageWin, averageLoss, share }: LiteralKellyInput): Allowed {
  if (averageLoss === 0) return { fraction: 0, reason: 'no-loser' };
  if (averageWin === 0) return { fraction: 0, reason: 'no-edge' };
  return allowedShare(binaryKelly({ winRate, win: averageWin / averageLoss, loss: 1 }), share);
}
