/**
 * The measures that guards act on, and their order against a bound. Each stands here once: a guard compares through these
 * functions, so that what is equal on paper is equal here (DESIGN 4).
 */
import { type Money, money, zero } from '../model/money.ts';
import { MS_PER_DAY } from '../model/time.ts';
import { bracketOf } from '../risk/brackets.ts';
import { compareNear, type Order } from '../risk/compare.ts';
import { unrealisedPnl } from '../risk/pnl.ts';
import { ASSET, LINEAR } from '../risk/read-margin.ts';
import { scopeLiquidation } from '../risk/scope-liquidation.ts';
import type { PositionView, View } from './view.ts';

/** Equity / initial margins of a scope; null where it has no position (RULES 3.4). */
export function marginRemaining({ margin }: View, scope: number): number | null {
  const initial = margin.initial[scope]!;
  return initial > 0 ? margin.equity[scope]! / initial : null;
}

/** Equity / maintenance of a scope; null where no maintenance is asked (RULES 3.4). */
export function marginLevel({ margin }: View, scope: number): number | null {
  const kept = margin.maintenance[scope]!;
  return kept > 0 ? margin.equity[scope]! / kept : null;
}

/** The order of marginRemaining and a bound; the scope must have a position. */
export function compareRemaining(view: View, scope: number, bound: number): Order {
  const { initial, equity } = view.margin;
  return compareNear(equity[scope]!, bound * initial[scope]!, () => ({
    a: exactScope(view, scope).equity,
    b: money(bound).times(initial[scope]!),
  }));
}

/** The order of marginLevel and a bound; maintenance must be above 0. */
export function compareLevel(view: View, scope: number, bound: number): Order {
  const { maintenance, equity } = view.margin;
  return compareNear(equity[scope]!, bound * maintenance[scope]!, () => {
    const exact = exactScope(view, scope);
    return { a: exact.equity, b: exact.maintenance.times(bound) };
  });
}

/** 1 - equity / equity at the start of the day, unrealised included; 1 where the day began with nothing. */
export function dayLoss({ total, bases }: View): number {
  return fall(total, bases.day);
}

/** 1 - equity / its highest so far. */
export function drawdown({ total, bases }: View): number {
  return fall(total, bases.peak);
}

/** 1 - equity / its highest of the week. */
export function weekDrawdown({ total, bases }: View): number {
  return fall(total, bases.weekPeak);
}

/** What cannot be measured yet has not fallen. */
function fall(now: number, base: number): number {
  if (!Number.isFinite(now)) return 0;
  return base > 0 ? 1 - now / base : 1;
}

export function compareDayLoss(view: View, bound: number): Order {
  return compareFall(view, view.bases.day, bound);
}

export function compareDrawdown(view: View, bound: number): Order {
  return compareFall(view, view.bases.peak, bound);
}

export function compareWeekDrawdown(view: View, bound: number): Order {
  return compareFall(view, view.bases.weekPeak, bound);
}

/** The order of a fall and a bound: that of base x (1 - bound) and the equity that is left. */
function compareFall(view: View, base: number, bound: number): Order {
  if (!Number.isFinite(view.total)) return -1;
  if (base <= 0) return 1;
  return compareNear(base * (1 - bound), view.total, () => ({
    a: money(1).minus(bound).times(base),
    b: exactTotal(view),
  }));
}

/** volatility24h of a symbol; 0 where it is not known, or where the last bar is older than the day that it is of. */
export function volatilityOf({ market, time }: View, symbol: number): number {
  const { volatility24h, end } = market.at(symbol, time);
  return volatility24h > 0 && time - end <= MS_PER_DAY ? volatility24h : 0;
}

/** The highest of all symbols; 0 where none is known. */
export function highestVolatility(view: View): number {
  return view.symbols.reduce((most, _, symbol) => Math.max(most, volatilityOf(view, symbol)), 0);
}

/** |qty| at mark in the currency of its account, >= 0. */
export function notional(view: View, { symbol, contract, qty, scope }: PositionView): number {
  const mark = view.mark[symbol]!;
  return (contract === 'linear' ? qty * mark : qty / mark) * currencyRate(view, scope);
}

/** Unrealised PnL at mark in the currency of its account, + is good. */
export function unrealised(view: View, position: PositionView): number {
  const { symbol, contract, side, qty, entry, scope } = position;
  return unrealisedPnl({ contract, qty: qty * side, entry }, view.mark[symbol]!) * currencyRate(view, scope);
}

/** |qty| x entry / leverage in the currency of its account. */
export function initialMargin(view: View, { contract, qty, entry, leverage, scope }: PositionView): number {
  const cost = contract === 'linear' ? qty * entry : qty / entry;
  return (cost / leverage) * currencyRate(view, scope);
}

/** What one unit of a scope's settlement asset is worth in the currency of its account. */
export function currencyRate({ margin, mark }: View, scope: number): number {
  const symbol = margin.rate[scope]!;
  return symbol < 0 ? 1 : mark[symbol]!;
}

/** A position of a view is of one moment: what was solved for it holds as long as it is looked at. */
const solved = new WeakMap<PositionView, number | null>();

/**
 * The mark at which the venue would liquidate the scope of a position, its own symbol moving alone; null where none would.
 */
export function liquidationPrice({ margin, mark }: View, position: PositionView): number | null {
  const before = solved.get(position);
  if (before !== undefined) return before;
  const { scope, symbol, side } = position;
  const { lower, upper } = scopeLiquidation(margin, scope, symbol, mark);
  const price = (side > 0 ? lower : upper)?.price ?? null;
  solved.set(position, price);
  return price;
}

type ExactScope = { readonly equity: Money; readonly maintenance: Money };

/** Equity and maintenance of a scope in decimals, from the shortest texts of its columns. */
function exactScope({ margin, mark }: View, scope: number): ExactScope {
  let equity = money(margin.base[scope]!);
  let maintenance = zero;
  for (let at = margin.from[scope]!; at < margin.from[scope + 1]!; at += 1) {
    const price = money(mark[margin.symbol[at]!]!);
    const qty = money(margin.qty[at]!);
    const kind = margin.kind[at]!;
    const table = margin.table[at] ?? null;
    if (kind === ASSET || table === null) {
      equity = equity.plus(qty.times(price));
      continue;
    }
    const entry = money(margin.entry[at]!);
    const gain = kind === LINEAR ? price.minus(entry).times(qty) : qty.div(entry).minus(qty.div(price));
    const worth = (kind === LINEAR ? qty.times(price) : qty.div(price)).abs();
    const bracket = bracketOf(table, worth.toNumber());
    equity = equity.plus(gain);
    maintenance = maintenance.plus(worth.times(table.rate[bracket]!).minus(table.amount[bracket]!));
  }
  return { equity, maintenance };
}

/** The equity of all accounts in decimals. */
export function exactTotal(view: View): Money {
  let total = zero;
  for (let scope = 0; scope < view.margin.scopes; scope += 1) {
    const symbol = view.margin.rate[scope]!;
    const { equity } = exactScope(view, scope);
    total = total.plus(symbol < 0 ? equity : equity.times(view.mark[symbol]!));
  }
  return total;
}
