/** What a rule of sizing allows: a fraction of equity, or no bound at all, and why it is not the plain formula. */

/** Every reason, with its meaning. */
export const sizingReasons = {
  'no-edge': 'the expected growth is not positive at any size: the fraction is 0',
  'no-trades': 'no trade was won or lost: there is no evidence of an edge, and the fraction is 0',
  'no-loser': 'no trade was lost: the win rate is its lower bound, and the average loss has to be stated',
  'few-trades': 'fewer than 30 trades were won or lost: the win rate is its lower bound',
  'no-volatility': 'the volatility is 0, or no more than rounding: this rule sets no bound',
  'no-fall': 'neither the worst fall nor maintenance is above 0: this rule sets no bound',
  'no-losing-return': 'no return of the series is a loss: this rule sets no bound',
  'not-stated': 'no bet was stated: give --win-rate, --win and --loss',
  'no-journal': 'no journal was given: give --journal',
  'no-bars': 'no bars were given: give --ohlcv',
  'no-side': 'the drift of a price is an edge of one side: give --direction or --stop',
  'other-bet':
    'holding the market is another bet than the trades or the stated one: it stands beside, and does not bind',
  'no-signal': 'neither a signal nor trades with a confidence were given',
  'no-performance': 'too few closed trades for a recent win rate, and none was stated',
  off: 'switched off in the configuration',
} as const;

export type SizingReason = keyof typeof sizingReasons;

export type Allowed = {
  /** A fraction of equity >= 0, finite; null where the rule sets no bound. */
  readonly fraction: number | null;
  /** null where the formula stands as it is. */
  readonly reason: SizingReason | null;
};

/** A fraction below it is the rounding of a fair game. */
const EDGE_MIN = 1e-12;

/**
 * The share of a Kelly fraction that is used: max(0, full) * share.
 *
 * @param full      signed; a negative one asks for the other side, and allows nothing on this one
 * @param share     in (0, 1]; 0.25 for quarter Kelly
 * @param caution   why `full` is less than its plain formula; null where it is not
 * @throws RangeError where the share lies outside (0, 1] or the fraction is not finite
 */
export function allowedShare(full: number, share: number, caution: SizingReason | null = null): Allowed {
  if (!(share > 0 && share <= 1)) throw new RangeError(`a share of Kelly must lie in (0, 1], was ${share}`);
  if (!Number.isFinite(full)) throw new RangeError(`a Kelly fraction must be finite, was ${full}`);
  return full > EDGE_MIN ? { fraction: full * share, reason: caution } : { fraction: 0, reason: 'no-edge' };
}

/** The ratio of a limit and what one unit of notional costs; null with its reason where that is nothing. */
export function allowedRatio(limit: number, cost: number, none: SizingReason): Allowed {
  if (!(limit >= 0 && Number.isFinite(limit)))
    throw new RangeError(`a limit must be finite and at least 0, was ${limit}`);
  if (!(cost >= 0 && Number.isFinite(cost)))
    throw new RangeError(`what a limit is divided by must be finite and at least 0, was ${cost}`);
  const fraction = limit / cost;
  return Number.isFinite(fraction) ? { fraction, reason: null } : { fraction: null, reason: none };
}
