/** What only makes sense beside some horizons. */
import { InputError } from '../../model/errors.ts';
import type { VarConfig } from '../var-config.ts';

/**
 * @throws InputError USAGE  where the root of time is asked for and the horizon is one period, or a backtest and it is several: days
 *   that overlap are no days of a test (RULES 4.4)
 */
export function refuseHorizon({ sqrtTime, backtest, horizon }: VarConfig, periods: number): void {
  if (sqrtTime && periods === 1) {
    throw new InputError({
      code: 'USAGE',
      message: `scaling by the root of time must stand beside a --horizon of several days, was ${horizon}`,
      remedy: 'Ask for --horizon 10d, or leave --sqrt-time out',
    });
  }
  if (backtest && periods > 1) {
    throw new InputError({
      code: 'USAGE',
      message: `a backtest must have a --horizon of up to a day, since longer ones overlap, was ${horizon}`,
      remedy: 'Ask for --horizon 1d, or leave --backtest out',
    });
  }
}
