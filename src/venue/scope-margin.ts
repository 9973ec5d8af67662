/** Equity and maintenance margin of one scope in exact decimals, for decisions that doubles cannot make. */
import { type Money, money, zero } from '../model/money.ts';
import { bracketOf } from '../risk/brackets.ts';
import type { MarginView } from '../risk/read-margin.ts';
import { holdingsValue } from './booking.ts';
import { walletIndex } from './margin-view.ts';
import { unrealised, valueAt } from './position.ts';
import type { PositionState, VenueState } from './venue-state.ts';
import { bracketsOf, type VenueWorld } from './venue-world.ts';

export type ExactMargin = { readonly equity: Money; readonly maintenance: Money };

/** Equity and maintenance of a scope at the marks, in its settlement asset. */
export function exactMargin(
  world: VenueWorld,
  state: VenueState,
  at: { readonly view: MarginView; readonly scope: number; readonly marks: Float64Array },
): ExactMargin {
  const { view, scope, marks } = at;
  const account = state.accounts[view.account[scope]!];
  if (account === undefined) throw new RangeError(`the account of scope ${scope} must exist`);
  const place = view.position[scope]!;
  const wallet = view.wallet[scope]!;
  const own = account.positions.filter((one) => walletIndex(world, account, one) === wallet);
  const legs = place < 0 ? own.filter(({ margin }) => margin === null) : [account.positions[place]];
  const positions = legs.filter((one): one is PositionState => one !== undefined);
  const cash = account.wallets[wallet]?.ledger.cash ?? '0';
  const isolated = own.reduce((sum, { margin }) => sum.plus(margin ?? 0), zero);
  const assets = wallet === 0 ? holdingsValue(account, marks) : zero;
  const base = place < 0 ? money(cash).minus(isolated).plus(assets) : money(positions[0]?.margin ?? 0);
  const mark = (position: PositionState) => marks[position.symbol]!;
  return {
    equity: positions.reduce((sum, one) => sum.plus(unrealised(one, mark(one))), base),
    maintenance: positions.reduce((sum, one) => {
      const notional = valueAt(one.contract, money(one.qty), money(mark(one)));
      const table = bracketsOf(world, state, account, one);
      const index = bracketOf(table, notional.toNumber());
      return sum.plus(notional.times(money(table.rate[index]!))).minus(money(table.amount[index]!));
    }, zero),
  };
}
