/** What a guard is: a protection with its own plain state, told of events, saying what it wants. */
import type { Book } from '../model/book.ts';
import type { Bounds } from './bounds.ts';
import type { Finding, GuardName } from './decision.ts';
import type { EventKind, EventOf } from './event.ts';
import type { PositionView, View } from './view.ts';

/** A rule of a guard by its name, and why it can never fire; null where it can. */
export type Rule = { readonly rule: string; readonly dead: string | null };

/**
 * What a guard may say about the event that it is told of. Effects on orders count for `order` events alone.
 */
export type Say = {
  alert(finding: Finding): void;
  /** The order must not pass. */
  deny(finding: Finding): void;
  /** The order may pass with `qty` at most, >= 0; 0 denies. */
  resize(qty: number, finding: Finding): void;
  /**
   * How much of a limit is used with the order, 1 is all of it, and `before` it where that can be; said for every limit that
   * is looked at.
   */
  use(limit: string, use: number, before?: number): void;
  reduce(position: PositionView, qty: number, finding: Finding): void;
  close(position: PositionView, finding: Finding): void;
  /** Close, and open as much on the other side; what it opens is an order that all limits judge. */
  flip(position: PositionView, finding: Finding): void;
  setStop(position: PositionView, price: number, finding: Finding): void;
  /**
   * No new risk until `until`, or until an operator resumes where `manual`. A halt of the same rule replaces the one before.
   */
  halt(finding: Finding, until: number | null, manual: boolean): void;
  /** Ends the halt of a rule of this guard, where there is one. */
  resume(finding: Finding): void;
  /** Whether a rule is broken now, halted or not; the share of time is reported (`deadRules`). */
  on(rule: string, on: boolean): void;
};

/** What a guard is given at the start of a run. */
export type Scene = {
  readonly book: Book;
  readonly view: View;
  /** The mode of the configuration: the tier of leverage. */
  readonly mode: string;
  /** Shares of a limit at which it is told of, ascending. */
  readonly alertShares: readonly number[];
};

export type Handlers<S> = {
  readonly [K in EventKind]?: (view: View, own: S, event: EventOf<K>, say: Say) => void;
};

export type Guard<C, S> = {
  readonly name: GuardName;
  /** Plain finite data; what is not plain cannot be saved. */
  readonly init: (config: C, scene: Scene) => S;
  /** The bounds at which it wants to be told of prices; asked again after every step. */
  readonly watch?: (own: S, view: View, bounds: Bounds) => void;
  readonly on: Handlers<S>;
  readonly rules: (own: S) => readonly Rule[];
};
