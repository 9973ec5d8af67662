/** What the venue asks of the position: brackets and cap of the date at which it is entered, and what a trade costs. */
import { baseAsset, canonicalSymbol } from '../../market/symbol.ts';
import type { Contract } from '../../model/book.ts';
import type { Fidelity } from '../../model/fidelity.ts';
import type { BracketTable } from '../../risk/brackets.ts';
import { symbolTerms, termsAt } from '../../venue/venue-spec.ts';
import type { FundedColumns } from './columns.ts';
import type { FundedInputs, FundedTree } from './inputs.ts';

export type FundedTerms = {
  /** `binance/2021-03-18`. */
  readonly name: string;
  readonly contract: Contract;
  /** What it settles in. */
  readonly asset: string;
  readonly table: BracketTable;
  /** The largest absolute rate; null where the venue states none. */
  readonly cap: number | null;
  /** Taker fee and half the spread, a fraction of what is traded. */
  readonly tradeCost: number;
  /** Of the liquidated notional. */
  readonly liquidationFee: number;
  readonly fidelity: readonly Fidelity[];
};

/** @throws InputError CONFIG_VALUE  where the venue has no such contracts */
export function fundedTerms(
  { venue: spec }: FundedInputs,
  { venue, studies }: FundedTree,
  { funding, entry }: FundedColumns,
): FundedTerms {
  const contract = studies.funding.inverse ? 'inverse' : 'linear';
  const { terms, nearest } = termsAt(spec, entry.time);
  const { symbol, fallback } = symbolTerms(terms, funding.symbol, contract);
  const fidelity: Fidelity[] = [];
  if (nearest) fidelity.push('brackets-nearest');
  if (fallback) fidelity.push('brackets-default');
  const half = venue.slippage.halfSpreadBps / 10_000;
  return {
    name: terms.name,
    contract,
    asset: assetOf(funding.symbol, contract),
    table: symbol.brackets,
    cap: symbol.fundingCap,
    // A rebate wider than the spread would pay for trading.
    tradeCost: Math.max(0, (venue.fees.taker ?? terms.takerFee) + half),
    liquidationFee: venue.fees.liquidation ?? terms.liquidation.feeRate,
    fidelity,
  };
}

function assetOf(symbol: string, contract: Contract): string {
  const base = baseAsset(symbol);
  if (contract === 'inverse') return base;
  const quote = canonicalSymbol(symbol).slice(base.length);
  return quote === '' || quote.endsWith('PERP') ? 'USD' : quote;
}
