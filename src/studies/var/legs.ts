/** A book as legs: what each position and each coin that counts as margin is worth when its price moves. */
import type { Book, BookAccount, BookPosition, Contract } from '../../model/book.ts';
import { InputError } from '../../model/errors.ts';
import { money } from '../../model/money.ts';
import { isCoin } from '../stress/portfolio.ts';
import { coinOf } from '../stress/stage.ts';
import { collateralSymbol, type Factor } from './factors.ts';

export type Leg = {
  readonly account: string;
  readonly symbol: string;
  readonly kind: 'perp' | 'spot' | 'collateral';
  readonly contract: Contract;
  /** As the book states it: signed. */
  readonly qty: string;
  /** Index of its factor. */
  readonly factor: number;
  /** What its value changes by for a small move, per unit of the move: signed, in the currency of the book. */
  readonly exposure: number;
  /** `price`: its value is a straight line of the price P; `inverse`: of 1 / P, an inverse contract that is reported in coin. */
  readonly form: 'price' | 'inverse';
};

/**
 * The legs of a book in the order of their names, in the currency that its accounts are kept in.
 *
 *   linear, spot, coin    qty P
 *   inverse, in dollars   qty P / entry: the result in coin, qty (1 / entry - 1 / P), is worth P a unit
 *   inverse, in coin      -qty / P
 *
 * @throws InputError PORTFOLIO  where nothing moves with a price
 */
export function legsOf(book: Book, factors: readonly Factor[]): Leg[] {
  const currency = currencyOf(book);
  const at = (symbol: string) => factors.findIndex((one) => one.symbol === symbol);
  const priceAt = (factor: number) => factors[factor]?.price ?? Number.NaN;
  const positions = book.positions.map((position): Leg => {
    const { account, symbol, type, contract, qty } = position;
    const factor = at(symbol);
    return {
      account,
      symbol,
      kind: type,
      contract,
      qty,
      factor,
      ...worthOf(position, priceAt(factor), currency),
    };
  });
  const coins = book.accounts.flatMap((account) => coinLegs(book, account, { at, priceAt }));
  const legs = [...positions, ...coins].filter(({ exposure }) => exposure !== 0);
  if (legs.length === 0) {
    throw new InputError({
      code: 'PORTFOLIO',
      message: 'a book must hold something that moves with a price, was nothing',
      remedy: 'Give it a position, or a coin as collateral',
    });
  }
  return legs.sort((a, b) => compare(nameOf(a), nameOf(b)) || compare(a.qty, b.qty));
}

/** The currency of a book: its reader holds all accounts to one. */
export function currencyOf({ accounts }: Book): string {
  return accounts[0]?.currency ?? 'USDT';
}

function worthOf(
  { contract, symbol, qty, entry }: BookPosition,
  price: number,
  currency: string,
): Pick<Leg, 'exposure' | 'form'> {
  const size = money(qty).toNumber();
  if (contract === 'linear') return { exposure: size * price, form: 'price' };
  if (isCoin(symbol, currency)) return { exposure: size / price, form: 'inverse' };
  return { exposure: (size * price) / money(entry).toNumber(), form: 'price' };
}

type Lookup = {
  readonly at: (symbol: string) => number;
  readonly priceAt: (factor: number) => number;
};

function coinLegs(book: Book, account: BookAccount, { at, priceAt }: Lookup): Leg[] {
  return account.collateral.flatMap((one): Leg[] => {
    const symbol = collateralSymbol(book, account, one);
    if (symbol === null || money(one.qty).isZero()) return [];
    const factor = at(symbol);
    const exposure = money(one.qty).toNumber() * priceAt(factor);
    const { qty, asset } = one;
    return [
      {
        account: account.id,
        symbol: coinOf(asset),
        kind: 'collateral',
        contract: 'linear',
        qty,
        factor,
        exposure,
        form: 'price',
      },
    ];
  });
}

function nameOf({ symbol, account, kind, contract }: Leg): string {
  return [symbol, account, kind, contract].join(' ');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * What a leg gains when its price becomes `ratio` times itself: valued anew for simple returns, its exposure times the log of the
 * ratio for log returns.
 */
export function legGain({ exposure, form }: Leg, ratio: number, returns: 'simple' | 'log'): number {
  if (returns === 'log') return exposure * Math.log(ratio);
  return form === 'price' ? exposure * (ratio - 1) : exposure * (1 - 1 / ratio);
}

/**
 * What the legs gain together for the simple move of the one price that they all go by in a straight line.
 *
 * @returns signed, in the currency of the book; null where there is no such price, or they offset each other wholly
 */
export function slopeOf(legs: readonly Pick<Leg, 'exposure' | 'form' | 'factor'>[]): number | null {
  const isOne = legs.every(({ form, factor }) => form === 'price' && factor === legs[0]?.factor);
  const net = legs.reduce((sum, { exposure }) => sum + exposure, 0);
  return isOne && net !== 0 ? net : null;
}
