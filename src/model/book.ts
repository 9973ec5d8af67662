/**
 * A book: accounts with their collateral, positions, and the orders that rest at the venue, as a portfolio file states
 * them. Quantities, prices and money are decimal texts ("1.5"), so that nothing is lost before the ledger reads them.
 */

export type MarginMode = 'isolated' | 'cross';
export type PositionMode = 'one-way' | 'hedge';

/** `linear`: quoted and settled in one currency, `qty` is base. `inverse`: settled in coin, `qty` is quote (USD) notional. */
export type Contract = 'linear' | 'inverse';

export type Collateral = {
  /** Such as USDT, USDC, BTC. */
  readonly asset: string;
  /** >= 0 for other assets; the account's own currency may be any amount. */
  readonly qty: string;
  /** The share of its value that the venue does not count, in [0, 1]. */
  readonly haircut: number;
  /** Value of one unit in the account's currency; null: from the data, 1 between dollars. */
  readonly price: string | null;
};

export type BookAccount = {
  readonly id: string;
  /** A name in data/venues. */
  readonly venue: string;
  /** What the account is reported in. */
  readonly currency: string;
  /** That of positions which do not say. */
  readonly marginMode: MarginMode;
  readonly positionMode: PositionMode;
  /** Wallet balances before unrealised PnL; the isolated margins of its positions are part of them. */
  readonly collateral: readonly Collateral[];
};

export type BookPosition = {
  /** The id of its account. */
  readonly account: string;
  readonly symbol: string;
  readonly type: 'perp' | 'spot';
  readonly contract: Contract;
  /** Signed: long > 0, short < 0; base for linear and spot, quote notional for inverse. */
  readonly qty: string;
  readonly entry: string;
  /** null: the price of the data at its start. */
  readonly mark: string | null;
  /** Notional / margin at entry, >= 1. */
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** Margin that was added to an isolated position beyond |qty| x entry / leverage; "0" where none. */
  readonly addedMargin: string;
  /** The stop that the book states. It is placed by protection, not by the book itself; `orders` rest by themselves. */
  readonly stop: string | null;
  readonly sector: string | null;
  readonly openedAt: number | null;
  /** Spot only: the share of its value that does not count as collateral, in [0, 1]. */
  readonly haircut: number;
};

export type BookOrder = {
  readonly account: string;
  readonly symbol: string;
  readonly kind: 'limit' | 'stop-market' | 'take-profit';
  /** Signed: buy > 0, sell < 0; null closes whatever the position is when it triggers. */
  readonly qty: string | null;
  /** The limit, or the trigger. */
  readonly price: string;
  /** Which series triggers it. */
  readonly trigger: 'last' | 'mark';
  /** false: what it does not close it opens, in the margin mode of the account. */
  readonly reduceOnly: boolean;
  /** Of what it opens. */
  readonly leverage: number;
  readonly contract: Contract;
};

/** A limit that the venue itself watches: it closes everything and takes no new order until the next day. */
export type DailyLossLimit = {
  readonly account: string;
  /** Loss of the day over equity at the day's start, a fraction in (0, 1). */
  readonly fraction: number;
};

export type Book = {
  readonly accounts: readonly BookAccount[];
  readonly positions: readonly BookPosition[];
  readonly orders: readonly BookOrder[];
  readonly dailyLossLimits: readonly DailyLossLimit[];
};
