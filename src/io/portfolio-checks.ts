/** What the parts of a portfolio must hold together: rules that no single key can be checked for. */
import { baseAsset } from '../market/symbol.ts';
import type { Book } from '../model/book.ts';
import { type Money, money, moneyText } from '../model/money.ts';

/** Ends the reading with what must hold, at a path of the file. */
export type Refuse = (path: string, message: string, remedy: string) => never;

/** Holds positions, orders and margins of a book against each other. */
export function checkBook(book: Book, refuse: Refuse): void {
  checkPositions(book, refuse);
  checkOrders(book, refuse);
  checkMargins(book, refuse);
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
  for (const [index, { account, symbol, price, qty, reduceOnly }] of orders.entries()) {
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
    if (!money(price).greaterThan(0))
      refuse(`${path}.price`, `price must be above 0, was ${price}`, 'Give a price');
    if (qty !== null && money(qty).isZero())
      refuse(`${path}.qty`, 'qty must not be 0', 'Leave it out to close all');
  }
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
      const wallet =
        account.collateral.find((one) => (one.asset === 'XBT' ? 'BTC' : one.asset) === asset)?.qty ?? '0';
      if (held.lessThanOrEqualTo(wallet)) continue;
      const message = `isolated margins of account ${account.id} must fit into its wallet of ${wallet} ${asset}, was ${moneyText(held.toDecimalPlaces(8))}`;
      refuse(path, message, 'Raise the balance or the leverage, or make a position cross');
    }
  }
}
