/**
 * Alerts at shares of a limit, and on the way back (S4, alerts: 50 % yellow, 75 % orange, reached red).
 *
 * A share is announced where the use reaches it, once; it is taken back where the use falls below the share beneath it, so
 * that a use which trembles around a share says nothing twice.
 */
import type { Order } from '../risk/compare.ts';
import type { Finding, Severity } from './decision.ts';
import type { Say } from './guard.ts';

/** Shares of a limit, ascending; S4. */
export const alertShares = [0.5, 0.75, 1] as const;

/** How many of the shares are announced; plain data. */
export type LimitState = { announced: number };

export function createLimit(): LimitState {
  return { announced: 0 };
}

/** Where the use falls below this share of the limit, the last announcement is taken back. */
function shareBeneath(announced: number): number {
  return announced > 1 ? alertShares[announced - 2]! : alertShares[0] / 2;
}

/** The shares at which something is to be said next; null where none is. For `watch`. */
export function nextShares({ announced }: LimitState): {
  readonly up: number | null;
  readonly down: number | null;
} {
  return {
    up: alertShares[announced] ?? null,
    down: announced === 0 ? null : shareBeneath(announced),
  };
}

export type Limit = {
  readonly rule: string;
  readonly measure: string;
  readonly limit: number;
  readonly observed: number;
  /** The order of the measure and a bound. */
  readonly compare: (bound: number) => Order;
};

/** Says what is new about a limit: the highest share that is reached, or that it is left again. */
export function followLimit(
  state: LimitState,
  { rule, measure, limit, observed, compare }: Limit,
  say: Say,
): void {
  const finding = (share: number, severity: Severity): Finding => {
    return { rule, severity, measure, observed, threshold: share * limit };
  };
  let reached = state.announced;
  while (reached < alertShares.length && compare(alertShares[reached]! * limit) >= 0) reached += 1;
  if (reached > state.announced) {
    const severity = (['info', 'warning', 'critical'] as const)[reached - 1] ?? 'critical';
    state.announced = reached;
    say.alert(finding(alertShares[reached - 1]!, severity));
    return;
  }
  while (state.announced > 0 && compare(shareBeneath(state.announced) * limit) < 0) state.announced -= 1;
  if (state.announced < reached)
    say.alert({ ...finding(shareBeneath(reached), 'info'), rule: `${rule}-recovered` });
}
