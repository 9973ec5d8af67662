/** What a book and files at one moment do not tell the guards: nothing passes for want of data without being named. */
import type { Decision, GuardName } from '../../engine/decision.ts';
import type { OrderIntent } from '../../engine/event.ts';
import type { Venue } from '../../venue/venue.ts';
import type { CheckResult } from '../check-result.ts';
import type { Gateway } from './gateway.ts';

type Note = CheckResult['notJudged'][number];

type Asked = {
  readonly gateway: Gateway;
  readonly order: OrderIntent;
  readonly beside: readonly Decision[];
};

const COUNTS = 'a portfolio does not say what was done before: only this order is counted';

/** Rules of all guards that nothing is known for. */
export function notJudged({ gateway, order, beside }: Asked): Note[] {
  const { dayEquity, weekPeak, peak } = gateway.tree.studies.check;
  const day = dayEquity === null ? why('the equity at the start of the day', '--day-equity') : null;
  const week = weekPeak === null ? why('the highest equity of the week', '--week-peak') : null;
  const highest = peak === null ? why('the highest equity', '--peak') : null;
  const rules: readonly (readonly [GuardName, string, string | null])[] = [
    ['emergency-stop', 'drawdown', highest],
    ['emergency-stop', 'consecutive-losses', 'a portfolio does not say how its last trades ended'],
    ['circuit-breakers', 'daily-loss', day],
    ['circuit-breakers', 'drawdown', highest],
    ['circuit-breakers', 'volatility', withoutVolatility(gateway)],
    ['circuit-breakers', 'trade-count', COUNTS],
    ['circuit-breakers', 'execution-failures', 'a portfolio does not say which orders were rejected'],
    ['circuit-breakers', 'data-sanity', withoutFeed(gateway, order)],
    ['session-limits', 'daily-loss', day],
    ['session-limits', 'weekly-drawdown', week],
    ['session-limits', 'trades-per-day', COUNTS],
    ['session-limits', 'orders-per-minute', COUNTS],
    ['portfolio-limits', 'sector-margin', order.sector === null ? 'the order states no sector' : null],
    ['trade-limits', 'correlation', withoutHistory(beside)],
    ['trade-limits', 'impact', withoutVolume(gateway.venue, order)],
  ];
  return rules.flatMap(([guard, rule, text]) => (text === null ? [] : [{ guard, rule, why: text }]));
}

function why(what: string, flag: string): string {
  return `${what} is not known: give it with ${flag}`;
}

function withoutVolatility({ venue, market }: Gateway): string | null {
  const { world, state } = venue;
  const unknown = world.symbols.filter((_, symbol) =>
    Number.isNaN(market.at(symbol, state.time).volatility24h),
  );
  return unknown.length === 0 ? null : `no completed bars of ${unknown.join(', ')}: give --ohlcv`;
}

function withoutFeed({ venue, market }: Gateway, { symbol }: OrderIntent): string | null {
  const { end, barVolatility } = market.at(symbol, venue.state.time);
  const name = venue.world.symbols[symbol] ?? '';
  if (!Number.isFinite(end)) return `no completed bars of ${name}: give --ohlcv`;
  return Number.isNaN(barVolatility) ? `less than a day of bars of ${name}: no move can be called far` : null;
}

function withoutHistory(beside: readonly Decision[]): string | null {
  if (!beside.some(({ rule }) => rule === 'correlation-unknown')) return null;
  return 'less than 200 hours of the last 30 days in common with the book: give --ohlcv';
}

function withoutVolume({ world, state }: Venue, { symbol }: OrderIntent): string | null {
  if (world.liquidityAt(symbol, state.time).volumeDaily > 0) return null;
  return `no volume of ${world.symbols[symbol] ?? ''} in the last 24 h: give --ohlcv`;
}

/** Rules that were judged by something that nobody stated. */
export function assumptions({ gateway, order }: Pick<Asked, 'gateway' | 'order'>): Note[] {
  const { tree, venue, market } = gateway;
  const { halfSpreadBps } = tree.venue.slippage;
  const { adjust, assumedStopAtrs } = tree.guards['trade-limits'];
  const { atr } = market.at(order.symbol, venue.state.time);
  const notes: Note[] = [
    {
      guard: 'trade-limits',
      rule: 'spread',
      why: `a spread of ${2 * halfSpreadBps} bps, as venue.slippage has it: no order book is read`,
    },
    {
      guard: 'trade-limits',
      rule: 'risk',
      why: `the limit is not tightened by the last ${adjust.closes} closes: a portfolio does not say how they ended`,
    },
  ];
  if (order.stop !== null) return notes;
  const distance = (atrs: number) =>
    Number.isFinite(atr) ? `${atrs} ATRs away` : 'at a loss of its margin, as no ATR is known';
  const bookAtrs = tree.guards['portfolio-limits'].assumedStopAtrs;
  return [
    ...notes,
    {
      guard: 'trade-limits',
      rule: 'risk',
      why: `the order states no stop: one ${distance(assumedStopAtrs)}`,
    },
    {
      guard: 'portfolio-limits',
      rule: 'open-risk',
      why: `the order states no stop: one ${distance(bookAtrs)}`,
    },
  ];
}
