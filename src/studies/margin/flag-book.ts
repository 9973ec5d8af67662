/** The book of one position that flags describe. */
import { baseAsset, canonicalSymbol } from '../../market/symbol.ts';
import type { Book } from '../../model/book.ts';
import { InputError } from '../../model/errors.ts';
import { money, moneyText } from '../../model/money.ts';
import { openingMargin, valueAt } from '../../venue/position.ts';
import type { MarginTree } from './inputs.ts';

/** Whether flags describe a position at all. */
export function hasPosition({ studies }: MarginTree): boolean {
  return studies.margin.entry !== null;
}

/**
 * One account with that position: isolated, its wallet is the initial margin; cross, it is --balance.
 *
 * @throws InputError USAGE  where the entry is missing, or a quantity or price is 0
 */
export function flagBook({ venue, studies }: MarginTree): Book {
  const { direction, symbol, entry, qty, leverage, balance, inverse, mark } = studies.margin;
  if (entry === null)
    throw usage('a position must have an entry, was none', 'Give --entry 62000, or --portfolio FILE');
  for (const [name, value] of [
    ['--entry', entry],
    ['--qty', qty],
  ] as const) {
    if (money(value).isZero()) throw usage(`${name} must be above 0, was ${value}`, `Give ${name} a number`);
  }
  if (mark !== null && money(mark).isZero())
    throw usage('--mark must be above 0, was 0', 'Give --mark a price');
  const contract = inverse ? 'inverse' : 'linear';
  const name = canonicalSymbol(symbol);
  const currency = inverse ? baseAsset(name) : studies.replay.currency;
  const initial = openingMargin(valueAt(contract, money(qty), money(entry)), leverage, currency);
  const cross = venue.marginMode === 'cross';
  if (!cross && balance !== null)
    throw usage(
      'a balance must go with a cross position, was --balance with an isolated one',
      'Give --margin-mode cross, or leave --balance out: an isolated position has its initial margin',
    );
  const wallet = cross && balance !== null ? balance : moneyText(initial);
  return {
    accounts: [
      {
        id: 'flags',
        venue: venue.name,
        currency,
        marginMode: venue.marginMode,
        positionMode: 'one-way',
        collateral: [{ asset: currency, qty: wallet, haircut: 0, price: null }],
      },
    ],
    positions: [
      {
        account: 'flags',
        symbol: name,
        type: 'perp',
        contract,
        qty: moneyText(direction === 'long' ? money(qty) : money(qty).negated()),
        entry,
        mark,
        leverage,
        marginMode: venue.marginMode,
        addedMargin: '0',
        stop: null,
        sector: null,
        openedAt: null,
        haircut: 0,
      },
    ],
    orders: [],
    dailyLossLimits: [],
  };
}

function usage(message: string, remedy: string): InputError {
  return new InputError({ code: 'USAGE', message, remedy });
}
