/** From a book to the state of the venue at its start. */

import { baseAsset } from '../market/symbol.ts';
import type { Book, BookAccount, BookOrder, BookPosition } from '../model/book.ts';
import { InputError } from '../model/errors.ts';
import { isDollar, money, moneyText } from '../model/money.ts';
import { openLedger } from './ledger.ts';
import { openingMargin, valueAt } from './position.ts';
import { termsAt } from './venue-spec.ts';
import type {
  AccountState,
  Holding,
  PositionState,
  RestingOrder,
  VenueState,
  Wallet,
} from './venue-state.ts';
import type { VenueWorld } from './venue-world.ts';

/**
 * The state at a moment: wallets, positions with the margin they hold, orders that rest.
 *
 * @throws InputError PORTFOLIO  where an asset has no price, or a symbol is not among those of the world
 */
export function createVenueState(world: VenueWorld, book: Book, time: number): VenueState {
  const state: VenueState = {
    time,
    accounts: book.accounts.map((account) => accountOf(world, book, account, time)),
    venues: world.specs.map((spec) => {
      const { terms } = termsAt(spec, time);
      const index = spec.terms.indexOf(terms);
      return {
        terms: index,
        outage: false,
        halted: false,
        withdrawals: true,
        bankrupt: false,
        settled: [],
        leverageCaps: [],
      };
    }),
    nextOrder: 0,
    liquidations: [],
    adl: [],
    knownExits: [],
    counts: { intents: 0, filled: 0, partly: 0, rejected: 0 },
    slippage: { expected: '0', actual: '0' },
    rejections: [],
  };
  for (const [index, account] of state.accounts.entries()) {
    const own = book.orders.filter((order) => order.account === book.accounts[index]?.id);
    for (const order of own) {
      account.orders.push(restingOrder(world, account, order, state.nextOrder));
      state.nextOrder += 1;
      state.counts.intents += 1;
    }
  }
  return state;
}

function accountOf(world: VenueWorld, book: Book, account: BookAccount, time: number): AccountState {
  const own = book.positions.filter((position) => position.account === account.id);
  const perps = own.filter(({ type }) => type === 'perp');
  const wallets = walletsOf(world, account, perps);
  const limit = book.dailyLossLimits.find((one) => one.account === account.id);
  return {
    id: account.id,
    venue: world.specs.findIndex(({ name }) => name === account.venue),
    currency: account.currency,
    marginMode: account.marginMode,
    positionMode: account.positionMode,
    wallets,
    holdings: [
      ...account.collateral
        .filter(({ asset }) => !wallets.some(({ ledger }) => ledger.asset === coinName(asset)))
        .map((one) => collateralOf(world, account, one)),
      ...own.filter(({ type }) => type === 'spot').map((one) => spotOf(world, one)),
    ],
    lostCollateral: '0',
    positions: perps.map((position) => positionOf(world, account, position, time)),
    orders: [],
    cooldowns: [],
    dailyLoss: limit === undefined ? null : { fraction: limit.fraction, dayEquity: 0, halted: false },
  };
}

/** One wallet in the account's currency, and one for every coin that an inverse position settles in. */
function walletsOf(world: VenueWorld, account: BookAccount, perps: readonly BookPosition[]): Wallet[] {
  const own = coinName(account.currency);
  const balance = (asset: string) =>
    account.collateral.find((one) => coinName(one.asset) === asset)?.qty ?? '0';
  const wallets: Wallet[] = [{ ledger: openLedger(own, balance(own)), symbol: -1 }];
  for (const { contract, symbol } of perps) {
    const coin = baseAsset(symbol);
    if (contract === 'linear' || wallets.some(({ ledger }) => ledger.asset === coin)) continue;
    wallets.push({ ledger: openLedger(coin, balance(coin)), symbol: symbolIndex(world, symbol) });
  }
  return wallets;
}

/** BitMEX writes XBT for BTC. */
function coinName(asset: string): string {
  return asset === 'XBT' ? 'BTC' : asset;
}

function collateralOf(
  world: VenueWorld,
  { currency }: BookAccount,
  { asset, qty, haircut, price }: BookAccount['collateral'][number],
): Holding {
  const stated = { asset, qty, haircut, spot: false };
  if (price !== null) return { ...stated, symbol: -1, price: money(price).toNumber() };
  const symbol = world.symbols.indexOf(`${asset}${currency}`);
  if (symbol >= 0) return { ...stated, symbol, price: 0 };
  if (isDollar(asset) && isDollar(currency)) return { ...stated, symbol: -1, price: 1 };
  throw new InputError({
    code: 'PORTFOLIO',
    message: `collateral must have a price, ${asset} has none`,
    remedy: `Give it a price in the portfolio, or bars of ${asset}${currency}`,
  });
}

function spotOf(world: VenueWorld, { symbol, qty, haircut }: BookPosition): Holding {
  const at = symbolIndex(world, symbol);
  return { asset: symbol, qty, haircut, symbol: at, price: 0, spot: true };
}

function positionOf(
  world: VenueWorld,
  account: BookAccount,
  position: BookPosition,
  time: number,
): PositionState {
  const { contract, leverage } = position;
  const qty = money(position.qty).abs();
  const cost = valueAt(contract, qty, money(position.entry));
  const asset = contract === 'linear' ? account.currency : baseAsset(position.symbol);
  const isolated = openingMargin(cost, leverage, asset).plus(position.addedMargin);
  return {
    symbol: symbolIndex(world, position.symbol),
    contract,
    side: money(position.qty).isNegative() ? -1 : 1,
    qty: moneyText(qty),
    cost: moneyText(cost),
    margin: position.marginMode === 'isolated' ? moneyText(isolated) : null,
    leverage,
    openedAt: position.openedAt ?? time,
    owners: [{ trade: -1, qty: moneyText(qty) }],
  };
}

/** A resting order closes the position that it is against; without a quantity, all of it. */
function restingOrder(world: VenueWorld, account: AccountState, order: BookOrder, id: number): RestingOrder {
  const symbol = symbolIndex(world, order.symbol);
  const held = account.positions.find((position) => position.symbol === symbol);
  const signed = order.qty === null ? -(held?.side ?? 1) : money(order.qty).toNumber();
  return {
    id,
    symbol,
    kind: order.kind,
    side: signed > 0 ? 1 : -1,
    qty: order.qty === null ? null : moneyText(money(order.qty).abs()),
    price: money(order.price).toNumber(),
    trigger: order.trigger,
    opens: order.reduceOnly
      ? null
      : { leverage: order.leverage, marginMode: account.marginMode, contract: order.contract },
    resumesAt: null,
    exit: null,
  };
}

function symbolIndex(world: VenueWorld, symbol: string): number {
  const index = world.symbols.indexOf(symbol);
  if (index >= 0) return index;
  throw new InputError({
    code: 'SYMBOL_UNKNOWN',
    message: `every symbol of the book must have prices, ${symbol} has none`,
    remedy: `Give bars of ${symbol} with --ohlcv, or leave it out of the book`,
  });
}
