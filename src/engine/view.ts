/**
 * The account as the engine sees it: read-only for guards, made by whoever drives the engine from what the venue says.
 * Amounts are doubles nearest to the ledger.
 */
import type { Regime } from '../market/regime.ts';
import type { Contract } from '../model/book.ts';
import type { MarginView } from '../risk/read-margin.ts';
import type { Finding, GuardName } from './decision.ts';

export type AccountFacts = {
  readonly id: string;
  /** Index of its venue. */
  readonly venue: number;
  readonly currency: string;
  /** Longs and shorts of a symbol stand side by side; else an order against a position lowers it first. */
  readonly hedge: boolean;
};

export type PositionView = {
  readonly account: number;
  readonly symbol: number;
  readonly contract: Contract;
  readonly side: 1 | -1;
  /** > 0; base for linear, quote notional for inverse. */
  readonly qty: number;
  readonly entry: number;
  readonly leverage: number;
  readonly isolated: boolean;
  /** Its margin scope: an index into the columns of `margin`. */
  readonly scope: number;
  readonly openedAt: number;
  readonly sector: string | null;
  /** The price of the stop that rests against it at the venue; null without one. */
  readonly stop: number | null;
  /** The stop that the book or the order states for it; null without one. */
  readonly statedStop: number | null;
  /** The taker fee and the expected slippage of closing all of it now, fractions of notional, >= 0. */
  readonly exitCost: number;
  /** Volume of its market in the last 24 h, in the unit of `qty`; 0 where unknown. */
  readonly volumeDaily: number;
};

/** What has been learnt from completed bars of one symbol. */
export type MarketMoment = {
  /** Close of the last completed bar; NaN before the first, like all that follows. */
  readonly close: number;
  readonly high: number;
  readonly low: number;
  /** ATR by the period and method of the stops. */
  readonly atr: number;
  /** Not annualised (RULES 1.12). */
  readonly volatility24h: number;
  /** Standard deviation of a bar's log return over the last 24 h. */
  readonly barVolatility: number;
  readonly regime: Regime | null;
  /** When the bar ended; -Infinity before the first. */
  readonly end: number;
  /** Milliseconds. */
  readonly interval: number;
};

export type Market = {
  /** The measures known at a moment: of the last bar that ended at or before it. */
  readonly at: (symbol: number, time: number) => MarketMoment;
  /** Hourly log returns of a symbol, by completed hours up to a moment, the newest last; NaN where an hour is missing. */
  readonly hourlyReturns: (symbol: number, time: number, hours: number) => Float64Array;
  /** Volume of the last completed hours, the newest last; NaN where an hour is missing. */
  readonly hourlyVolume: (symbol: number, time: number, hours: number) => Float64Array;
};

/** No new risk, by one rule of one guard. */
export type Halt = {
  readonly guard: GuardName;
  readonly rule: string;
  readonly since: number;
  /** When it ends by itself; null where it does not. */
  readonly until: number | null;
  /** Only an operator ends it. */
  readonly manual: boolean;
  /** What was seen as it was last said: an order that it denies is told why. */
  readonly why: Pick<Finding, 'measure' | 'observed' | 'threshold'>;
};

/** What losses of the session are measured from. */
export type Bases = {
  /** Equity at the start of the day. */
  day: number;
  /** Highest equity of the week, from Monday. */
  weekPeak: number;
  /** Highest equity so far. */
  peak: number;
};

export type View = {
  readonly time: number;
  readonly symbols: readonly string[];
  readonly accounts: readonly AccountFacts[];
  readonly positions: readonly PositionView[];
  /** Margin scopes; `equity` and `maintenance` are read at the marks of the moment. */
  readonly margin: MarginView;
  /** By symbol; NaN before the first price. */
  readonly mark: Float64Array;
  readonly last: Float64Array;
  /** By symbol: the move of the last price from the point before, in bar volatilities, >= 0; NaN where unknown. */
  readonly moves: Float64Array;
  /** By account, in its currency. */
  readonly equity: Float64Array;
  /** The equity of all accounts. */
  readonly total: number;
  readonly bases: Bases;
  /** The halts that stand, of all guards. */
  readonly halts: readonly Halt[];
  readonly market: Market;
};

/** What names a position as long as it is open. */
export function positionKey({
  account,
  symbol,
  side,
}: Pick<PositionView, 'account' | 'symbol' | 'side'>): string {
  return `${account}/${symbol}/${side}`;
}

/** Whether a halt of a rule stands already: what stands is not said again. */
export function isHalted({ halts }: View, guard: GuardName, rule: string): boolean {
  return halts.some((one) => one.guard === guard && one.rule === rule);
}

export function findPosition(
  view: View,
  { account, symbol, side }: Pick<PositionView, 'account' | 'symbol' | 'side'>,
): PositionView | null {
  return (
    view.positions.find((one) => one.account === account && one.symbol === symbol && one.side === side) ??
    null
  );
}
