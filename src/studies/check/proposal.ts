/** The order as the engine is told of it: what the file leaves open comes from the book, and what cannot be is refused. */
import type { OrderIntent } from '../../engine/event.ts';
import type { BookAccount } from '../../model/book.ts';
import { InputError } from '../../model/errors.ts';
import { money } from '../../model/money.ts';
import { nearestName } from '../../model/nearest-name.ts';
import type { StatedOrder } from '../../model/order.ts';
import { expectedCosts } from '../../venue/fill-price.ts';
import type { Venue } from '../../venue/venue.ts';
import type { PositionState } from '../../venue/venue-state.ts';
import type { KnownMarket } from './known-market.ts';

export type Proposal = {
  readonly intent: OrderIntent;
  readonly warnings: readonly string[];
};

/** @throws InputError ORDER */
export function proposalOf({ book, order, symbols }: KnownMarket, venue: Venue): Proposal {
  const account = accountIndex(book.accounts, order);
  const symbol = symbols.indexOf(order.symbol);
  const side = order.side === 'buy' ? 1 : -1;
  const positions = (venue.state.accounts[account]?.positions ?? []).filter((one) => one.symbol === symbol);
  const same = positions.find((one) => one.side === side);
  const against = positions.find((one) => one.side !== side);
  const contract = order.contract ?? positions[0]?.contract ?? 'linear';
  const held = positions.find((one) => one.contract !== contract);
  if (held !== undefined) {
    const message = `the contract of an order must be that of the position in ${order.symbol}, was ${contract} beside ${held.contract}`;
    throw refused(order, 'contract', message, 'Leave contract out, or name another symbol');
  }
  if (order.reduceOnly && against === undefined) {
    const message = `an order that may only lower must have a position to lower, ${order.side} ${order.symbol} has none`;
    throw refused(order, 'reduceOnly', message, 'Turn its side round, or leave reduceOnly out');
  }
  const price = order.price === null ? venue.prices.last[symbol]! : money(order.price).toNumber();
  const stop = order.stop === null ? null : money(order.stop).toNumber();
  if (stop !== null && side * stop >= side * price) {
    const where = side > 0 ? 'below' : 'above';
    const message = `the stop of a ${order.side} must lie ${where} its price of ${price}, was ${stop}`;
    throw refused(order, 'stop', message, `Put it ${where} the price, or leave it out`);
  }
  const qty = order.reduceOnly ? lowering(order.qty, against) : money(order.qty).toNumber();
  // A venue keeps one leverage for both sides of a symbol.
  const leverage = order.leverage ?? same?.leverage ?? against?.leverage ?? 1;
  const stated = book.positions.find(({ symbol: own, sector }) => own === order.symbol && sector !== null);
  const intent: OrderIntent = {
    id: 0,
    account,
    symbol,
    contract,
    side,
    qty,
    price,
    leverage,
    marginMode: order.marginMode ?? book.accounts[account]?.marginMode ?? 'cross',
    stop,
    reduceOnly: order.reduceOnly,
    strategy: order.strategy,
    sector: order.sector ?? stated?.sector ?? null,
    model: order.model,
    ...expectedCosts(venue, { symbol, contract, side, qty }),
  };
  const warnings = leverageText(same, leverage, order.symbol);
  if (order.leverage === null && positions.length === 0)
    warnings.push(`the order states no leverage, and nothing of ${order.symbol} is held: it is judged at 1x`);
  if (money(order.qty).greaterThan(qty))
    warnings.push(
      `the order may only lower: ${qty} of ${order.qty} ${order.symbol} are held, the rest is left out`,
    );
  return { intent, warnings };
}

function accountIndex(accounts: readonly BookAccount[], order: StatedOrder): number {
  const ids = accounts.map(({ id }) => id);
  const { account: name } = order;
  if (name === null && ids.length === 1) return 0;
  const found = ids.indexOf(name ?? '');
  if (found >= 0) return found;
  const near = name === null ? null : nearestName(name, ids);
  const message = `the account of an order must be one of ${ids.join(', ')}, was ${name === null ? 'nothing' : `"${name}"`}`;
  const remedy = near === null ? 'Write the account into the order' : `Did you mean "${near}"?`;
  throw refused(order, 'account', message, remedy);
}

/** The venue cuts what may only lower to what there is. */
function lowering(qty: string, against: PositionState | undefined): number {
  return Math.min(money(qty).toNumber(), money(against?.qty ?? 0).toNumber());
}

function leverageText(same: PositionState | undefined, leverage: number, symbol: string): string[] {
  if (same === undefined || same.leverage === leverage) return [];
  return [
    `the order states ${leverage}x and is judged by it; the venue keeps the ${same.leverage}x of the position in ${symbol}`,
  ];
}

function refused({ placeOf }: StatedOrder, key: string, message: string, remedy: string): InputError {
  return new InputError({ code: 'ORDER', message, place: placeOf(key), remedy });
}
