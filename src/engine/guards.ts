/**
 * The one ordered list of guards. Their order is their precedence: where several refuse an order, or ask for the same of a
 * position, the first is the reason.
 */
import type { GuardName } from './decision.ts';
import { type Configured, withConfig } from './engine.ts';
import { accountLevels } from './guards/account-levels.ts';
import { circuitBreakers } from './guards/circuit-breakers.ts';
import { emergencyStop } from './guards/emergency-stop.ts';
import { flags } from './guards/flags.ts';
import { fundingBreaker } from './guards/funding-breaker.ts';
import { leverageCap } from './guards/leverage-cap.ts';
import { marginLadder } from './guards/margin-ladder.ts';
import { portfolioLimits } from './guards/portfolio-limits.ts';
import { sessionLimits } from './guards/session-limits.ts';
import { stops } from './guards/stops.ts';
import { tradeLimits } from './guards/trade-limits.ts';
import type { GuardsConfig } from './guards-config.ts';

/** The guards of a list, each with its part of the configuration, in order of precedence. */
export function configureGuards(config: GuardsConfig, enabled: readonly GuardName[]): Configured[] {
  const { alertShares } = config;
  const all: readonly Configured[] = [
    withConfig(emergencyStop, config['emergency-stop'], alertShares),
    withConfig(accountLevels, config['account-levels'], alertShares),
    withConfig(marginLadder, config['margin-ladder'], alertShares),
    withConfig(circuitBreakers, config['circuit-breakers'], alertShares),
    withConfig(fundingBreaker, config['funding-breaker'], alertShares),
    withConfig(stops, config.stops, alertShares),
    withConfig(sessionLimits, config['session-limits'], alertShares),
    withConfig(leverageCap, config['leverage-cap'], alertShares),
    withConfig(portfolioLimits, config['portfolio-limits'], alertShares),
    withConfig(tradeLimits, config['trade-limits'], alertShares),
    withConfig(flags, config.flags, alertShares),
  ];
  return all.filter(({ name }) => enabled.includes(name));
}
