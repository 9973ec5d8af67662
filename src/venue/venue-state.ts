/**
 * Everything about the simulated exchange that changes, as plain data: it can be cloned, hashed, saved and loaded, and
 * a run that goes on from a loaded state equals the unbroken one. Quantities and money are decimal texts.
 */
import type { Contract, MarginMode, PositionMode } from '../model/book.ts';
import type { Ledger } from './ledger.ts';

/** The part of a position that one round trip of a journal, or the book, brought in. */
export type Owner = {
  /** The id of the trade; -1 for the book itself. */
  readonly trade: number;
  qty: string;
};

export type PositionState = {
  /** Index into the symbols of the replay. */
  readonly symbol: number;
  readonly contract: Contract;
  readonly side: 1 | -1;
  /** > 0; base for linear, quote notional for inverse. */
  qty: string;
  /** Cost basis: qty x entry in quote for linear, qty / entry in coin for inverse. */
  cost: string;
  /** Isolated: the margin that it holds, after funding and realised results; null where it shares the account's. */
  margin: string | null;
  /** Notional / margin at entry. */
  readonly leverage: number;
  readonly openedAt: number;
  owners: Owner[];
};

export type OrderKind =
  /** Fills at its price or better, as maker. */
  | 'limit'
  /** Becomes a market order where the price moves against the position to its trigger. */
  | 'stop-market'
  /** Becomes a market order where the price moves in favour of the position to its trigger. */
  | 'take-profit'
  /** An exit that happened at a known price at an unknown moment of a window: fills when the path first passes it. */
  | 'known-exit';

export type RestingOrder = {
  readonly id: number;
  readonly symbol: number;
  readonly kind: OrderKind;
  /** +1 buys, -1 sells. */
  readonly side: 1 | -1;
  /** > 0; null closes whatever the position is when it fires. */
  qty: string | null;
  readonly price: number;
  readonly trigger: 'last' | 'mark';
  /** What it opens a position with, beyond what it closes; null only reduces. */
  readonly opens: {
    readonly leverage: number;
    readonly marginMode: MarginMode;
    readonly contract: Contract;
  } | null;
  /** Set once it fired and filled in part: the rest goes on at this moment, whatever the price; null before. */
  resumesAt: number | null;
  /** `known-exit`: the trade that leaves, whether its price lies above where it was armed, and its own fee. */
  readonly exit: { readonly trade: number; readonly above: boolean; readonly feeRate: number | null } | null;
};

/** An asset that counts as margin: the wallet of a ledger in another asset, or a spot holding. */
export type Holding = {
  readonly asset: string;
  qty: string;
  haircut: number;
  /** The symbol whose price values it; -1: `price` does. */
  readonly symbol: number;
  /** Value of one unit in the account's currency where no symbol values it. */
  price: number;
  readonly spot: boolean;
};

/** The money of an account in one asset. */
export type Wallet = {
  readonly ledger: Ledger;
  /** The symbol whose mark turns the asset into the account's currency; -1 where it is that currency. */
  readonly symbol: number;
};

/** A scope that a staged liquidation has sold a part of: what is left is spared until a moment. */
export type Cooldown = {
  /** Index of the wallet that the scope settles in. */
  readonly wallet: number;
  /** The isolated position; null for the cross positions of the wallet. */
  readonly isolated: { readonly symbol: number; readonly side: 1 | -1 } | null;
  readonly until: number;
};

export type AccountState = {
  readonly id: string;
  /** Index into the venues of the run. */
  readonly venue: number;
  readonly currency: string;
  readonly marginMode: MarginMode;
  readonly positionMode: PositionMode;
  /** The account's currency first, then each coin that an inverse contract settles in. */
  readonly wallets: readonly Wallet[];
  readonly holdings: readonly Holding[];
  /** What holdings that went down with the venue counted for at that moment, in the account's currency. */
  lostCollateral: string;
  positions: PositionState[];
  orders: RestingOrder[];
  cooldowns: Cooldown[];
  /** The venue's own watch over the day's loss; null where the account has none. */
  dailyLoss: { readonly fraction: number; dayEquity: number; halted: boolean } | null;
};

export type VenueStatus = {
  /** Index into the terms of its spec; -1 before the first dated file, whose terms then stand in. */
  terms: number;
  /** No data and no orders: nothing is margined, filled or liquidated. */
  outage: boolean;
  /** Data, but nothing trades. */
  halted: boolean;
  /** Money can be taken out; it can always be paid in. */
  withdrawals: boolean;
  /** It does not come back: nothing is margined, filled or liquidated any more. */
  bankrupt: boolean;
  /** Symbols that the venue has settled: nothing opens in them any more. */
  settled: number[];
  /** Caps that the venue set in the run, the latest for each symbol; symbol -1 is all of them. */
  leverageCaps: { symbol: number; cap: number }[];
};

export type LiquidationRecord = {
  readonly time: number;
  readonly account: string;
  readonly symbol: number;
  /** Signed quantity that the venue closed: minus what was long. */
  readonly qty: string;
  /** Mark at which the venue acted. */
  readonly mark: number;
  /** Price that the account was charged; the mark less impact, never beyond bankruptcy. */
  readonly price: number;
  readonly asset: string;
  readonly fee: string;
  readonly shortfall: string;
};

/** A part of a winning position that the venue has closed for want of somebody who could lose. */
export type AdlRecord = {
  readonly time: number;
  readonly account: string;
  readonly symbol: number;
  /** Signed quantity that the venue closed: minus what was long. */
  readonly qty: string;
  /** The mark. */
  readonly price: number;
  readonly asset: string;
  /** Realised in that asset, > 0 but for rounding. */
  readonly pnl: string;
  /** What venues rank winners by, before the close: the highest comes first. */
  readonly rank: number;
};

/** A round trip that left by its own exit. */
export type KnownExit = {
  readonly trade: number;
  /** Realised result less the fee of the exit, in the settlement asset. */
  readonly pnl: number;
};

export type OrderCounts = { intents: number; filled: number; partly: number; rejected: number };

export type VenueState = {
  time: number;
  readonly accounts: readonly AccountState[];
  readonly venues: readonly VenueStatus[];
  nextOrder: number;
  readonly liquidations: LiquidationRecord[];
  readonly adl: AdlRecord[];
  readonly knownExits: KnownExit[];
  readonly counts: OrderCounts;
  /** Cost of fills against the price that caused them, in the account's currency, + is a cost. */
  readonly slippage: { expected: string; actual: string };
  /** Rejected intents: the reason and how often. */
  readonly rejections: { reason: string; count: number }[];
};
