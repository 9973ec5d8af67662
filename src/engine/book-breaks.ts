/** Limits that a held book breaks before anything has happened: limits judge orders, so nothing is cut (RULES 3.1). */
import type { GuardName } from './decision.ts';
import { compareTotal, holdingOf } from './exposure.ts';
import { capOf } from './guards/leverage-cap.ts';
import { bookUses } from './guards/portfolio-limits.ts';
import { shareOf } from './guards/trade-limits.ts';
import type { GuardsConfig } from './guards-config.ts';
import type { PositionView, View } from './view.ts';

export type BookBreak = {
  readonly guard: GuardName;
  readonly rule: string;
  /** Indexes; null where it is of the book as a whole. */
  readonly account: number | null;
  readonly symbol: number | null;
  readonly measure: string;
  readonly observed: number;
  readonly threshold: number;
};

export function bookBreaks(view: View, config: GuardsConfig, mode: string): BookBreak[] {
  const cap = capOf(config['leverage-cap'], mode);
  const leverage = view.positions
    .filter((one) => one.leverage > cap)
    .map(({ account, symbol, leverage: observed }): BookBreak => {
      const measure = 'leverage';
      return { guard: 'leverage-cap', rule: 'leverage', account, symbol, measure, observed, threshold: cap };
    });
  const book = view.positions.map((one) => holdingOf(view, one));
  const portfolio = bookUses(view, config['portfolio-limits'], book)
    .filter(({ compare, limit }) => compare(limit) > 0)
    .map(({ rule, measure, observed, limit }): BookBreak => {
      const about = { account: null, symbol: null };
      return { guard: 'portfolio-limits', rule, ...about, measure, observed, threshold: limit };
    });
  return [...leverage, ...portfolio, ...view.positions.flatMap((one) => positionBreaks(view, config, one))];
}

/** A position that no order would have been allowed to make; its risk is known where its stop is. */
function positionBreaks(view: View, config: GuardsConfig, position: PositionView): BookBreak[] {
  const { maxPositionMargin, maxPositionNotional, maxRisk } = config['trade-limits'];
  const hasStop = position.stop !== null || position.statedStop !== null;
  const limits = [
    { rule: 'position-margin', measure: 'positionMargin', of: 'margin', limit: maxPositionMargin },
    { rule: 'position-notional', measure: 'positionNotional', of: 'notional', limit: maxPositionNotional },
    { rule: 'risk', measure: 'riskPerTrade', of: 'risk', limit: hasStop ? maxRisk : null },
  ] as const;
  const { account, symbol } = position;
  const held = [holdingOf(view, position)];
  return limits.flatMap(({ rule, measure, of, limit }): BookBreak[] => {
    const observed = shareOf(view, held, of);
    if (limit === null || observed === null || compareTotal(view, held, of, limit) <= 0) return [];
    return [{ guard: 'trade-limits', rule, account, symbol, measure, observed, threshold: limit }];
  });
}
