/** Which limits lie on measures that are never larger than those of others: what their thresholds must not be. */
import type { GuardName } from './decision.ts';
import type { GuardsConfig } from './guards-config.ts';

export type Limits = ReturnType<typeof limitsOf>;

/** Limits that can be held against each other, by their keys. */
export function limitsOf(guards: GuardsConfig) {
  const trade = guards['trade-limits'];
  const portfolio = guards['portfolio-limits'];
  const breakers = guards['circuit-breakers'];
  const session = guards['session-limits'];
  const of = (guard: GuardName, limit: number | null) => ({ guard, limit });
  return {
    'guards.trade-limits.maxPositionMargin': of('trade-limits', trade.maxPositionMargin),
    'guards.trade-limits.maxPositionNotional': of('trade-limits', trade.maxPositionNotional),
    'guards.portfolio-limits.maxSymbolMargin': of('portfolio-limits', portfolio.maxSymbolMargin),
    'guards.portfolio-limits.maxSectorMargin': of('portfolio-limits', portfolio.maxSectorMargin),
    'guards.portfolio-limits.maxGrossMargin': of('portfolio-limits', portfolio.maxGrossMargin),
    'guards.portfolio-limits.maxGrossNotional': of('portfolio-limits', portfolio.maxGrossNotional),
    'guards.portfolio-limits.maxNetDelta': of('portfolio-limits', portfolio.maxNetDelta),
    'guards.session-limits.dailyLoss': of('session-limits', session.dailyLoss),
    'guards.session-limits.weeklyDrawdown': of('session-limits', session.weeklyDrawdown),
    'guards.circuit-breakers.dailyLoss.limit': of('circuit-breakers', breakers.dailyLoss.limit),
    'guards.circuit-breakers.drawdown.limit': of('circuit-breakers', breakers.drawdown.limit),
    'guards.emergency-stop.drawdown': of('emergency-stop', guards['emergency-stop'].drawdown),
  };
}

type Key = keyof Limits;

export type LimitPair = {
  readonly smaller: Key;
  readonly larger: Key;
  /** One measure: equal limits are exceeded together, and none is the weaker. */
  readonly same: boolean;
};

const below = (smaller: Key, ...larger: readonly Key[]): LimitPair[] =>
  larger.map((one) => ({ smaller, larger: one, same: false }));

/**
 * The measure of `smaller` is at most that of `larger`, for any book:
 *
 *   margin of a position <= of its symbol <= of all; of a sector <= of all; |net delta|, and one position, <= gross notional
 *   loss of the day <= drawdown, and drawdown of the week <= drawdown, as the highest equity of all is their highest base
 *
 * Margin counts at the entry and notional at the mark: neither is always the smaller.
 */
export const limitPairs: readonly LimitPair[] = [
  ...below('guards.trade-limits.maxPositionMargin', 'guards.portfolio-limits.maxSymbolMargin'),
  ...below('guards.trade-limits.maxPositionNotional', 'guards.portfolio-limits.maxGrossNotional'),
  ...below('guards.portfolio-limits.maxSymbolMargin', 'guards.portfolio-limits.maxGrossMargin'),
  ...below('guards.portfolio-limits.maxSectorMargin', 'guards.portfolio-limits.maxGrossMargin'),
  ...below('guards.portfolio-limits.maxNetDelta', 'guards.portfolio-limits.maxGrossNotional'),
  ...(
    [
      'guards.session-limits.dailyLoss',
      'guards.session-limits.weeklyDrawdown',
      'guards.circuit-breakers.dailyLoss.limit',
    ] as const
  ).flatMap((loss) =>
    below(loss, 'guards.circuit-breakers.drawdown.limit', 'guards.emergency-stop.drawdown'),
  ),
  {
    smaller: 'guards.circuit-breakers.drawdown.limit',
    larger: 'guards.emergency-stop.drawdown',
    same: true,
  },
];
