/** One scenario set up for one book: which symbols it needs, whose prices they follow, and at what level they begin. */
import type { Book, BookAccount, BookPosition, Collateral } from '../../model/book.ts';
import { InputError } from '../../model/errors.ts';
import { isDollar, money } from '../../model/money.ts';
import { DEFAULT_ASSET, type Scenario } from '../../model/scenario.ts';
import type { Exposure } from '../../replay/path.ts';
import { lineOf, priceAt } from '../../replay/price-line.ts';
import { statedLines } from '../../replay/scenario-lines.ts';
import { type AssetMapping, mapAsset, type Placing } from '../../replay/scenario-market.ts';
import { assetOf } from './asset-of.ts';
import type { Shifts } from './shift.ts';

export type Stage = {
  readonly scenario: Scenario;
  /** The book with every collateral that the scenario moves valued by a symbol. */
  readonly book: Book;
  /** The columns of the path. */
  readonly placings: readonly Placing[];
  /** By the symbols of the book. */
  readonly exposures: readonly Exposure[];
  /** The same by the assets of the file and in its prices: what the order inside stated bars is chosen by. */
  readonly ownExposures: readonly Exposure[];
  /** Positions without a mark: the moves begin at their entries. */
  readonly unmarked: readonly string[];
};

/**
 * @param unmarked  where a position without a mark begins: at its `entry`, or at the price of the `scenario`
 * @throws InputError PORTFOLIO  where an asset that counts as margin has no price
 */
export function stageOf(
  scenario: Scenario,
  book: Book,
  { shifts, unmarked }: { readonly shifts: Shifts; readonly unmarked: 'entry' | 'scenario' },
): Stage {
  const mapped = (asset: string) => mapAsset(scenario, shifts.get(asset) ?? asset);
  const starts = startPrices(scenario);
  const levelOf = (position: BookPosition): number => {
    if (position.mark !== null) return money(position.mark).toNumber();
    const mapping = mapped(assetOf(position.symbol));
    const start = mapping.by === 'points' ? starts(mapping.of) : null;
    const isAbsolute = scenario.prices === 'absolute' && unmarked === 'scenario';
    return isAbsolute && start !== null ? start : money(position.entry).toNumber();
  };
  const named = [...new Set([...book.positions, ...book.orders].map(({ symbol }) => symbol))];
  const positions = named.map((symbol): Placing => {
    const own = book.positions.filter((one) => one.symbol === symbol);
    const marked = own.find(({ mark }) => mark !== null) ?? own[0];
    const order = book.orders.find((one) => one.symbol === symbol);
    const level = marked === undefined ? Number(order?.price ?? 1) : levelOf(marked);
    const asset = assetOf(symbol);
    return { symbol, asset, mapping: mapped(asset), level };
  });
  const moved = book.accounts.flatMap((account) =>
    account.collateral
      .filter((one) => isMoved({ scenario, book }, account, one))
      .map((one) => collateralPlacing(scenario, account, one)),
  );
  const placings = uniqueSymbols([...positions, ...moved]);
  const exposures = book.positions.map(exposureOf);
  return {
    scenario,
    book: { ...book, accounts: book.accounts.map((account) => valuedBySymbols({ scenario, book }, account)) },
    placings,
    exposures,
    ownExposures: placings.flatMap((placing) => ownExposure(placing, exposures, starts)),
    unmarked: [...new Set(book.positions.filter(({ mark }) => mark === null).map(({ symbol }) => symbol))],
  };
}

/** The assets whose prices the book takes: no other is laid out. */
export function followedBy(placings: readonly Placing[]): ReadonlySet<string> {
  return new Set(placings.map(({ mapping }) => mapping.of));
}

/** Prices of the file at the start, by asset; null where it states none. */
export function startPrices(scenario: Scenario): (asset: string) => number | null {
  const known = new Map<string, number | null>();
  return (asset) => {
    const before = known.get(asset);
    if (before !== undefined) return before;
    const price = statedStart(scenario, asset) ?? laidOutStart(scenario, asset);
    known.set(asset, price);
    return price;
  };
}

/** The price that a file states for its very start, the last where it steps there; null where it states none. */
function statedStart({ stated, start }: Scenario, asset: string): number | null {
  const own = stated.find((one) => one.asset === asset);
  // Bars and points may meet at one moment: which of them comes last is a matter of the line.
  if (own === undefined || own.bars.length > 0) return null;
  return own.points.findLast(({ time }) => time === start)?.value ?? null;
}

