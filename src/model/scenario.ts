/**
 * A scenario: one event that a book can be sent through, as a file in scenarios/ states it. Times are UTC ms, prices quote
 * per base, fractions plain. An asset is a coin's name, BTC; `DEFAULT` stands for all that are not named.
 */

export type ScenarioKind = 'historical' | 'hypothetical' | 'control';

/** `recorded`: prints of a market; `reconstructed`: joined from published figures; `synthetic`: invented. */
export type ScenarioOrigin = 'recorded' | 'reconstructed' | 'synthetic';

export const DEFAULT_ASSET = 'DEFAULT';

/** A value from a moment on, or at it. */
export type Known = { readonly time: number; readonly value: number };

export type KnownBar = {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
};

/** Bars of one interval, ascending, `time` their open. */
export type KnownBars = { readonly interval: number; readonly rows: readonly KnownBar[] };

/** An asset whose prices the file states: bars and points, none inside another, ascending in time together. */
export type StatedAsset = {
  readonly asset: string;
  readonly bars: readonly KnownBars[];
  /** Two of one time are a step: nothing acts between them. */
  readonly points: readonly Known[];
  /** Whether the figures claim to be prints of the market, not round numbers. */
  readonly exact: boolean;
  /** Volatility of a day of the seeded bridge between two points; 0 joins them log-linearly. */
  readonly bridge: number;
};

/** An asset that follows another: its log move is `beta` times that of `of`. */
export type LinkedAsset = {
  readonly asset: string;
  /** `proxy` is a beta of 1 to an asset that stands in for it. */
  readonly by: 'proxy' | 'beta';
  readonly of: string;
  readonly beta: number;
};

/** Every asset without prices of its own follows `of` at a stated correlation (RULES 4.3). */
export type CommonFactor = {
  readonly correlation: number;
  readonly of: string;
  /** Volatility of a day by asset, `of` and DEFAULT among them. */
  readonly sigmas: readonly { readonly asset: string; readonly sigma: number }[];
};

/** Forced sales that push the price to the next ones: QUANT 11, cascade. */
export type Cascade = {
  readonly asset: string;
  readonly at: number;
  /** The first fall, a fraction of the price before. */
  readonly shock: number;
  /** Log fall for one unit of quote notional that is sold. */
  readonly k: number;
  /** Milliseconds from round to round. */
  readonly every: number;
  /** Where who is liquidated: price as a fraction of that before, and quote notional. */
  readonly levels: readonly { readonly price: number; readonly notional: number }[];
};

/** Funding of an asset, or of DEFAULT: the rate in force from each moment, settled every `interval` from 00:00 UTC. */
export type ScenarioFunding = {
  readonly asset: string;
  readonly interval: number;
  readonly rates: readonly Known[];
};

/** `any` is every venue of the book. */
export type VenueAction =
  /** No data and no orders; prices without trading; nothing can be taken out. */
  | {
      readonly kind: 'outage' | 'halt' | 'withdrawals';
      readonly venue: string;
      readonly from: number;
      readonly to: number;
    }
  /** The largest leverage of new positions; null is every asset. */
  | {
      readonly kind: 'leverage-cap';
      readonly venue: string;
      readonly asset: string | null;
      readonly at: number;
      readonly cap: number;
    }
  /** All positions in an asset end at a price, in the prices of the file; null is the mark of the moment. */
  | {
      readonly kind: 'settle';
      readonly venue: string;
      readonly asset: string;
      readonly at: number;
      readonly price: number | null;
    }
  /** The venue takes a share of positions that are in profit, at the mark of the moment. */
  | {
      readonly kind: 'adl';
      readonly venue: string;
      readonly asset: string | null;
      /** Of our position; null is either. */
      readonly side: 1 | -1 | null;
      readonly share: number;
      readonly at: number;
    }
  /** Positions end at the mark and of all money `recovery` is left. `largest`: the venue with the most of the book's equity. */
  | { readonly kind: 'bankruptcy'; readonly venue: string; readonly at: number; readonly recovery: number }
  /** The share of an asset's value that no longer counts as margin. */
  | { readonly kind: 'haircut'; readonly asset: string; readonly at: number; readonly haircut: number };

/** What goes wrong on our side: it touches the protected run alone, but for orders, which any run sends. */
export type OurFault =
  /** The guarding process is dead; what rests at the venue stays. null: it does not come back. */
  | { readonly kind: 'crash'; readonly from: number; readonly to: number | null }
  /** The process lives and gets neither data nor orders through. */
  | { readonly kind: 'blind'; readonly from: number; readonly to: number }
  /** It sees prices times a factor; null is every asset. */
  | {
      readonly kind: 'corrupt';
      readonly asset: string | null;
      readonly from: number;
      readonly to: number;
      readonly factor: number;
    }
  /** A strategy sends an order every `every` ms, [from, to). */
  | {
      readonly kind: 'orders';
      readonly from: number;
      readonly to: number;
      readonly every: number;
      /** `largest`: that of the book's largest position. */
      readonly asset: string;
      /** +1 buys, -1 sells, 0 in turn. */
      readonly side: 1 | -1 | 0;
      /** Quote notional of one order as a fraction of the book's equity at the start. */
      readonly notional: number;
      readonly leverage: number;
      readonly strategy: string | null;
      readonly confidence: number | null;
    };

/** One instantaneous move of an asset, a fraction: -0.4. */
export type Shock = { readonly asset: string; readonly move: number };

export type Scenario = {
  readonly id: string;
  readonly title: string;
  readonly kind: ScenarioKind;
  readonly origin: ScenarioOrigin;
  readonly story: string;
  /** `date` as the file writes it: 2022-05-13. */
  readonly sources: readonly { readonly text: string; readonly date: string }[];
  /** Round numbers of documents beside what the data say. */
  readonly claims: readonly { readonly says: string; readonly by: string; readonly data: string }[];
  /** The book is held from here to there; prices before are history that measures may see. */
  readonly start: number;
  readonly end: number;
  /** Of the bars that the prices are laid out in. */
  readonly interval: number;
  /** `relative`: prices are multiples of that at the start. */
  readonly prices: 'absolute' | 'relative';
  readonly stated: readonly StatedAsset[];
  readonly linked: readonly LinkedAsset[];
  readonly factor: CommonFactor | null;
  readonly cascade: Cascade | null;
  /** last / mark - 1 by asset, or of DEFAULT: joined log-linearly. Prices of the file are then marks. */
  readonly gaps: readonly { readonly asset: string; readonly points: readonly Known[] }[];
  readonly funding: readonly ScenarioFunding[];
  /** Multiples of the usual spread and depth, in steps. */
  readonly spread: readonly Known[];
  readonly depth: readonly Known[];
  /** Usual quote notional within 1 % of the price, by asset, DEFAULT among them. */
  readonly depths: readonly { readonly asset: string; readonly notional: number }[];
  /** Prices of assets that count as margin, in units of the account's currency. */
  readonly collateral: readonly { readonly asset: string; readonly points: readonly Known[] }[];
  readonly venue: readonly VenueAction[];
  readonly faults: readonly OurFault[];
  readonly shocks: readonly Shock[];
  /** Parts of the event that no run holds, each in a sentence. */
  readonly notModelled: readonly string[];
};
