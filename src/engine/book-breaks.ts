/** Limits that a held book breaks before anything has happened: limits judge orders, so nothing is cut (RULES 3.1). */
import { compareShare } from '../risk/compare.ts';
import type { GuardName } from './decision.ts';
import { type Holding, holdingOf } from './exposure.ts';
import { capOf } from './guards/leverage-cap.ts';
import { bookUses } from './guards/portfolio-limits.ts';
import type { GuardsConfig } from './guards-config.ts';
import type { View } from './view.ts';

export type BookBreak = {
  readonly guard: GuardName;
  readonly rule: string;
  /** Indexes; null where it is of the book as a whole. */
  readonly account: number | null;
  readonly symbol: number | null;
  readonly observed: number;
  readonly threshold: number;
};

export function bookBreaks(view: View, config: GuardsConfig, mode: string): BookBreak[] {
  const cap = capOf(config['leverage-cap'], mode);
  const leverage = view.positions
    .filter((one) => one.leverage > cap)
    .map(({ account, symbol, leverage: observed }): BookBreak => {
      return { guard: 'leverage-cap', rule: 'leverage', account, symbol, observed, threshold: cap };
    });
  const book = view.positions.map((one) => holdingOf(view, one));
  const portfolio = bookUses(view, config['portfolio-limits'], book)
    .filter(({ observed, limit }) => compareShare(observed, 1, limit) > 0)
    .map(({ rule, observed, limit }): BookBreak => {
      return { guard: 'portfolio-limits', rule, account: null, symbol: null, observed, threshold: limit };
    });
  return [...leverage, ...portfolio, ...book.flatMap((one) => positionBreaks(view, config, one))];
}

/** A position that no order would have been allowed to make. */
function positionBreaks(view: View, config: GuardsConfig, one: Holding): BookBreak[] {
  const { maxPositionMargin, maxPositionNotional } = config['trade-limits'];
  const limits = [
    { rule: 'position-margin', amount: one.margin, limit: maxPositionMargin },
    { rule: 'position-notional', amount: one.notional, limit: maxPositionNotional },
  ];
  if (!(view.total > 0)) return [];
  return limits.flatMap(({ rule, amount, limit }): BookBreak[] => {
    if (limit === null || compareShare(amount, view.total, limit) <= 0) return [];
    const { account, symbol } = one;
    return [
      { guard: 'trade-limits', rule, account, symbol, observed: amount / view.total, threshold: limit },
    ];
  });
}
