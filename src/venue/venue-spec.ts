/** The terms of a venue: dated facts about brackets, fees, liquidation and funding, read from `data/venues`. */
import type { Contract } from '../model/book.ts';
import { InputError } from '../model/errors.ts';
import type { BracketTable } from '../risk/brackets.ts';

export type SymbolTerms = {
  readonly contract: Contract;
  readonly brackets: BracketTable;
  /** The largest absolute funding rate per settlement; null where the venue states none. */
  readonly fundingCap: number | null;
};

export const liquidationProfiles = ['full', 'tier-step-down', 'two-tiers', 'staged'] as const;

/**
 * How a venue liquidates a scope that is at or below its maintenance:
 *
 *   full             everything at once (Binance, FTX, BitMEX)
 *   tier-step-down   the largest position to a lower bracket, until the scope is above maintenance (Bybit)
 *   two-tiers        the same by two brackets, and whole from the first two (OKX)
 *   staged           a share of each large position, then a cooldown, then everything (Hyperliquid)
 */
export type LiquidationProfile = (typeof liquidationProfiles)[number];

export type LiquidationTerms = {
  readonly profile: LiquidationProfile;
  /** Brackets that one step of `tier-step-down` goes down. */
  readonly tiersPerStep: number;
  /** Quote notional above which `staged` sells a position in two parts. */
  readonly stageNotional: number;
  /** The share of such a position that goes first. */
  readonly stageShare: number;
  /** How long the rest is spared. */
  readonly cooldownSeconds: number;
  /** Below this share of maintenance `staged` waits no longer: a backstop takes everything, the margin with it. */
  readonly backstopShare: number;
  /** Fee on the liquidated notional, a fraction. */
  readonly feeRate: number;
};

export type VenueTerms = {
  /** The UTC instant from which these terms hold. */
  readonly effectiveFrom: number;
  /** `binance/2021-03-18`. */
  readonly name: string;
  readonly source: string;
  readonly symbols: ReadonlyMap<string, SymbolTerms>;
  /** For symbols that the file does not list, by contract; null where the venue has no such contracts. */
  readonly defaults: { readonly linear: SymbolTerms | null; readonly inverse: SymbolTerms | null };
  readonly liquidation: LiquidationTerms;
  /** Fractions of notional. */
  readonly makerFee: number;
  readonly takerFee: number;
  readonly funding: {
    /** Milliseconds between settlements, counted from 00:00 UTC plus `offset`. */
    readonly interval: number;
    readonly offset: number;
    /** The rate per settlement where no file states one. */
    readonly flatRate: number;
  };
};

/** A venue with all its dated terms, ascending by `effectiveFrom`; at least one. */
export type VenueSpec = { readonly name: string; readonly terms: readonly VenueTerms[] };

export type TermsInForce = {
  readonly terms: VenueTerms;
  /** The moment lies before the first dated file, whose terms stand in (`brackets-nearest`). */
  readonly nearest: boolean;
};

/** The terms in force at a moment: the latest that began at or before it, else the earliest (RULES 2.7). */
export function termsAt({ name, terms }: VenueSpec, time: number): TermsInForce {
  const [first] = terms;
  if (first === undefined) throw new RangeError(`a venue must have terms, ${name} has none`);
  const inForce = terms.findLast(({ effectiveFrom }) => effectiveFrom <= time);
  return inForce === undefined ? { terms: first, nearest: true } : { terms: inForce, nearest: false };
}

export type SymbolInForce = {
  readonly symbol: SymbolTerms;
  /** The file does not list the symbol, the venue's default table stands in (`brackets-default`). */
  readonly fallback: boolean;
};

/**
 * The terms of a symbol, or those that stand in for it.
 *
 * @throws InputError CONFIG_VALUE  where the venue has no contracts of this kind
 */
export function symbolTerms(terms: VenueTerms, symbol: string, contract: Contract): SymbolInForce {
  const own = terms.symbols.get(symbol);
  if (own !== undefined && own.contract === contract) return { symbol: own, fallback: false };
  const standIn = terms.defaults[contract];
  if (standIn !== null) return { symbol: standIn, fallback: true };
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `${terms.name} must have ${contract} contracts to margin ${symbol}, it has none`,
    remedy:
      contract === 'inverse'
        ? 'Leave --inverse out, or name another venue'
        : 'Make it inverse, or name another venue',
  });
}
