/** The account levels as S3 29.3.1 has them, with nothing that tightens them. */
import type { AccountLevelsConfig } from '../../src/engine/guards/account-levels-config.ts';

export const s3: AccountLevelsConfig = {
  warning: 2,
  critical: 1.5,
  liquidation: 1.2,
  target: 2,
  strategy: 'proportional',
  method: 'immediate',
  slices: 4,
  durationMinutes: 60,
  priority: 'risk',
  dynamic: { accountSize: [], strategyRisk: [], market: [], history: [] },
};
