/** The configuration of all guards: the section `guards`. */
import { z } from 'zod';
import { accountLevelsConfig } from './guards/account-levels-config.ts';
import { circuitBreakersConfig } from './guards/circuit-breakers-config.ts';
import { emergencyStopConfig } from './guards/emergency-stop-config.ts';
import { flagsConfig } from './guards/flags-config.ts';
import { fundingBreakerConfig } from './guards/funding-breaker-config.ts';
import { leverageCapConfig } from './guards/leverage-cap-config.ts';
import { marginLadderConfig } from './guards/margin-ladder-config.ts';
import { portfolioLimitsConfig } from './guards/portfolio-limits-config.ts';
import { sessionLimitsConfig } from './guards/session-limits-config.ts';
import { stopsConfig } from './guards/stops-config.ts';
import { tradeLimitsConfig } from './guards/trade-limits-config.ts';

const alertShares = z
  .array(z.number().positive().max(1))
  .min(1)
  .refine((shares) => shares.every((share, i) => i === 0 || share > (shares[i - 1] ?? 0)), {
    error: 'the shares of a limit at which it is told of must ascend',
  });

export const guardsConfig = z.strictObject({
  alertShares: alertShares.describe(
    'Shares of a limit that are told of once a day on the way up and once on the way back',
  ),
  'emergency-stop': emergencyStopConfig,
  'account-levels': accountLevelsConfig,
  'margin-ladder': marginLadderConfig,
  'circuit-breakers': circuitBreakersConfig,
  'funding-breaker': fundingBreakerConfig,
  stops: stopsConfig,
  'session-limits': sessionLimitsConfig,
  'leverage-cap': leverageCapConfig,
  'portfolio-limits': portfolioLimitsConfig,
  'trade-limits': tradeLimitsConfig,
  flags: flagsConfig,
});

export type GuardsConfig = z.output<typeof guardsConfig>;
