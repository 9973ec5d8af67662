/** What befalls the book as a whole: breakers of the guards and of the venue that one move can trip. */
import { doubtOf } from '../../engine/feed-sanity.ts';
import { compareDayLoss, compareDrawdown, compareWeekDrawdown } from '../../engine/measures.ts';
import type { Bases, View } from '../../engine/view.ts';
import type { Order } from '../../risk/compare.ts';
import { bendsOf, leftOf } from './reverse-left.ts';
import { type Bend, type HeldScope, type Slack, type StressOutcome, wholeBook } from './reverse-outcome.ts';
import { type ScopeForm, type Standing, totalForm } from './reverse-standing.ts';

export function breakers(standing: Standing, scopes: readonly HeldScope[]): StressOutcome[] {
  const all = scopes.map(({ scope }) => scope);
  const bends = bendsOf(standing.margin, scopes);
  const own = [...lossBreakers(standing, all, bends), ...dataSanity(standing)];
  return [...own, ...breakersAtOnce(standing, all, own), ...venueLimits(standing, bends)];
}

type Loss = {
  readonly guard: 'emergency-stop' | 'circuit-breakers' | 'session-limits';
  readonly rule: string;
  readonly limit: number | null;
  readonly base: keyof Bases;
  readonly compare: (view: View, bound: number) => Order;
  readonly closes: boolean;
};

/** Limits on a loss of the book, by the configuration of their guards. */
function lossesOf({ tree: { guards } }: Standing): readonly Loss[] {
  const { dailyLoss, drawdown } = guards['circuit-breakers'];
  const session = guards['session-limits'];
  const day = { base: 'day', compare: compareDayLoss } as const;
  const peak = { base: 'peak', compare: compareDrawdown } as const;
  const week = { base: 'weekPeak', compare: compareWeekDrawdown } as const;
  const closes = (action: string) => action === 'close-and-halt';
  return [
    {
      guard: 'emergency-stop',
      rule: 'drawdown',
      limit: guards['emergency-stop'].drawdown,
      ...peak,
      closes: true,
    },
    {
      guard: 'circuit-breakers',
      rule: 'daily-loss',
      limit: dailyLoss.limit,
      ...day,
      closes: closes(dailyLoss.action),
    },
    {
      guard: 'circuit-breakers',
      rule: 'drawdown',
      limit: drawdown.limit,
      ...peak,
      closes: closes(drawdown.action),
    },
    { guard: 'session-limits', rule: 'daily-loss', limit: session.dailyLoss, ...day, closes: false },
    {
      guard: 'session-limits',
      rule: 'weekly-drawdown',
      limit: session.weeklyDrawdown,
      ...week,
      closes: false,
    },
  ];
}

function lossBreakers(standing: Standing, all: readonly number[], bends: readonly Bend[]): StressOutcome[] {
  const form = totalForm(standing);
  return lossesOf(standing).flatMap(({ guard, rule, limit, base, compare, closes }): StressOutcome[] => {
    if (limit === null || !standing.tree.engine.guards.includes(guard)) return [];
    return [
      {
        ref: { name: `${guard}/${rule}`, kind: 'breaker', ...wholeBook },
        scope: null,
        cuts: closes ? all : [],
        against: null,
        monotone: form !== 'mixed',
        bends,
        isReached: (view) => compare(leftOf(view), limit) > 0,
        slacks: lossSlacks(form, (view) => view.total - view.bases[base] * (1 - limit)),
      },
    ];
  });
}

/**
 * Of what is left. Where equity is a line of the price, that bends upwards at the end of each margin. Else the search may lose
 * its way beyond a margin: the loss without any end, which is never smaller, stands beside as a second way to look.
 */
function lossSlacks(form: ScopeForm, value: Slack['value']): Slack[] {
  const own = { straight: false, symbols: null };
  const left: Slack = { ...own, convex: form === 'price', value: (view) => value(leftOf(view)) };
  return form === 'price' ? [left] : [left, { ...own, value }];
}

/** A move of many bar volatilities at once cannot be right: of any symbol, up or down. Mark and last move alike. */
function dataSanity({ tree, market, venue }: Standing): StressOutcome[] {
  const { dataSanity: limits } = tree.guards['circuit-breakers'];
  const { moveSigmas } = limits;
  if (moveSigmas === null || !tree.engine.guards.includes('circuit-breakers')) return [];
  const { world, state, prices } = venue;
  const known = world.symbols.flatMap((_, symbol) => {
    const { barVolatility } = market.at(symbol, state.time);
    return barVolatility > 0 ? [{ symbol, widest: moveSigmas * barVolatility }] : [];
  });
  if (known.length === 0) return [];
  const slacks = known.flatMap(({ symbol, widest }) =>
    [1, -1].map((side): Slack => {
      const before = prices.last[symbol]!;
      const value: Slack['value'] = ({ last }) => widest - side * (last[symbol]! / before - 1);
      return { value, straight: true, symbols: [symbol] };
    }),
  );
  return [
    {
      ref: { name: 'circuit-breakers/data-sanity', kind: 'breaker', ...wholeBook },
      scope: null,
      cuts: [],
      against: null,
      monotone: true,
      isReached: (view) => world.symbols.some((_, symbol) => doubtOf(view, symbol, limits) !== null),
      slacks,
    },
  ];
}

/** The emergency stop where as many circuit breakers halt at once: the move is over, so all that it trips stand together. */
function breakersAtOnce(
  { tree }: Standing,
  all: readonly number[],
  breakersOfBook: readonly StressOutcome[],
): StressOutcome[] {
  const { breakersAtOnce: needed } = tree.guards['emergency-stop'];
  if (needed === null || !tree.engine.guards.includes('emergency-stop')) return [];
  const halting = breakersOfBook.filter(({ ref }) => ref.name.startsWith('circuit-breakers/'));
  if (halting.length < needed) return [];
  return [
    {
      ref: { name: 'emergency-stop/breakers-at-once', kind: 'breaker', ...wholeBook },
      scope: null,
      cuts: all,
      against: null,
      monotone: halting.every(({ monotone }) => monotone),
      // The loss may shrink again while prices jump further: between these zeros only one of the two changes.
      bends: [
        ...new Set(
          halting.flatMap(({ bends = [], slacks }) => [...bends, ...slacks.map(({ value }) => value)]),
        ),
      ],
      isReached: (view) => halting.filter(({ isReached }) => isReached(view)).length >= needed,
      slacks: [],
    },
  ];
}

/** The venue's own watch over the loss of a day, from the equity of now. */
function venueLimits(standing: Standing, bends: readonly Bend[]): StressOutcome[] {
  const { venue, margin, at, rest } = standing;
  const form = totalForm(standing);
  const start = leftOf(at(rest)).equity.slice();
  return venue.state.accounts.flatMap(({ id, dailyLoss }, account): StressOutcome[] => {
    if (dailyLoss === null || dailyLoss.halted) return [];
    const bound = start[account]! * (1 - dailyLoss.fraction);
    const left = ({ equity }: View) => equity[account]! - bound;
    return [
      {
        ref: { name: 'venue/daily-loss', kind: 'breaker', ...wholeBook, account: id },
        scope: null,
        cuts: [...margin.account.keys()].filter((scope) => margin.account[scope] === account),
        against: null,
        monotone: form !== 'mixed',
        bends,
        isReached: (view) => left(leftOf(view)) < 0,
        slacks: lossSlacks(form, left),
      },
    ];
  });
}
