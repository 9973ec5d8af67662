/** The text of an order file as an order: held against its schema, its amounts against what they mean. */
import { canonicalSymbol } from '../market/symbol.ts';
import { money, moneyText } from '../model/money.ts';
import type { StatedOrder } from '../model/order.ts';
import { orderAmounts, orderFile, orderKeys } from './order-schema.ts';
import { type Refuse, statedText } from './stated-text.ts';

/**
 * The order that a text states.
 *
 * @param file for messages
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, ORDER
 */
export function orderOf(text: string, file: string): StatedOrder {
  const kind = {
    name: 'order',
    schema: orderFile,
    code: 'ORDER',
    amounts: orderAmounts,
    keysAt: orderKeys,
  } as const;
  const { content, refuse, placeOf } = statedText(kind, text, file);
  const { account, leverage, marginMode, contract, strategy, sector, model, side, reduceOnly } = content;
  const symbol = canonicalSymbol(content.symbol);
  if (money(content.qty).lessThanOrEqualTo(0)) {
    const message = `qty must be above 0, was ${content.qty}`;
    refuse('qty', message, 'Write its size alone; side: buy or sell says the direction');
  }
  return {
    account: account ?? null,
    symbol,
    side,
    qty: moneyText(money(content.qty)),
    price: priceOf('price', content.price, refuse),
    leverage: leverage ?? null,
    marginMode: marginMode ?? null,
    contract: contract ?? null,
    stop: priceOf('stop', content.stop, refuse),
    reduceOnly,
    strategy: strategy ?? null,
    sector: sector ?? null,
    model: model ?? null,
    placeOf,
  };
}

function priceOf(key: string, value: string | number | undefined, refuse: Refuse): string | null {
  if (value === undefined) return null;
  if (money(value).greaterThan(0)) return moneyText(money(value));
  return refuse(key, `${key} must be above 0, was ${value}`, 'Give a price, or leave it out');
}
