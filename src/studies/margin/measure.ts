/** The measures of one position: margin, the price that liquidates it, the rungs before that, the days that funding gives. */
import { atr } from '../../math/atr.ts';
import { type Money, money, moneyText, roundAgainst, scaleOf, zero } from '../../model/money.ts';
import { MS_PER_DAY, parseDuration } from '../../model/time.ts';
import { bracketOf } from '../../risk/brackets.ts';
import { bankruptcyPrice, liquidationPrices, type MarginLeg } from '../../risk/liquidation-price.ts';
import { ledgerOf } from '../../venue/booking.ts';
import { walletIndex } from '../../venue/margin-view.ts';
import { freeMargin } from '../../venue/open-position.ts';
import { entryPrice, initialMargin, unrealised, valueAt } from '../../venue/position.ts';
import { exactMargin } from '../../venue/scope-margin.ts';
import type { Venue } from '../../venue/venue.ts';
import type { AccountState, PositionState } from '../../venue/venue-state.ts';
import { bracketsOf, currentTerms } from '../../venue/venue-world.ts';
import type { MarginPosition } from '../margin-result.ts';
import type { MarginInputs, MarginTree } from './inputs.ts';

export type Measuring = {
  readonly venue: Venue;
  readonly inputs: MarginInputs;
  readonly tree: MarginTree;
  /** Last moment whose bars are known. */
  readonly now: number;
};

/** The exact parts that the whole book is summed from. */
export type Measured = {
  readonly row: MarginPosition;
  readonly equity: Money;
  readonly maintenance: Money;
  readonly initial: Money;
};

export function measure(of: Measuring, account: AccountState, position: PositionState): Measured {
  const { venue } = of;
  const { world, state, prices } = venue;
  const mark = prices.mark[position.symbol]!;
  const scope = scopeOf(venue, account, position);
  const { equity, maintenance } = exactMargin(world, state, { view: venue.view, scope, marks: prices.mark });
  const { asset } = ledgerOf(venue, account, position);
  const notional = valueAt(position.contract, money(position.qty), money(mark));
  const initial = initialMargin(position);
  const own = ownMaintenance(venue, account, position);
  const liquidation = liquidationOf(venue, account, position, scope);
  const scopeInitial = venue.view.initial[scope]!;
  const text = (amount: Money) => moneyText(roundAgainst(amount, scaleOf(asset)));
  const up = (amount: Money) => moneyText(roundAgainst(amount.negated(), scaleOf(asset)).negated());
  const wallet = walletIndex(world, account, position);
  const free = freeMargin(venue, account, wallet);
  const buffer = equity.minus(maintenance).div(notional).toNumber();
  const settlements = settlementsLeft(of, account, position, { buffer: equity.minus(maintenance), notional });
  const row: MarginPosition = {
    account: account.id,
    symbol: world.symbols[position.symbol] ?? '',
    direction: position.side > 0 ? 'long' : 'short',
    contract: position.contract,
    marginMode: position.margin === null ? 'cross' : 'isolated',
    qty: moneyText(money(position.qty).times(position.side)),
    entry: entryPrice(position),
    mark,
    leverage: position.leverage,
    asset,
    notional: up(notional),
    bracket: bracketRow(venue, account, position, notional.toNumber()),
    initialMargin: up(initial),
    maintenanceMargin: up(own),
    availableMargin: text(free.isNegative() ? zero : free),
    marginLevel: maintenance.greaterThan(0) ? equity.div(maintenance).toNumber() : null,
    marginRemaining: scopeInitial > 0 ? equity.toNumber() / scopeInitial : null,
    marginBuffer: buffer,
    liquidationPrice: liquidation.price,
    bankruptcyPrice: liquidation.bankruptcy,
    liquidationDistance: liquidation.price === null ? null : Math.abs(mark - liquidation.price) / mark,
    distanceAtr: distanceInAtrs(of, position, liquidation.price),
    ladder: ladderOf(of, position, { price: liquidation.price, scopeInitial, equity: equity.toNumber() }),
    fundingSettlements: settlements.count,
    fundingDays: settlements.days,
  };
  return { row, equity, maintenance: own, initial };
}

/** The scope that a position is margined in. */
export function scopeOf(
  { world, state, view }: Venue,
  account: AccountState,
  position: PositionState,
): number {
  const owner = state.accounts.indexOf(account);
  const place = account.positions.indexOf(position);
  const wallet = walletIndex(world, account, position);
  for (let scope = 0; scope < view.scopes; scope += 1) {
    if (view.account[scope] !== owner) continue;
    if (
      position.margin === null
        ? view.position[scope] === -1 && view.wallet[scope] === wallet
        : view.position[scope] === place
    )
      return scope;
  }
  throw new RangeError('every position must have a scope');
}

function ownMaintenance(
  { world, state, prices }: Venue,
  account: AccountState,
  position: PositionState,
): Money {
  const notional = valueAt(position.contract, money(position.qty), money(prices.mark[position.symbol]!));
  const table = bracketsOf(world, state, account, position);
  const index = bracketOf(table, notional.toNumber());
  return notional.times(money(table.rate[index]!)).minus(money(table.amount[index]!));
}