function laidOutStart(scenario: Scenario, asset: string): number | null {
  const only = new Set([asset]);
  const bare = { ...scenario, cascade: null };
  const line = statedLines(bare, { policy: 'olhc', exposures: [], seed: 0, only }).get(asset);
  return line === undefined ? null : priceAt(line, scenario.start);
}

type Held = { readonly scenario: Scenario; readonly book: Book };

/** Dollars stand still unless the file says what becomes of them; a coin that a contract settles in goes by that mark. */
function isMoved({ scenario, book }: Held, { id, currency }: BookAccount, { asset }: Collateral): boolean {
  if (coinOf(asset) === coinOf(currency)) return false;
  const own = book.positions.filter(({ account }) => account === id);
  if (settlingIn(own, asset) !== null) return false;
  return !isDollar(asset) || scenario.collateral.some((one) => one.asset === asset);
}

/** The inverse contract whose mark values an asset as the wallet that it settles in; null without one. */
export function settlingIn(positions: readonly BookPosition[], asset: string): BookPosition | null {
  const settles = ({ contract, symbol }: BookPosition) =>
    contract === 'inverse' && assetOf(symbol) === coinOf(asset);
  return positions.find(settles) ?? null;
}

/** BitMEX writes XBT for BTC. */
export function coinOf(asset: string): string {
  return asset === 'XBT' ? 'BTC' : asset;
}

/** What a scenario states as the price of an asset that counts as margin, at its start. */
export function statedPrice({ collateral, start }: Scenario, asset: string): number | null {
  const stated = collateral.find((one) => one.asset === asset);
  return stated === undefined ? null : priceAt(lineOf(stated.points), start);
}

function collateralPlacing(
  scenario: Scenario,
  { currency }: BookAccount,
  { asset, price }: Collateral,
): Placing {
  const named = coinOf(asset);
  const start = statedPrice(scenario, asset);
  const level = price === null ? (start ?? (isDollar(asset) ? 1 : null)) : money(price).toNumber();
  if (level === null) {
    throw new InputError({
      code: 'PORTFOLIO',
      message: `collateral must have a price, ${asset} has none`,
      remedy: `Give it a price in the portfolio, from which the scenario ${scenario.id} moves it`,
    });
  }
  const mapping: AssetMapping =
    start === null
      ? mapAsset(scenario, named)
      : { by: 'points', of: collateralName(asset), beta: 1, residual: 0 };
  return { symbol: `${asset}${currency}`, asset: named, mapping, level };
}

/** Under what name the price of an asset that counts as margin stands among the lines of a scenario. */
export function collateralName(asset: string): string {
  return `${asset} as margin`;
}

function valuedBySymbols(held: Held, account: BookAccount): BookAccount {
  return {
    ...account,
    collateral: account.collateral.map((one) =>
      isMoved(held, account, one) ? { ...one, price: null } : one,
    ),
  };
}

function uniqueSymbols(placings: readonly Placing[]): Placing[] {
  return placings.filter((one, i) => placings.findIndex(({ symbol }) => symbol === one.symbol) === i);
}

function exposureOf({ symbol, contract, qty, entry }: BookPosition): Exposure {
  const base = contract === 'linear' ? money(qty) : money(qty).div(entry);
  return { symbol, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, qty: base.toNumber() };
}

function ownExposure(
  { symbol, mapping, level }: Placing,
  exposures: readonly Exposure[],
  starts: (asset: string) => number | null,
): Exposure[] {
  const start = starts(mapping.of);
  if (start === null) return [];
  return exposures
    .filter((one) => one.symbol === symbol)
    .map((one) => ({ ...one, symbol: mapping.of, qty: (one.qty * level * mapping.beta) / start }));
}

/** The instantaneous move of an asset: its own, else that of DEFAULT; a dollar that is not named does not move. */
export function shockOf({ shocks, collateral }: Scenario, asset: string): number {
  const named = shocks.find((one) => one.asset === asset);
  if (named !== undefined) return named.move;
  if (isDollar(asset)) {
    const points = collateral.find((one) => one.asset === asset)?.points ?? [];
    const [first] = points;
    return first === undefined ? 0 : Math.min(...points.map(({ value }) => value)) / first.value - 1;
  }
  return shocks.find((one) => one.asset === DEFAULT_ASSET)?.move ?? 0;
}
