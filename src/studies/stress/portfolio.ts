/** The book as it stands before any scenario: at the marks that it states, else at its entries. */
import type { Book, BookAccount, BookPosition } from '../../model/book.ts';
import { isDollar, type Money, money, moneyText, roundAgainst, scaleOf, zero } from '../../model/money.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { StressResult } from '../stress-result.ts';
import { assetOf } from './asset-of.ts';
import { coinOf, settlingIn, statedPrice } from './stage.ts';

/**
 * Equity as the venue counts it, exposures in the account's currency.
 *
 * @param scenarios  the first that states a price for an asset that counts as margin gives it where the book does not
 */
export function portfolioOf(book: Book, scenarios: readonly Scenario[] = []): StressResult['portfolio'] {
  const currency = book.accounts[0]?.currency ?? 'USDT';
  const scale = scaleOf(currency);
  const markOf = ({ mark, entry }: BookPosition) => money(mark ?? entry);
  const prices: StartPrices = {
    of: markOf,
    unit: (asset) => {
      const [first] = scenarios.flatMap((one) => statedPrice(one, asset) ?? []);
      return first === undefined ? null : money(first);
    },
  };
  const positions = book.positions.map((position) => {
    const { account, symbol, type, qty, entry, leverage, marginMode } = position;
    const exposure = exposureAt(position, markOf(position), currency);
    const told = {
      account,
      symbol,
      type,
      qty,
      entry,
      mark: moneyText(markOf(position)),
      exposure: moneyText(roundAgainst(exposure, scale)),
      leverage,
      marginMode,
    };
    return { exposure, told };
  });
  const equity = sumOf(book.accounts.map((account) => accountEquity(book, account, prices)));
  const gross = sumOf(positions.map(({ exposure }) => exposure.abs()));
  return {
    currency,
    equity: moneyText(roundAgainst(equity, scale)),
    grossExposure: moneyText(roundAgainst(gross, scale)),
    netExposure: moneyText(roundAgainst(sumOf(positions.map(({ exposure }) => exposure)), scale)),
    leverage: equity.greaterThan(0) ? gross.div(equity).toNumber() : null,
    positions: positions.map(({ told }) => told),
  };
}

export type StartPrices = {
  readonly of: (position: BookPosition) => Money;
  /** Of an asset that counts as margin and that the book gives no price; null where there is none. */
  readonly unit: (asset: string) => Money | null;
};

/** Wallets, results and what other assets and spot count for after their haircut, in the account's currency. */
export function accountEquity({ positions }: Book, account: BookAccount, prices: StartPrices): Money {
  const { id, currency, collateral } = account;
  const own = positions.filter((one) => one.account === id);
  const open = own.map((position) => {
    const price = prices.of(position);
    if (position.type === 'perp') return resultAt(position, price, currency);
    return exposureAt(position, price, currency).times(money(1).minus(position.haircut));
  });
  const wallets = collateral.map(({ asset, qty, price, haircut }) => {
    if (coinOf(asset) === coinOf(currency)) return money(qty);
    const settling = settlingIn(own, asset);
    if (settling !== null) return prices.of(settling).times(qty);
    const stated = price === null ? prices.unit(asset) : money(price);
    const value = stated ?? (isDollar(asset) ? money(1) : zero);
    return value.times(qty).times(money(1).minus(haircut));
  });
  return sumOf([...wallets, ...open]);
}

/**
 * The signed notional in the account's currency: qty x price; of an inverse contract qty / price in coin, which is qty
 * where the account is reported in dollars.
 */
export function exposureAt({ contract, symbol, qty }: BookPosition, price: Money, currency: string): Money {
  if (contract === 'linear') return price.times(qty);
  return isCoin(symbol, currency) ? money(qty).div(price) : money(qty);
}

/** What a perp has made since its entry: qty x (1 / entry - 1 / price) in coin where it is inverse. */
function resultAt({ contract, symbol, qty, entry }: BookPosition, price: Money, currency: string): Money {
  if (contract === 'linear') return price.minus(entry).times(qty);
  const coin = money(1).div(entry).minus(money(1).div(price)).times(qty);
  return isCoin(symbol, currency) ? coin : coin.times(price);
}

/** Whether the coin of an inverse contract is the currency that its account is reported in. */
export function isCoin(symbol: string, currency: string): boolean {
  return assetOf(symbol) === coinOf(currency);
}

function sumOf(amounts: readonly Money[]): Money {
  return amounts.reduce((sum, one) => sum.plus(one), zero);
}
