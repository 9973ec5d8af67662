/** What the parts of a portfolio must hold together: rules that no single key can be checked for. */
import { baseAsset } from '../market/symbol.ts';
import type { Book, BookPosition } from '../model/book.ts';
import { type Money, money, moneyText } from '../model/money.ts';
import type { Refuse } from './stated-text.ts';

/** Holds positions, orders and margins of a book against each other. */
export function checkBook(book: Book, refuse: Refuse): void {
  for (const [index, one] of book.positions.entries()) checkPosition(one, `positions[${index}]`, refuse);
  checkPositions(book, refuse);
  checkSettlement(book, refuse);
  checkOrders(book, refuse);
  checkMargins(book, refuse);
}

/** What a position states must mean something for its kind: nothing that is written may be passed over. */
function checkPosition(one: BookPosition, path: string, refuse: Refuse): void {
  const isSpot = one.type === 'spot';
  if (money(one.qty).isZero())
    refuse(`${path}.qty`, 'a position must have a quantity, was 0', 'Leave it out');
  if (isSpot && (money(one.qty).isNegative() || one.contract === 'inverse')) {
    const was = one.contract === 'inverse' ? 'inverse' : `a quantity of ${one.qty}`;
    const message = `a spot position must be long and linear, was ${was}`;
    refuse(`${path}.type`, message, 'Make it a perp, or its quantity positive');
  }
  if (isSpot && one.leverage !== 1) {
    const message = `a spot position must be paid in full, was at leverage ${one.leverage}`;
    refuse(`${path}.leverage`, message, 'Leave the leverage out, or make it a perp');
  }
  if (!isSpot && one.haircut !== 0) {
    const message = `a haircut must be that of a spot position, was ${one.haircut} of a perp`;
    refuse(`${path}.haircut`, message, 'Leave it out');
  }
  const added = money(one.addedMargin);
  if (added.isNegative())
    refuse(`${path}.addedMargin`, `added margin must be at least 0, was ${one.addedMargin}`, 'Leave it out');
  if (!added.isZero() && (isSpot || one.marginMode === 'cross')) {
    const message = `added margin must be that of an isolated perp, was ${one.addedMargin} of a ${isSpot ? 'spot' : 'cross'} position`;
    refuse(`${path}.addedMargin`, message, 'Leave it out, or write marginMode: isolated');
  }
}

/** A one-way account holds one position a symbol; a hedging one a long and a short. */
function checkPositions({ accounts, positions }: Book, refuse: Refuse): void {
  for (const [index, one] of positions.entries()) {
    if (one.type === 'spot') continue;
    const hedge = accounts.find(({ id }) => id === one.account)?.positionMode === 'hedge';
    const same = positions.slice(0, index).find((other) => {
      if (other.account !== one.account || other.symbol !== one.symbol || other.type === 'spot') return false;
      return !hedge || money(other.qty).isNegative() === money(one.qty).isNegative();
    });
    if (same === undefined) continue;
    const most = hedge ? 'one long and one short position' : 'one position';
    const message = `a ${hedge ? 'hedging' : 'one-way'} account must hold at most ${most} in ${one.symbol}, was another`;
    refuse(`positions[${index}].symbol`, message, 'Join the two, or set positionMode: hedge');
  }
  const currencies = new Set(accounts.map(({ currency }) => currency));
  if (currencies.size > 1) {
    const message = `the accounts of a book must be reported in one currency, was ${[...currencies].join(' and ')}`;
    refuse('accounts', message, 'Give all accounts one currency; other assets stand under collateral');
  }
}

function checkOrders({ positions, orders }: Book, refuse: Refuse): void {
  for (const [index, { account, symbol, qty, reduceOnly }] of orders.entries()) {
    const path = `orders[${index}]`;
    const held = positions.some(
      (one) => one.account === account && one.symbol === symbol && one.type === 'perp',
    );
    if (reduceOnly && !held) {
      const message = `an order that only reduces must have a position in ${symbol}, was none`;
      refuse(`${path}.symbol`, message, 'Leave it out, or set reduceOnly: false with a qty');
    }
    if (!reduceOnly && qty === null)
      refuse(path, 'an order that may open must have a qty, was none', 'Give it a qty');
    if (qty !== null && money(qty).isZero())
      refuse(`${path}.qty`, 'qty must not be 0', 'Leave it out to close all');
  }
}

/** The coin that an inverse position settles in is a wallet: it counts in full, at the mark of its own contract. */
function checkSettlement({ accounts, positions }: Book, refuse: Refuse): void {
  for (const { id, currency, collateral } of accounts) {
    const settled = positions.filter((one) => one.account === id && one.contract === 'inverse');
    for (const { asset, haircut, price } of collateral) {
      if (asset === currency || (haircut === 0 && price === null)) continue;
      const index = positions.findIndex(
        (one) => settled.includes(one) && baseAsset(one.symbol) === coinOf(asset),
      );
      if (index < 0) continue;
      const message = `${asset} of account ${id} must have neither price nor haircut where an inverse position settles in it, was ${price === null ? `haircut ${haircut}` : `price ${price}`}`;
      refuse(`positions[${index}]`, message, 'Leave them out: the mark of the position is its price');
    }
  }
}

/** BitMEX writes XBT for BTC. */
export function coinOf(asset: string): string {
  return asset === 'XBT' ? 'BTC' : asset;
}

/** The margins that isolated positions hold are a part of the wallet, so they cannot be more than it. */
function checkMargins({ accounts, positions }: Book, refuse: Refuse): void {
  for (const account of accounts) {
    const wallets = new Map<string, { held: Money; path: string }>();
    for (const [index, one] of positions.entries()) {
      if (one.account !== account.id || one.type === 'spot' || one.marginMode !== 'isolated') continue;
      const asset = one.contract === 'linear' ? account.currency : baseAsset(one.symbol);
      const qty = money(one.qty).abs();
      const cost = one.contract === 'linear' ? qty.times(one.entry) : qty.div(one.entry);
      const before = wallets.get(asset)?.held ?? money(0);
      const held = before.plus(cost.div(one.leverage)).plus(one.addedMargin);
      wallets.set(asset, { held, path: `positions[${index}]` });
    }
    for (const [asset, { held, path }] of wallets) {
      const wallet = account.collateral.find((one) => coinOf(one.asset) === asset)?.qty ?? '0';
      if (held.lessThanOrEqualTo(wallet)) continue;
      const message = `isolated margins of account ${account.id} must fit into its wallet of ${wallet} ${asset}, was ${moneyText(held.toDecimalPlaces(8))}`;
      refuse(path, message, 'Raise the balance or the leverage, or make a position cross');
    }
  }
}
