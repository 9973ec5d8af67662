/** Caps on notional over equity that stand beside every Kelly rule; each a fraction of equity. */
import { type Allowed, allowedRatio } from './allowed.ts';
import { unroundedVolatility } from './unrounded-volatility.ts';

/**
 * The leverage that lives through the worst fall: 1 / (worstFall + mmr). A long may have a little more, since its maintenance
 * falls with the price (`survivableLeverage` has it exactly, with brackets); a short has a little less.
 *
 * @param worstFall  against the position, a fraction >= 0 of the price
 * @param mmr        maintenance, a fraction of notional, >= 0
 * Source  QUANT 5
 */
export function worstFallCap(worstFall: number, mmr: number): Allowed {
  if (!(mmr >= 0 && mmr < 1)) throw new RangeError(`a maintenance rate must lie in [0, 1), was ${mmr}`);
  if (!(worstFall >= 0)) throw new RangeError(`a fall must be at least 0, was ${worstFall}`);
  return allowedRatio(1, worstFall + mmr, 'no-fall');
}

/**
 * The notional whose volatility is a target: target / volatility, both of one period. No bound where the volatility is 0, or no
 * more than rounding.
 *
 * @param target  standard deviation of equity, a fraction >= 0; S0 takes 0.02
 * Source  S0, max_portfolio_risk / volatility
 */
export function volatilityCap(target: number, volatility: number): Allowed {
  return allowedRatio(target, unroundedVolatility(volatility, 0), 'no-volatility');
}
