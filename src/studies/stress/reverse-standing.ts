/**
 * A book as it stands at one moment, read under shocks: every price x (1 + shock), last and mark alike, nothing sold; what the
 * venue takes is left to `reverse-left.ts`. Losses are measured from the equity of now, as at the start of a run.
 */
import type { CheckedTree } from '../../engine/check-config.ts';
import { createEngine, type Engine } from '../../engine/engine.ts';
import { configureGuards } from '../../engine/guards.ts';
import type { Market, View } from '../../engine/view.ts';
import { baseAsset } from '../../market/symbol.ts';
import type { Book } from '../../model/book.ts';
import { isDollar } from '../../model/money.ts';
import { accountView, statedOf, type ViewSource } from '../../replay/account-view.ts';
import { INVERSE, type MarginView, readMargin } from '../../risk/read-margin.ts';
import { readEquity } from '../../venue/account-equity.ts';
import { type Venue, venueOf } from '../../venue/venue.ts';
import { leftOf } from './reverse-left.ts';

export type StandingBook = {
  readonly book: Book;
  /** Of that book, at its prices of now. */
  readonly venue: Venue;
  /** What is known from completed bars: ATRs of stops, volatilities of the sanity of data. */
  readonly market: Market;
  readonly tree: CheckedTree;
};

/** A coin, with all symbols that move as one with it. */
export type Asset = { readonly name: string; readonly symbols: readonly number[] };

export type Standing = StandingBook & {
  /** Its margin scopes: what `at` reads. */
  readonly margin: MarginView;
  /** What the book's equity hangs on, by coin; dollars are none. */
  readonly assets: readonly Asset[];
  /** By symbol: 1 where it moves, 0 for a dollar. */
  readonly moves: Uint8Array;
  /** No shock at all. */
  readonly rest: Float64Array;
  /**
   * The account under shocks by symbol, each > -1. Only the last one that was asked for can be read: its columns are
   * written anew each time.
   */
  readonly at: (shocks: Float64Array) => View;
  /** An engine that has seen nothing yet, at the prices of now. */
  readonly engine: () => Engine;
};

export function stand(of: StandingBook): Standing {
  const { book, market, tree } = of;
  const { world, state, prices } = of.venue;
  const { symbols } = world;
  const own = venueOf(world, state, { last: prices.last.slice(), mark: prices.mark.slice() });
  const source: ViewSource = {
    venue: own,
    market,
    stated: statedOf(book, symbols),
    moves: new Float64Array(symbols.length).fill(Number.NaN),
  };
  const bases = { day: 0, weekPeak: 0, peak: 0 };
  const first = accountView(source, { bases, halts: [] });
  const { total } = leftOf(first);
  Object.assign(bases, { day: total, weekPeak: total, peak: total });
  const sigma = symbols.map((_, symbol) => market.at(symbol, state.time).barVolatility);
  const at = (shocks: Float64Array): View => {
    for (let symbol = 0; symbol < symbols.length; symbol += 1) {
      own.prices.last[symbol] = prices.last[symbol]! * (1 + shocks[symbol]!);
      own.prices.mark[symbol] = prices.mark[symbol]! * (1 + shocks[symbol]!);
      const usual = sigma[symbol] ?? Number.NaN;
      source.moves[symbol] = usual > 0 ? Math.abs(shocks[symbol]!) / usual : Number.NaN;
    }
    readMargin(first.margin, first.mark, 0);
    readEquity(first.margin, first.mark, 0, first.equity);
    return { ...first, total: first.equity.reduce((sum, one) => sum + one, 0) };
  };
  const rest = new Float64Array(symbols.length);
  return {
    ...of,
    margin: first.margin,
    assets: assetsOf(first.margin, symbols),
    moves: Uint8Array.from(symbols, (symbol) => (isDollar(baseAsset(symbol)) ? 0 : 1)),
    rest,
    at,
    engine: () => {
      at(rest);
      const guards = configureGuards(tree.guards, tree.engine.guards);
      return createEngine({ guards, book, mode: tree.mode, saved: null }, (ground) =>
        accountView(source, ground),
      );
    },
  };
}

function assetsOf({ symbol, rate }: MarginView, symbols: readonly string[]): Asset[] {
  const counted = [...new Set([...symbol, ...rate].filter((one) => one >= 0))].sort((a, b) => a - b);
  const names = [...new Set(counted.map((one) => baseAsset(symbols[one] ?? '')))];
  return names
    .filter((name) => !isDollar(name))
    .map((name) => ({ name, symbols: counted.filter((one) => baseAsset(symbols[one] ?? '') === name) }));
}

/** The same shock of everything that moves. */
export function uniformly({ moves }: Standing, shock: number): Float64Array {
  return Float64Array.from(moves, (moving) => (moving === 1 ? shock : 0));
}

/** Shocks by symbol from shocks by asset. */
export function bySymbol({ rest, assets }: Standing, moves: Float64Array): Float64Array {
  const shocks = rest.slice();
  for (const [i, { symbols }] of assets.entries()) for (const symbol of symbols) shocks[symbol] = moves[i]!;
  return shocks;
}

/**
 * How the equity of a scope moves with prices: in a straight line of the price P where no leg is inverse (`price`), of 1 / P
 * where all are (`inverse`), else `mixed`. Under a uniform shock P is 1 + shock.
 */
export type ScopeForm = 'price' | 'inverse' | 'mixed';

export function scopeForm({ from, kind }: MarginView, scope: number): ScopeForm {
  const kinds = [...kind.subarray(from[scope]!, from[scope + 1]!)];
  if (!kinds.includes(INVERSE)) return 'price';
  return kinds.every((one) => one === INVERSE) ? 'inverse' : 'mixed';
}

/**
 * The same of the equity of all accounts, in their currencies. Coin of an inverse scope is worth its price again: where both
 * are of one asset, quantity / entry x P - quantity is a straight line of P.
 */
export function totalForm({ margin, venue }: Standing): ScopeForm {
  const nameOf = (symbol: number) => baseAsset(venue.world.symbols[symbol] ?? '');
  const forms = Array.from({ length: margin.scopes }, (_, scope): ScopeForm | null => {
    const [from, to] = [margin.from[scope]!, margin.from[scope + 1]!];
    const rate = margin.rate[scope]!;
    if (rate < 0) return from === to ? null : scopeForm(margin, scope);
    const same = [...margin.symbol.subarray(from, to)].every((one) => nameOf(one) === nameOf(rate));
    return same && (from === to || scopeForm(margin, scope) === 'inverse') ? 'price' : 'mixed';
  });
  const found = [...new Set(forms.filter((form) => form !== null))];
  if (found.length > 1) return 'mixed';
  return found[0] ?? 'price';
}
