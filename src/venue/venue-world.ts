/** What the simulated exchange is given and never changes: symbols, terms, costs and the liquidity of its markets. */
import type { BracketTable } from '../risk/brackets.ts';
import type { VenueConfig } from './venue-config.ts';
import { type SymbolTerms, symbolTerms, type VenueSpec, type VenueTerms } from './venue-spec.ts';
import type { AccountState, PositionState, VenueState } from './venue-state.ts';

export type Liquidity = {
  /** Standard deviation of a day's return, a fraction; 0 where there is no history. */
  readonly sigmaDaily: number;
  /** Volume of a day, in the unit of `qty`. */
  readonly volumeDaily: number;
  /** Volume of the bar of the moment. */
  readonly barVolume: number;
  /** When that bar ends; the moment itself where no bar holds it. */
  readonly barEnd: number;
  /** Multiple of the usual half spread, 1 in normal times. */
  readonly spread: number;
  /** Quote notional that stands within 1 % of the price on each side; 0 where unknown. */
  readonly depth: number;
};

export type VenueWorld = {
  readonly symbols: readonly string[];
  /** Indexed by `AccountState.venue`. */
  readonly specs: readonly VenueSpec[];
  readonly config: VenueConfig;
  /** What is known about a market at a moment, from bars completed before it. */
  readonly liquidityAt: (symbol: number, time: number) => Liquidity;
};

/** The terms that a venue goes by now. */
export function currentTerms(world: VenueWorld, state: VenueState, venue: number): VenueTerms {
  const index = Math.max(0, state.venues[venue]?.terms ?? 0);
  const terms = world.specs[venue]?.terms[index];
  if (terms === undefined) throw new RangeError(`a venue must have terms, ${venue} has none at ${index}`);
  return terms;
}

/** A contract in a symbol: a position, or what is to become one. */
export type Traded = Pick<PositionState, 'symbol' | 'contract'>;

/** The terms of a contract at the venue of an account. */
export function termsOf(
  world: VenueWorld,
  state: VenueState,
  account: AccountState,
  { symbol, contract }: Traded,
): SymbolTerms {
  const terms = currentTerms(world, state, account.venue);
  return symbolTerms(terms, world.symbols[symbol] ?? '', contract).symbol;
}

export function bracketsOf(
  world: VenueWorld,
  state: VenueState,
  account: AccountState,
  traded: Traded,
): BracketTable {
  return termsOf(world, state, account, traded).brackets;
}

export type FeeRates = { readonly maker: number; readonly taker: number; readonly liquidation: number };

/** Fee rates: those of the configuration, else those of the venue's terms. Fractions of notional. */
export function feesOf(world: VenueWorld, state: VenueState, venue: number): FeeRates {
  const { makerFee, takerFee, liquidation } = currentTerms(world, state, venue);
  const { fees } = world.config;
  return {
    maker: fees.maker ?? makerFee,
    taker: fees.taker ?? takerFee,
    liquidation: fees.liquidation ?? liquidation.feeRate,
  };
}
