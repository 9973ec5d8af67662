/**
 * Leverage cap: no order above the leverage of its tier; the tier is the mode of the run.
 *
 * Source  S2 layer 1 (MAX_LEVERAGE, validate_leverage: above the cap is an error, equal passes); RULES 3.1, 3.10
 */

import { money } from '../../model/money.ts';
import { compareNear } from '../../risk/compare.ts';
import type { Guard } from '../guard.ts';
import type { LeverageCapConfig } from './leverage-cap-config.ts';

type LeverageCapState = { readonly cap: number };

export const leverageCap: Guard<LeverageCapConfig, LeverageCapState> = {
  name: 'leverage-cap',
  init: (config, { mode }) => ({ cap: capOf(config, mode) }),
  on: {
    order: (_, { cap }, { order: { leverage } }, say) => {
      say.use('leverage', leverage / cap);
      const order = compareNear(leverage, cap, () => ({ a: money(leverage), b: money(cap) }));
      if (order <= 0) return;
      say.deny({
        rule: 'leverage',
        severity: 'warning',
        measure: 'leverage',
        observed: leverage,
        threshold: cap,
      });
    },
  },
  rules: () => [{ rule: 'leverage', dead: null }],
};

/** The cap of a mode; S2 gives a strategy that it does not list a cap of its own. */
export function capOf(config: LeverageCapConfig, mode: string): number {
  switch (mode) {
    case 'conservative':
    case 'moderate':
    case 'aggressive':
    case 'speculative':
      return config[mode];
    default:
      return config.unlisted;
  }
}
