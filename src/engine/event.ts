/**
 * What the engine is told. Everything that changes its state is an event; time is UTC ms and never decreases, symbols and
 * accounts are indexes into the view. The prices of a moment and the account after an event stand in the view, which
 * whoever drives the engine has brought up to date before the step.
 */
import type { Contract, MarginMode } from '../model/book.ts';
import type { FillCause } from '../model/fill.ts';
import type { Halt } from './view.ts';

/** What a model said about the order that it sent; a check reads what it knows. Fractions in [0, 1]. */
export type ModelRecord = {
  readonly confidence?: number;
  readonly uncertainty?: number;
  readonly agreement?: number;
};

/** An order that somebody wants to send: a strategy, a journal, or the engine itself for the far side of a flip. */
export type OrderIntent = {
  /** The trade of a journal, or a number of the gateway's own. */
  readonly id: number;
  readonly account: number;
  readonly symbol: number;
  readonly contract: Contract;
  /** +1 buys, -1 sells. */
  readonly side: 1 | -1;
  /** > 0; base for linear, quote notional for inverse. */
  readonly qty: number;
  /** The price that it is expected to fill at, quote per base. */
  readonly price: number;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** The stop that it states; null where it states none. */
  readonly stop: number | null;
  /** True where it may only lower what is held. */
  readonly reduceOnly: boolean;
  /** Such as trend-following or mean-reversion; null where unknown. */
  readonly strategy: string | null;
  readonly sector: string | null;
  readonly model: ModelRecord | null;
  /** What taking that quantity now is expected to cost, fractions of price, >= 0. */
  readonly halfSpread: number;
  readonly impact: number;
};

export type Fill = {
  readonly account: number;
  readonly symbol: number;
  /** +1 bought, -1 sold. */
  readonly side: 1 | -1;
  /** > 0. */
  readonly qty: number;
  readonly price: number;
  readonly cause: FillCause;
  /** Opened or added; else it reduced or closed. */
  readonly opening: boolean;
  /** Realised result less fees, in the account's currency, + is good; 0 for an opening. */
  readonly realised: number;
  /** What the position holds afterwards, >= 0. */
  readonly left: number;
  /** The trade of a journal or the id of an order; -1 for none. */
  readonly id: number;
  /** Side of the position that it opened or reduced. */
  readonly position: 1 | -1;
};

export type OrderState = 'rejected' | 'partly' | 'cancelled' | 'accepted';

/** `on` of `withdrawals` is that money can be taken out; of what cannot be taken back it is always true. */
export type VenueChange =
  | 'outage'
  | 'halt'
  | 'leverage-cap'
  | 'brackets'
  | 'withdrawals'
  | 'settlement'
  | 'adl'
  | 'bankruptcy';

export type EngineEvent =
  /** Prices of one instant, all symbols that changed. */
  | { readonly kind: 'marks'; readonly time: number }
  /** A bar of a symbol has completed; its measures stand in the market columns of the view. */
  | { readonly kind: 'bar-close'; readonly time: number; readonly symbol: number }
  /** A rate has settled: + longs pay; per `interval` ms. */
  | {
      readonly kind: 'funding';
      readonly time: number;
      readonly symbol: number;
      /** Index of the venue; -1 for all. */
      readonly venue: number;
      readonly rate: number;
      readonly interval: number;
    }
  | { readonly kind: 'order'; readonly time: number; readonly order: OrderIntent }
  | { readonly kind: 'fill'; readonly time: number; readonly fill: Fill }
  | {
      readonly kind: 'order-state';
      readonly time: number;
      readonly account: number;
      readonly symbol: number;
      readonly state: OrderState;
      readonly reason: string;
    }
  /** Money into (+) or out of (-) an account, in its currency. */
  | { readonly kind: 'transfer'; readonly time: number; readonly account: number; readonly amount: number }
  | {
      readonly kind: 'venue';
      readonly time: number;
      /** Index of the venue; -1 for all. */
      readonly venue: number;
      readonly change: VenueChange;
      readonly on: boolean;
    }
  | { readonly kind: 'collateral'; readonly time: number; readonly asset: string }
  /** A person: who and why; never a code, which the edge has checked before. */
  | {
      readonly kind: 'operator';
      readonly time: number;
      readonly action: 'halt' | 'resume' | 'override';
      /** The halt that is resumed; every manual one where it is left out. */
      readonly of?: Pick<Halt, 'guard' | 'rule'>;
      readonly who: string;
      readonly why: string;
    }
  /** Time has passed: the start of a day, or a moment that a guard asked for. */
  | { readonly kind: 'clock'; readonly time: number };

export type EventKind = EngineEvent['kind'];

export const eventKinds: readonly EventKind[] = [
  'marks',
  'bar-close',
  'funding',
  'order',
  'fill',
  'order-state',
  'transfer',
  'venue',
  'collateral',
  'operator',
  'clock',
];

export type EventOf<K extends EventKind> = Extract<EngineEvent, { kind: K }>;
