/** Scaling by the square root of time, which only stands beside a horizon of several days. */
import { InputError } from '../../model/errors.ts';
import type { VarConfig } from '../var-config.ts';

/** @throws InputError USAGE  where it is asked for and the horizon is one period */
export function refuseSqrtTime({ sqrtTime, horizon }: VarConfig, periods: number): void {
  if (!sqrtTime || periods > 1) return;
  throw new InputError({
    code: 'USAGE',
    message: `scaling by the root of time must stand beside a --horizon of several days, was ${horizon}`,
    remedy: 'Ask for --horizon 10d, or leave --sqrt-time out',
  });
}
