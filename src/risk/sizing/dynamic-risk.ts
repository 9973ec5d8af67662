/**
 * S0's risk limit that follows performance and market:
 *
 *   min(0.02 x performance factor x market factor, 0.05)
 *
 *   performance  below 0.3: 0.5, above 0.8: 1.2, else 1.0
 *   volatility   above 0.25: 0.6, below 0.10: 1.1, else 1.0
 *
 * All four bounds are exclusive. At the base of 2 % the largest limit is 2.64 %: the cap of 5 % binds only a base above
 * 3.79 %.
 *
 * Source  S0, DynamicRiskAdjuster.adjust_risk_limits
 */

/** Fractions of equity at risk. */
export const DYNAMIC_BASE = 0.02;
export const DYNAMIC_CAP = 0.05;

export type DynamicRisk = {
  /** A fraction of equity at risk, at most 0.05. */
  readonly limit: number;
  readonly performanceFactor: 0.5 | 1 | 1.2;
  readonly marketFactor: 0.6 | 1 | 1.1;
  /** Whether the cap of 5 % decides. */
  readonly capped: boolean;
};

/**
 * @param recent      performance: a Sharpe ratio or win rate of late, as the caller has it
 * @param volatility  a fraction >= 0; RULES 1.12 takes volatility24h
 * @param base        a fraction of equity, >= 0
 */
export function dynamicRisk(recent: number, volatility: number, base: number = DYNAMIC_BASE): DynamicRisk {
  if (!Number.isFinite(recent)) throw new RangeError(`a performance must be finite, was ${recent}`);
  if (!(volatility >= 0 && Number.isFinite(volatility)))
    throw new RangeError(`a volatility must be finite and at least 0, was ${volatility}`);
  if (!(base >= 0 && Number.isFinite(base)))
    throw new RangeError(`a base must be finite and at least 0, was ${base}`);
  const performanceFactor = recent < 0.3 ? 0.5 : recent > 0.8 ? 1.2 : 1;
  const marketFactor = volatility > 0.25 ? 0.6 : volatility < 0.1 ? 1.1 : 1;
  const adjusted = base * performanceFactor * marketFactor;
  return {
    limit: Math.min(adjusted, DYNAMIC_CAP),
    performanceFactor,
    marketFactor,
    capped: adjusted > DYNAMIC_CAP,
  };
}
