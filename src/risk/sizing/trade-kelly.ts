/**
 * Kelly from one's own trades, as a fraction of equity **at risk**: one unit is the average loss, so the notional that puts
 * that fraction at risk is f x equity / average loss (RULES 4.6).
 *
 *   f = W - (1 - W) / R,   R = average win / average loss
 *
 * Trades that ended where they began are left out: of three outcomes the one that changes nothing does not move the
 * maximum of the growth. S2's own function takes the same f for the position itself; it is `literalKelly`.
 */
import { sum } from '../../math/sum.ts';
import { type Allowed, allowedShare } from './allowed.ts';
import { binaryKelly } from './binary-kelly.ts';
import { cautiousWinRate } from './win-rate.ts';

export type TradeKelly = {
  readonly winners: number;
  readonly losers: number;
  readonly flat: number;
  /** null without a winner and a loser. */
  readonly observedWinRate: number | null;
  /** The rate that the fractions rest on; below the observed one under 30 trades or without a loser. */
  readonly winRate: number | null;
  /** Fractions of notional, > 0; null where there is none. */
  readonly averageWin: number | null;
  readonly averageLoss: number | null;
  /** Of equity, at risk. */
  readonly atRisk: Allowed;
  /** The same as a notional: at risk / average loss. */
  readonly notional: Allowed;
};

export type TradeKellyOptions = {
  /** In (0, 1]; 0.25 for quarter Kelly. */
  readonly share: number;
  /** What a lost trade costs, as a fraction of notional, where none was lost: the distance to the stop. null: not known. */
  readonly statedLoss: number | null;
};

/** A trade that moved no further ended where it began: exit / entry - 1 is rounded. */
const FLAT = 1e-12;

/**
 * @param returns  of each trade, fractions of notional, costs included; finite
 * @throws RangeError where a return is not finite, or a stated loss not above 0
 */
export function kellyFromTrades(returns: Float64Array, { share, statedLoss }: TradeKellyOptions): TradeKelly {
  if (statedLoss !== null && !(statedLoss > 0 && Number.isFinite(statedLoss)))
    throw new RangeError(`a stated loss must be finite and above 0, was ${statedLoss}`);
  const wrong = returns.findIndex((one) => !Number.isFinite(one));
  if (wrong >= 0) throw new RangeError(`a return must be finite, was ${returns[wrong]} at ${wrong}`);
  const wins = returns.filter((one) => one > FLAT);
  const losses = returns.filter((one) => one < -FLAT);
  const decided = wins.length + losses.length;
  const rate = decided === 0 ? null : cautiousWinRate(wins.length, losses.length);
  const counted = {
    winners: wins.length,
    losers: losses.length,
    flat: returns.length - decided,
    observedWinRate: rate?.observed ?? null,
    winRate: rate?.used ?? null,
    averageWin: wins.length === 0 ? null : sum(wins) / wins.length,
    averageLoss: losses.length === 0 ? statedLoss : -sum(losses) / losses.length,
  };
  return { ...counted, ...fractionsOf(counted, share, rate?.reason ?? null) };
}

type Counted = Pick<TradeKelly, 'winRate' | 'averageWin' | 'averageLoss'>;

function fractionsOf(
  { winRate, averageWin, averageLoss }: Counted,
  share: number,
  caution: Allowed['reason'],
): Pick<TradeKelly, 'atRisk' | 'notional'> {
  if (winRate === null) return both({ fraction: 0, reason: 'no-trades' });
  if (averageWin === null) return both({ fraction: 0, reason: 'no-edge' });
  // Nothing says what a loss would cost: the caps bound the size, not this rule.
  if (averageLoss === null) return both({ fraction: null, reason: 'no-loser' });
  const full = binaryKelly({ winRate, win: averageWin / averageLoss, loss: 1 });
  const atRisk = allowedShare(full, share, caution);
  const { fraction, reason } = atRisk;
  return { atRisk, notional: { fraction: fraction === null ? null : fraction / averageLoss, reason } };
}

function both(allowed: Allowed): Pick<TradeKelly, 'atRisk' | 'notional'> {
  return { atRisk: allowed, notional: allowed };
}
