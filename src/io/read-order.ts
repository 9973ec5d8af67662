/** An order file, YAML or JSON, as the order that it states; what cannot be is refused with its line. */
import { basename } from 'node:path';
import { canonicalSymbol } from '../market/symbol.ts';
import { InputError } from '../model/errors.ts';
import { money, moneyText } from '../model/money.ts';
import type { StatedOrder } from '../model/order.ts';
import type { ReportInput } from '../model/report.ts';
import { hashFile } from './hash-file.ts';
import { openSources } from './open.ts';
import { orderAmounts, orderFile, orderKeys } from './order-schema.ts';
import { isSample } from './sample.ts';
import { wholeOf } from './source.ts';
import { type Refuse, statedText, textOf } from './stated-text.ts';

export type OrderRead = { readonly order: StatedOrder; readonly input: ReportInput };

/**
 * Reads an order file.
 *
 * @throws DataError FILE_MISSING, FILE_EMPTY, FILE_COMPRESSION
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, ORDER, USAGE
 */
export async function readOrderFile(name: string, cwd: string): Promise<OrderRead> {
  const [source, ...others] = await openSources([name], cwd);
  if (source === undefined || others.length > 0) {
    throw new InputError({
      code: 'USAGE',
      message: `an order must be one file, was ${others.length + 1} in "${name}"`,
      remedy: 'Name the file itself',
    });
  }
  const order = orderOf(textOf(await wholeOf(source), source.path), source.path);
  const sample = isSample(source.file);
  const input: ReportInput = {
    path: `${sample ? 'sample:' : ''}${basename(source.path)}`,
    role: 'order',
    format: 'order',
    why: 'named as the order',
    sha256: await hashFile(source.file),
    rows: 1,
    rejected: 0,
    from: null,
    to: null,
    symbols: [order.symbol],
  };
  return { order, input };
}

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
