/** What the engine sees of the venue at a moment. */

import type { EngineState } from '../engine/engine.ts';
import type { AccountFacts, Market, PositionView, View } from '../engine/view.ts';
import { positionKey } from '../engine/view.ts';
import type { Book } from '../model/book.ts';
import { money } from '../model/money.ts';
import { type MarginView, readMargin } from '../risk/read-margin.ts';
import { readEquity } from '../venue/account-equity.ts';
import { slippageOf } from '../venue/fill-price.ts';
import { entryPrice } from '../venue/position.ts';
import type { Venue } from '../venue/venue.ts';
import type { AccountState, PositionState, VenueState } from '../venue/venue-state.ts';
import { feesOf } from '../venue/venue-world.ts';

/** What a book or an order states of a position and the venue does not know. */
export type Stated = { readonly sector: string | null; readonly stop: number | null };

export type ViewSource = {
  readonly venue: Venue;
  readonly market: Market;
  /** By the key of the position. */
  readonly stated: ReadonlyMap<string, Stated>;
  /** By symbol, written by whoever drives. */
  readonly moves: Float64Array;
};

/** What the positions of a book state, by their keys; symbols as the venue numbers them. */
export function statedOf(book: Book, symbols: readonly string[]): Map<string, Stated> {
  return new Map(
    book.positions
      .filter(({ type }) => type === 'perp')
      .map(({ account, symbol, qty, sector, stop }): [string, Stated] => {
        const key = positionKey({
          account: book.accounts.findIndex(({ id }) => id === account),
          symbol: symbols.indexOf(symbol),
          side: money(qty).isNegative() ? -1 : 1,
        });
        return [key, { sector, stop: stop === null ? null : money(stop).toNumber() }];
      }),
  );
}

/** The view at the prices of the venue's moment; reads margins and equity anew. */
export function accountView(
  source: ViewSource,
  { bases, halts }: Pick<EngineState, 'bases' | 'halts'>,
): View {
  const { venue, market, moves } = source;
  const { world, state, prices, view: margin } = venue;
  const equity = new Float64Array(state.accounts.length);
  readMargin(margin, prices.mark, 0);
  readEquity(margin, prices.mark, 0, equity);
  let positions: readonly PositionView[] | null = null;
  return {
    time: state.time,
    symbols: world.symbols,
    accounts: factsOf(state),
    // Many events are of no position: they are read when somebody looks, which is before anything else happens.
    get positions() {
      positions ??= positionsOf(source);
      return positions;
    },
    margin,
    mark: prices.mark,
    last: prices.last,
    moves,
    equity,
    total: equity.reduce((sum, one) => sum + one, 0),
    bases,
    halts,
    market,
  };
}

/** What an account is does not change in a run. */
const facts = new WeakMap<VenueState['accounts'], readonly AccountFacts[]>();

function factsOf({ accounts }: VenueState): readonly AccountFacts[] {
  const before = facts.get(accounts);
  if (before !== undefined) return before;
  const found = accounts.map(({ id, venue, currency, positionMode }) => {
    return { id, venue, currency, hedge: positionMode === 'hedge' };
  });
  facts.set(accounts, found);
  return found;
}

function positionsOf(source: ViewSource): PositionView[] {
  const { state, view } = source.venue;
  const found: PositionView[] = [];
  for (const [index, account] of state.accounts.entries()) {
    for (const [place, position] of account.positions.entries())
      found.push(positionView(source, account, { index, position, scope: scopeOf(view, index, place) }));
  }
  return found;
}

/** The margin scope of the position at a place of an account; -1 without one. */
function scopeOf({ scopes, account, from, legPosition }: MarginView, own: number, place: number): number {
  for (let scope = 0; scope < scopes; scope += 1) {
    if (account[scope] !== own) continue;
    for (let leg = from[scope]!; leg < from[scope + 1]!; leg += 1)
      if (legPosition[leg] === place) return scope;
  }
  return -1;
}

type Placed = { readonly index: number; readonly position: PositionState; readonly scope: number };

function positionView(
  { venue, stated }: ViewSource,
  account: AccountState,
  { index, position, scope }: Placed,
): PositionView {
  const { symbol, contract, side, leverage, openedAt, margin } = position;
  const { world, state } = venue;
  const qty = Number(position.qty);
  const said = stated.get(positionKey({ account: index, symbol, side }));
  const taking = { symbol, contract, side: side > 0 ? (-1 as const) : (1 as const), qty };
  return {
    account: index,
    symbol,
    contract,
    side,
    qty,
    entry: entryPrice(position),
    leverage,
    isolated: margin !== null,
    scope,
    openedAt,
    sector: said?.sector ?? null,
    stop: restingStop(account, position),
    statedStop: said?.stop ?? null,
    // Who sells in order asks for these, and most views are never asked.
    get exitCost() {
      return feesOf(world, state, account.venue).taker + slippageOf(venue, taking);
    },
    get volumeDaily() {
      return world.liquidityAt(symbol, state.time).volumeDaily;
    },
  };
}

/** The nearest stop that rests against a position. */
function restingStop({ orders }: AccountState, { symbol, side }: PositionState): number | null {
  let nearest: number | null = null;
  for (const { symbol: of, side: way, kind, opens, resumesAt, price } of orders) {
    const isStop = kind === 'stop-market' && opens === null && resumesAt === null;
    if (!isStop || of !== symbol || way !== -side) continue;
    if (nearest === null || side * (price - nearest) > 0) nearest = price;
  }
  return nearest;
}
