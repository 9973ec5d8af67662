/** The content of a portfolio file as a book: names joined, symbols as data name them, amounts as plain decimal texts. */
import { canonicalSymbol } from '../market/symbol.ts';
import type {
  Book,
  BookAccount,
  BookOrder,
  BookPosition,
  Collateral,
  DailyLossLimit,
} from '../model/book.ts';
import { money, moneyText } from '../model/money.ts';
import { nearestName } from '../model/nearest-name.ts';
import { coinOf } from './portfolio-checks.ts';
import type { PortfolioFile } from './portfolio-schema.ts';
import { stampOf } from './readers/stamp.ts';
import type { Refuse } from './stated-text.ts';

type Amount = string | number;
type Stated = NonNullable<PortfolioFile['accounts']>[number];
type Known = { readonly accounts: readonly BookAccount[]; readonly refuse: Refuse };

/** Parts that name what is not there are refused; whether the parts fit each other is for `checkBook`. */
export function portfolioBook(content: PortfolioFile, refuse: Refuse): Book {
  const stated = statedAccounts(content, refuse);
  const pathOf = (i: number) => (content.accounts === undefined ? 'account' : `accounts[${i}]`);
  const accounts = stated.map((one, i) => accountOf(one, pathOf(i), refuse));
  for (const [i, { id }] of accounts.entries()) {
    if (accounts.findIndex((other) => other.id === id) === i) continue;
    refuse(`${pathOf(i)}.id`, `an account must have an id of its own, was ${id} twice`, 'Rename one');
  }
  const known: Known = { accounts, refuse };
  return {
    accounts,
    positions: content.positions.map((one, i) => positionOf(one, `positions[${i}]`, known)),
    orders: content.orders.map((one, i) => orderOf(one, `orders[${i}]`, known)),
    dailyLossLimits: limitsOf(content, stated, known),
  };
}

function statedAccounts({ account, accounts }: PortfolioFile, refuse: Refuse): readonly Stated[] {
  if (account !== undefined && accounts === undefined) return [{ id: 'main', ...account }];
  if (accounts !== undefined && account === undefined) return accounts;
  const was = account === undefined ? 'none' : 'both';
  return refuse(
    'account',
    `a portfolio must state one account or accounts, was ${was}`,
    was === 'both' ? 'Keep one of the two' : 'Write account: { balance: "100000" }',
  );
}

function accountOf(one: Stated, path: string, refuse: Refuse): BookAccount {
  const { id, venue, marginMode, positionMode, balance } = one;
  const currency = assetOf(one.currency);
  const listed = one.collateral.map((each, i) =>
    collateralOf(each, { path: `${path}.collateral[${i}]`, currency, refuse }),
  );
  for (const [i, { asset }] of listed.entries()) {
    if (listed.findIndex((other) => coinOf(other.asset) === coinOf(asset)) === i) continue;
    const message = `an asset must stand once in an account, was ${asset} twice`;
    refuse(`${path}.collateral[${i}].asset`, message, 'Add the two up');
  }
  if (balance !== undefined && listed.some(({ asset }) => asset === currency)) {
    const message = `the balance must be stated once, was balance and collateral in ${currency}`;
    refuse(`${path}.balance`, message, 'Leave one of them out');
  }
  const own =
    balance === undefined ? [] : [{ asset: currency, qty: digits(balance), haircut: 0, price: null }];
  const collateral = [...own, ...listed];
  if (collateral.length === 0) {
    const message = 'an account must hold something, was neither balance nor collateral';
    refuse(path, message, 'Give it a balance');
  }
  return { id, venue, currency, marginMode, positionMode, collateral };
}

function collateralOf(
  { asset: name, qty, haircut, price }: Stated['collateral'][number],
  { path, currency, refuse }: { readonly path: string; readonly currency: string; readonly refuse: Refuse },
): Collateral {
  const asset = assetOf(name);
  if (asset === currency) {
    if (haircut !== 0)
      refuse(
        `${path}.haircut`,
        `the account's own currency must count in full, was ${haircut}`,
        'Leave it out',
      );
    if (price !== undefined && !money(price).equals(1))
      refuse(`${path}.price`, `the account's own currency must have price 1, was ${price}`, 'Leave it out');
  } else if (isBelowZero(qty)) {
    const message = `only the account's own currency may be owed, was ${qty} ${asset}`;
    refuse(`${path}.qty`, message, 'Take the debt from the balance');
  }
  if (price !== undefined) requirePrice('price', price, path, refuse);
  return { asset, qty: digits(qty), haircut, price: price === undefined ? null : digits(price) };
}