function bracketRow(
  { world, state }: Venue,
  account: AccountState,
  position: PositionState,
  notional: number,
): MarginPosition['bracket'] {
  const table = bracketsOf(world, state, account, position);
  const index = bracketOf(table, notional);
  return {
    terms: currentTerms(world, state, account.venue).name,
    index: index + 1,
    floor: table.floor[index]!,
    cap: table.cap[index]!,
    rate: table.rate[index]!,
    amount: table.amount[index]!,
    maxLeverage: table.maxLeverage[index]!,
  };
}

/** The liquidation price by which the venue acts, all other marks standing still, and the one at which nothing is left. */
function liquidationOf(
  venue: Venue,
  account: AccountState,
  position: PositionState,
  scope: number,
): { readonly price: number | null; readonly bankruptcy: number | null } {
  const { world, state, prices, view } = venue;
  const exact = exactMargin(world, state, { view, scope, marks: prices.mark });
  const shared = position.margin === null;
  const wallet = walletIndex(world, account, position);
  const inScope = shared
    ? account.positions.filter((one) => one.margin === null && walletIndex(world, account, one) === wallet)
    : [position];
  const same = inScope.filter((one) => one.symbol === position.symbol);
  const mark = (one: PositionState) => prices.mark[one.symbol]!;
  const ownPnl = same.reduce((sum, one) => sum.plus(unrealised(one, mark(one))), zero);
  const ownKept = same.reduce((sum, one) => sum.plus(ownMaintenance(venue, account, one)), zero);
  const others = exact.maintenance.minus(ownKept);
  const base = exact.equity.minus(ownPnl);
  const legs = same.map((one): MarginLeg => {
    const table = bracketsOf(world, state, account, one);
    const qty = money(one.qty).times(one.side).toNumber();
    return { contract: one.contract, qty, entry: entryPrice(one), table, feeRate: 0 };
  });
  const { lower, upper } = liquidationPrices(base.minus(others).toNumber(), legs);
  const at = mark(position);
  const found = [lower?.price, upper?.price].filter((price) => price !== undefined);
  const [nearest] = found.toSorted((a, b) => Math.abs(a - at) - Math.abs(b - at));
  const [only, ...more] = legs;
  const bankruptcy = only === undefined || more.length > 0 ? null : bankruptcyPrice(only, base.toNumber());
  return { price: nearest ?? null, bankruptcy };
}

function distanceInAtrs(
  { venue, inputs, tree, now }: Measuring,
  position: PositionState,
  liquidation: number | null,
): number | null {
  const symbol = venue.world.symbols[position.symbol];
  const bars = inputs.ohlcv.find((one) => one.symbol === symbol);
  if (bars === undefined || liquidation === null) return null;
  const { atrPeriod, atrMethod } = tree.guards.stops;
  const values = atr(bars, atrPeriod, atrMethod);
  // The last one known at the moment; at the very start of the data none is yet, and the first one has to do.
  const known = values.findLast((own, i) => !Number.isNaN(own) && bars.time[i]! + bars.interval <= now);
  const value = known ?? values.find((own) => !Number.isNaN(own)) ?? Number.NaN;
  if (!(value > 0)) return null;
  return Math.abs(venue.prices.mark[position.symbol]! - liquidation) / value;
}

/** The price at which each rung of the ladder is reached, and whether the venue liquidates before. */
function ladderOf(
  { venue, tree }: Measuring,
  position: PositionState,
  at: { readonly price: number | null; readonly scopeInitial: number; readonly equity: number },
): MarginPosition['ladder'] {
  const mark = venue.prices.mark[position.symbol]!;
  const qty = money(position.qty).times(position.side).toNumber();
  return tree.guards['margin-ladder'].rungs.map(({ bound, action, reduceBy }) => {
    // Equity moves with this position alone: in a straight line of the price, for inverse of one over the price.
    const lost = at.equity - bound * at.scopeInitial;
    const raw = position.contract === 'linear' ? mark - lost / qty : 1 / (1 / mark + lost / qty);
    const price = raw > 0 && Number.isFinite(raw) ? raw : null;
    const before =
      price !== null && (at.price === null || (position.side > 0 ? price > at.price : price < at.price));
    const told = action === 'reduce' ? `reduce ${Math.round((reduceBy ?? 0) * 100)} %` : action;
    return { rung: bound, action: told, price, reachable: before };
  });
}

/** Settlements until funding alone brings the scope to its maintenance at a flat mark; null where the position is paid. */
function settlementsLeft(
  { venue, tree }: Measuring,
  account: AccountState,
  position: PositionState,
  { buffer, notional }: { readonly buffer: Money; readonly notional: Money },
): { readonly count: number | null; readonly days: number | null } {
  const { funding } = currentTerms(venue.world, venue.state, account.venue);
  const { rate, per } = tree.studies.margin;
  const paid = notional.times(money(rate ?? tree.venue.flatFunding ?? funding.flatRate)).times(position.side);
  if (!paid.greaterThan(0)) return { count: null, days: null };
  const count = Math.max(0, buffer.div(paid).toDecimalPlaces(30).ceil().toNumber());
  const interval = (per === null ? null : parseDuration(per)) ?? funding.interval;
  return { count, days: (count * interval) / MS_PER_DAY };
}
