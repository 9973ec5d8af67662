/** `risk stress --distance`: for each position and scenario the largest leverage that survives. */
import { money } from '../../model/money.ts';
import { survivableLeverage } from '../../risk/survivable-leverage.ts';
import type { Venue } from '../../venue/venue.ts';
import type { AccountState, PositionState } from '../../venue/venue-state.ts';
import { bracketsOf } from '../../venue/venue-world.ts';
import type { DistanceRow } from './distance-result.ts';

/** The extremes of one symbol's mark over a scenario, as multiples of its price at the start. */
export type Extremes = { readonly symbol: string; readonly low: number; readonly high: number };

export type ScenarioExtremes = { readonly id: string; readonly extremes: readonly Extremes[] };

/**
 * Every perpetual by itself: isolated, opened at the mark of now at each leverage, fees and funding aside. A scenario without
 * the symbol has no row.
 *
 * @returns positions in the order of the book, of each the scenarios in their order
 */
export function leverageDistances(venue: Venue, scenarios: readonly ScenarioExtremes[]): DistanceRow[] {
  return venue.state.accounts.flatMap((account) =>
    account.positions.flatMap((position) =>
      scenarios.flatMap(({ id, extremes }): DistanceRow[] => {
        const symbol = venue.world.symbols[position.symbol] ?? '';
        const own = extremes.find((one) => one.symbol === symbol);
        if (own === undefined) return [];
        const move = Math.max(0, position.side > 0 ? 1 - own.low : own.high - 1);
        return [rowOf(venue, account, position, { id, symbol, move })];
      }),
    ),
  );
}

type Worst = { readonly id: string; readonly symbol: string; readonly move: number };

function rowOf(
  venue: Venue,
  account: AccountState,
  position: PositionState,
  { id, symbol, move }: Worst,
): DistanceRow {
  const { world, state, prices } = venue;
  const { contract, side, qty, leverage } = position;
  const found = survivableLeverage(
    {
      contract,
      side,
      qty: money(qty).toNumber(),
      price: prices.mark[position.symbol]!,
      table: bracketsOf(world, state, account, position),
      cap: capOf(venue, account, position),
    },
    move,
  );
  return {
    account: account.id,
    symbol,
    direction: side > 0 ? 'long' : 'short',
    contract,
    leverage,
    scenario: id,
    move,
    ...found,
  };
}

/** The least leverage that the venue has capped this symbol, or all of them, at; null where it has not. */
function capOf({ state }: Venue, { venue }: AccountState, { symbol }: PositionState): number | null {
  const caps = (state.venues[venue]?.leverageCaps ?? [])
    .filter((one) => one.symbol === symbol || one.symbol < 0)
    .map(({ cap }) => cap);
  return caps.length === 0 ? null : Math.min(...caps);
}