function positionOf(
  one: PortfolioFile['positions'][number],
  path: string,
  { accounts, refuse }: Known,
): BookPosition {
  const account = accountNamed(one.account, path, { accounts, refuse });
  for (const key of ['entry', 'mark', 'stop'] as const) {
    const value = one[key];
    if (value !== undefined) requirePrice(key, value, path, refuse);
  }
  return {
    account: account.id,
    symbol: canonicalSymbol(one.symbol),
    type: one.type,
    contract: one.contract,
    qty: digits(one.qty),
    entry: digits(one.entry),
    mark: one.mark === undefined ? null : digits(one.mark),
    leverage: one.leverage,
    marginMode: one.marginMode ?? account.marginMode,
    addedMargin: digits(one.addedMargin),
    stop: one.stop === undefined ? null : digits(one.stop),
    sector: one.sector ?? null,
    openedAt: one.openedAt === undefined ? null : momentOf(one.openedAt, `${path}.openedAt`, refuse),
    haircut: one.haircut,
  };
}

function orderOf(one: PortfolioFile['orders'][number], path: string, { accounts, refuse }: Known): BookOrder {
  const { kind, type, qty, price, trigger, reduceOnly, leverage, contract } = one;
  if (kind !== undefined && type !== undefined)
    refuse(`${path}.type`, 'an order must have kind or type, was both', 'Leave type out');
  const own =
    kind ??
    type ??
    refuse(path, 'an order must have a kind, was none', 'Write kind: limit, stop-market or take-profit');
  requirePrice('price', price, path, refuse);
  return {
    account: accountNamed(one.account, path, { accounts, refuse }).id,
    symbol: canonicalSymbol(one.symbol),
    kind: own,
    qty: qty === undefined ? null : digits(qty),
    price: digits(price),
    trigger,
    reduceOnly,
    leverage,
    contract,
  };
}

/** The limits of the accounts and those of the list, in the order of the file; one an account. */
function limitsOf(content: PortfolioFile, stated: readonly Stated[], known: Known): DailyLossLimit[] {
  const limits: DailyLossLimit[] = stated.flatMap(({ id, dailyLossLimit }) =>
    dailyLossLimit === undefined ? [] : [{ account: id, fraction: dailyLossLimit }],
  );
  for (const [i, { account: name, fraction }] of content.dailyLossLimits.entries()) {
    const path = `dailyLossLimits[${i}]`;
    const account = accountNamed(name, path, known).id;
    if (limits.some((one) => one.account === account)) {
      const message = `an account must have one daily loss limit, ${account} was given two`;
      known.refuse(path, message, 'Leave one of them out');
    }
    limits.push({ account, fraction });
  }
  return limits;
}

function accountNamed(name: string | undefined, path: string, { accounts, refuse }: Known): BookAccount {
  const [first, ...others] = accounts;
  if (name === undefined && first !== undefined && others.length === 0) return first;
  const found = accounts.find(({ id }) => id === name);
  if (found !== undefined) return found;
  const ids = accounts.map(({ id }) => id);
  const near = name === undefined ? null : nearestName(name, ids);
  return refuse(
    name === undefined ? path : `${path}.account`,
    `the account must be one of ${ids.join(', ')}, was ${name === undefined ? 'nothing' : `"${name}"`}`,
    near === null ? 'Name the account that holds it' : `Did you mean "${near}"?`,
  );
}

function requirePrice(key: string, value: Amount, path: string, refuse: Refuse): void {
  if (money(value).greaterThan(0)) return;
  refuse(`${path}.${key}`, `${key} must be above 0, was ${value}`, 'Give a price');
}

function momentOf(text: string, path: string, refuse: Refuse): number {
  const time = stampOf(text);
  if (!Number.isNaN(time)) return time;
  return refuse(path, `a date must be one of the calendar, was ${text}`, 'Write 2022-05-04T00:00:00Z');
}

function digits(amount: Amount): string {
  return moneyText(money(amount));
}

function isBelowZero(amount: Amount): boolean {
  return money(amount).lessThan(0);
}

/** Assets are named in capitals, as venues and data name them. */
function assetOf(text: string): string {
  return text.trim().toUpperCase();
}
