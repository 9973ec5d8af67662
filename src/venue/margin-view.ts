/** From the state of the accounts to the columns that `read-margin.ts` reads; done again after every change of state. */
import { baseAsset } from '../market/symbol.ts';
import { type Money, money, zero } from '../model/money.ts';
import type { BracketTable } from '../risk/brackets.ts';
import { ASSET, INVERSE, LINEAR, type MarginView } from '../risk/read-margin.ts';
import { entryPrice, initialMargin } from './position.ts';
import type { AccountState, Holding, PositionState, VenueState } from './venue-state.ts';
import { bracketsOf, type VenueWorld } from './venue-world.ts';

type Leg = {
  readonly kind: number;
  readonly symbol: number;
  readonly qty: number;
  readonly entry: number;
  readonly position: number;
  readonly table: BracketTable | null;
};

type Scope = {
  readonly account: number;
  readonly wallet: number;
  readonly position: number;
  readonly base: number;
  readonly initial: number;
  readonly rate: number;
  readonly legs: readonly Leg[];
};

export function buildMarginView(world: VenueWorld, state: VenueState): MarginView {
  const scopes: Scope[] = [];
  for (const [index, account] of state.accounts.entries())
    scopes.push(...scopesOf(world, state, account, index));
  const legs = scopes.flatMap((scope) => scope.legs);
  const view = emptyView(scopes.length, legs);
  for (const [k, { account, wallet, position, base, initial, rate, legs: own }] of scopes.entries()) {
    view.account[k] = account;
    view.wallet[k] = wallet;
    view.position[k] = position;
    view.base[k] = base;
    view.initial[k] = initial;
    view.active[k] = trades(state, account) ? 1 : 0;
    view.rate[k] = rate;
    view.from[k + 1] = view.from[k]! + own.length;
  }
  for (const [at, { kind, symbol, qty, entry, position }] of legs.entries()) {
    view.kind[at] = kind;
    view.symbol[at] = symbol;
    view.qty[at] = qty;
    view.entry[at] = entry;
    view.legPosition[at] = position;
  }
  return view;
}

function emptyView(scopes: number, legs: readonly Leg[]): MarginView {
  return {
    scopes,
    account: new Int32Array(scopes),
    wallet: new Int32Array(scopes),
    position: new Int32Array(scopes),
    base: new Float64Array(scopes),
    initial: new Float64Array(scopes),
    active: new Uint8Array(scopes),
    rate: new Int32Array(scopes),
    from: new Int32Array(scopes + 1),
    kind: new Uint8Array(legs.length),
    symbol: new Int32Array(legs.length),
    qty: new Float64Array(legs.length),
    entry: new Float64Array(legs.length),
    legPosition: new Int32Array(legs.length),
    table: legs.map(({ table }) => table),
    bracket: new Int32Array(legs.length),
    equity: new Float64Array(scopes),
    maintenance: new Float64Array(scopes),
  };
}

/** The wallet that a position settles in. */
export function walletIndex(
  world: VenueWorld,
  account: AccountState,
  position: Pick<PositionState, 'contract' | 'symbol'>,
): number {
  if (position.contract === 'linear') return 0;
  const coin = baseAsset(world.symbols[position.symbol] ?? '');
  const index = account.wallets.findIndex(({ ledger }) => ledger.asset === coin);
  if (index < 0) throw new RangeError(`account ${account.id} must hold a wallet of ${coin}, it has none`);
  return index;
}

function scopesOf(world: VenueWorld, state: VenueState, account: AccountState, index: number): Scope[] {
  const placed = account.positions.map((position, place) => ({
    position,
    wallet: walletIndex(world, account, position),
    leg: legOf(position, place, bracketsOf(world, state, account, position)),
  }));
  const shared = account.wallets.map(({ symbol }, wallet): Scope => {
    const cross = placed.filter((one) => one.wallet === wallet && one.position.margin === null);
    const legs = cross.map(({ leg }) => leg);
    return {
      account: index,
      wallet,
      position: -1,
      base: sharedBase(world, account, wallet),
      initial: initialMargins(cross.map(({ position }) => position)),
      rate: symbol,
      // The wallet of the account's currency carries every other asset; a coin is the margin of its own contracts alone.
      legs: wallet === 0 ? [...legs, ...assetLegs(account)] : legs,
    };
  });
  const isolated = placed.flatMap(({ position, wallet, leg }, place): Scope[] => {
    if (position.margin === null) return [];
    return [
      {
        account: index,
        wallet,
        position: place,
        base: Number(position.margin),
        initial: initialMargins([position]),
        rate: account.wallets[wallet]?.symbol ?? -1,
        legs: [leg],
      },
    ];
  });
  return [...shared, ...isolated];
}

/** The cash of a wallet less what is isolated of it, and what assets count for whose price does not move. */
function sharedBase(world: VenueWorld, account: AccountState, wallet: number): number {
  const cash = account.wallets[wallet]?.ledger.cash ?? '0';
  const isolated = account.positions.filter(
    (one) => one.margin !== null && walletIndex(world, account, one) === wallet,
  );
  // The wallet of the account's currency carries the assets.
  const fixed = wallet === 0 ? account.holdings.filter(({ symbol }) => symbol < 0) : [];
  if (isolated.length === 0 && fixed.length === 0) return Number(cash);
  const held = total(isolated.map(({ margin }) => money(margin ?? 0)));
  const worth = total(fixed.map((holding) => countedQty(holding).times(holding.price)));
  return money(cash).minus(held).plus(worth).toNumber();
}

function initialMargins(positions: readonly PositionState[]): number {
  return total(positions.map(initialMargin)).toNumber();
}

/** The bases of the scopes alone, written into their column: for a change of cash and isolated margins, and of nothing else. */
export function readBases(world: VenueWorld, { accounts }: VenueState, into: Float64Array): void {
  let scope = 0;
  for (const account of accounts) {
    for (let wallet = 0; wallet < account.wallets.length; wallet += 1) {
      into[scope] = sharedBase(world, account, wallet);
      scope += 1;
    }
    for (const { margin } of account.positions) {
      if (margin === null) continue;
      into[scope] = Number(margin);
      scope += 1;
    }
  }
}

function legOf(position: PositionState, place: number, table: BracketTable): Leg {
  return {
    kind: position.contract === 'linear' ? LINEAR : INVERSE,
    symbol: position.symbol,
    qty: Number(position.qty) * position.side,
    entry: entryPrice(position),
    position: place,
    table,
  };
}

function assetLegs({ holdings }: AccountState): Leg[] {
  return holdings
    .filter(({ symbol }) => symbol >= 0)
    .map((holding) => ({
      kind: ASSET,
      symbol: holding.symbol,
      qty: countedQty(holding).toNumber(),
      entry: 0,
      position: -1,
      table: null,
    }));
}

/** The quantity of an asset that the venue counts as margin. */
export function countedQty({ qty, haircut }: Holding): Money {
  return money(qty).times(money(1).minus(haircut));
}

function total(amounts: readonly Money[]): Money {
  return amounts.reduce((sum, amount) => sum.plus(amount), zero);
}

/** Whether the venue of an account fills orders and liquidates now. */
export function trades(state: VenueState, account: number): boolean {
  const status = state.venues[state.accounts[account]?.venue ?? -1];
  return status !== undefined && !status.outage && !status.halted && !status.bankrupt;
}
