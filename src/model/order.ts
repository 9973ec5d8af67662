/**
 * An order that somebody wants to send, as an order file states it. Quantities and prices are decimal texts ("1.5"); what is
 * null is left to the portfolio or the data.
 */
import type { Contract, MarginMode } from './book.ts';
import type { Place } from './errors.ts';

export type StatedOrder = {
  /** The id of its account; null for the only one. */
  readonly account: string | null;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  /** > 0; base, or quote notional where the contract is inverse. */
  readonly qty: string;
  /** The price that it is expected to fill at; null for that of the market. */
  readonly price: string | null;
  /** Notional / margin; null for that of the position that it adds to, else 1. */
  readonly leverage: number | null;
  /** null for that of the account. */
  readonly marginMode: MarginMode | null;
  /** null for that of the position in its symbol, else linear. */
  readonly contract: Contract | null;
  /** The stop that it states; null without one. */
  readonly stop: string | null;
  /** True where it may only lower what is held. */
  readonly reduceOnly: boolean;
  readonly strategy: string | null;
  /** null for that of the position in its symbol. */
  readonly sector: string | null;
  /** What a model said about it, fractions in [0, 1]; null without a model. */
  readonly model: { readonly confidence: number } | null;
  /** Where a key of it stands, for messages. */
  readonly placeOf: (key: string) => Place;
};
