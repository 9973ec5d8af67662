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
  readonly base: Money;
  readonly initial: Money;
  readonly rate: number;
  readonly legs: readonly Leg[];
};

export function buildMarginView(world: VenueWorld, state: VenueState): MarginView {
  const scopes = state.accounts.flatMap((account, index) => scopesOf(world, state, account, index));
  const legs = scopes.flatMap((scope) => scope.legs);
  const from = new Int32Array(scopes.length + 1);
  for (const [k, scope] of scopes.entries()) from[k + 1] = from[k]! + scope.legs.length;
  return {
    scopes: scopes.length,
    account: Int32Array.from(scopes, (scope) => scope.account),
    wallet: Int32Array.from(scopes, (scope) => scope.wallet),
    position: Int32Array.from(scopes, (scope) => scope.position),
    base: Float64Array.from(scopes, (scope) => scope.base.toNumber()),
    initial: Float64Array.from(scopes, (scope) => scope.initial.toNumber()),
    active: Uint8Array.from(scopes, ({ account }) => (trades(state, account) ? 1 : 0)),
    rate: Int32Array.from(scopes, (scope) => scope.rate),
    from,
    kind: Uint8Array.from(legs, (leg) => leg.kind),
    symbol: Int32Array.from(legs, (leg) => leg.symbol),
    qty: Float64Array.from(legs, (leg) => leg.qty),
    entry: Float64Array.from(legs, (leg) => leg.entry),
    legPosition: Int32Array.from(legs, (leg) => leg.position),
    table: legs.map((leg) => leg.table),
    bracket: new Int32Array(legs.length),
    equity: new Float64Array(scopes.length),
    maintenance: new Float64Array(scopes.length),
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
  const legs = account.positions.map((position) => {
    const table = bracketsOf(world, state, account, position);
    return { position, wallet: walletIndex(world, account, position), leg: legOf(position, table) };
  });
  const shared = account.wallets.map(({ ledger, symbol }, wallet): Scope => {
    const own = legs.filter((one) => one.wallet === wallet);
    const cross = own.filter(({ position }) => position.margin === null);
    // The wallet of the account's currency carries every other asset; a coin is the margin of its own contracts alone.
    const holdings = wallet === 0 ? account.holdings : [];
    const isolated = own.map(({ position }) => money(position.margin ?? 0));
    return {
      account: index,
      wallet,
      position: -1,
      base: money(ledger.cash).minus(total(isolated)).plus(fixedHoldings(account, wallet)),
      initial: total(cross.map(({ position }) => initialMargin(position))),
      rate: symbol,
      legs: [
        ...legs.flatMap(({ position, wallet: at, leg }, place) =>
          at === wallet && position.margin === null ? [{ ...leg, position: place }] : [],
        ),
        ...holdings.filter((holding) => holding.symbol >= 0).map(assetLeg),
      ],
    };
  });
  const isolated = legs.flatMap(({ position, wallet, leg }, place): Scope[] => {
    if (position.margin === null) return [];
    return [
      {
        account: index,
        wallet,
        position: place,
        base: money(position.margin),
        initial: initialMargin(position),
        rate: account.wallets[wallet]?.symbol ?? -1,
        legs: [{ ...leg, position: place }],
      },
    ];
  });
  return [...shared, ...isolated];
}

/** What assets count for whose price is stated and does not move; the wallet of the account's currency carries them. */
function fixedHoldings({ holdings }: AccountState, wallet: number): Money {
  if (wallet !== 0) return zero;
  const fixed = holdings.filter((holding) => holding.symbol < 0);
  return total(fixed.map((holding) => countedQty(holding).times(holding.price)));
}

/** The bases of the scopes alone, written into their column: for a change of cash and isolated margins, and of nothing else. */
export function readBases(world: VenueWorld, { accounts }: VenueState, into: Float64Array): void {
  let scope = 0;
  for (const account of accounts) {
    for (const [wallet, { ledger }] of account.wallets.entries()) {
      const held = account.positions
        .filter((one) => one.margin !== null && walletIndex(world, account, one) === wallet)
        .map(({ margin }) => money(margin ?? 0));
      const base = money(ledger.cash).minus(total(held)).plus(fixedHoldings(account, wallet));
      into[scope] = base.toNumber();
      scope += 1;
    }
    for (const { margin } of account.positions) {
      if (margin === null) continue;
      into[scope] = money(margin).toNumber();
      scope += 1;
    }
  }
}

function legOf(position: PositionState, table: BracketTable): Omit<Leg, 'position'> {
  return {
    kind: position.contract === 'linear' ? LINEAR : INVERSE,
    symbol: position.symbol,
    qty: Number(position.qty) * position.side,
    entry: entryPrice(position),
    table,
  };
}

function assetLeg(holding: Holding): Leg {
  const { symbol } = holding;
  return {
    kind: ASSET,
    symbol,
    qty: countedQty(holding).toNumber(),
    entry: 0,
    position: -1,
    table: null,
  };
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
