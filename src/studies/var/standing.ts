/** The book at its venue now: at the prices of its factors, by the terms of the moment, with the liquidity of its bars. */
import type { Book } from '../../model/book.ts';
import type { Fidelity } from '../../model/fidelity.ts';
import { liquidityLookup } from '../../replay/liquidity.ts';
import { createVenueState } from '../../venue/create-venue.ts';
import { type Venue, venueOf } from '../../venue/venue.ts';
import { symbolTerms, termsAt } from '../../venue/venue-spec.ts';
import type { VenueWorld } from '../../venue/venue-world.ts';
import { coinOf } from '../stress/stage.ts';
import { collateralSymbol, type Factor } from './factors.ts';
import type { VarInputs, VarTree } from './inputs.ts';

/** @param time  the moment, UTC ms */
export function standingVenue(
  { book, venues }: Pick<VarInputs, 'book' | 'venues'>,
  factors: readonly Factor[],
  { tree, time }: { readonly tree: VarTree; readonly time: number },
): Venue {
  const world: VenueWorld = {
    symbols: factors.map(({ symbol }) => symbol),
    specs: venues,
    config: { ...tree.venue, events: [] },
    liquidityAt: liquidityLookup(factors.map(({ bars }) => bars)),
  };
  const prices = Float64Array.from(factors, ({ price }) => price);
  return venueOf(world, createVenueState(world, valuedBySymbols(book), time), {
    last: prices,
    mark: prices.slice(),
  });
}

/** Coins that count as margin go by the price of their symbol, whatever price the book states for now. */
function valuedBySymbols(book: Book): Book {
  return {
    ...book,
    accounts: book.accounts.map((account) => ({
      ...account,
      collateral: account.collateral
        .filter(({ qty }) => Number(qty) !== 0)
        .map((one) =>
          collateralSymbol(book, account, one) === null
            ? one
            : { ...one, asset: coinOf(one.asset), price: null },
        ),
    })),
  };
}

/** What the terms of the moment leave open. */
export function venueFlags({ state, world }: Venue): Fidelity[] {
  const flags: Fidelity[] = [];
  for (const account of state.accounts) {
    const spec = world.specs[account.venue];
    if (spec === undefined || account.positions.length === 0) continue;
    const { terms, nearest } = termsAt(spec, state.time);
    if (nearest) flags.push('brackets-nearest');
    const isDefault = ({ symbol, contract }: (typeof account.positions)[number]) =>
      symbolTerms(terms, world.symbols[symbol] ?? '', contract).fallback;
    if (account.positions.some(isDefault)) flags.push('brackets-default');
  }
  return [...new Set(flags)];
}
