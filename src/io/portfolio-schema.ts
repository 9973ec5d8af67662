/** A portfolio file as it may be written: accounts, positions and the orders that rest at the venue. */
import { z } from 'zod';
import { canonicalSymbol } from '../market/symbol.ts';

/** No amount, quantity or price of a book is larger, and none that counts is smaller. */
const MOST = 1e18;
const LEAST = 1e-18;

/** A number or its text, kept as plain digits. An exponent without bounds would be digits without end. */
export const decimal = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})(e[+-]?\d{1,2})?$/i, 'be a decimal such as "1.5"'),
  ])
  .refine((value) => inBounds(Math.abs(Number(value))), 'be a decimal between 1e-18 and 1e18, or 0')
  .describe('A decimal, as text ("1.5") or as a number');

function inBounds(size: number): boolean {
  return size === 0 || (size >= LEAST && size <= MOST);
}

export const fraction = z.number().min(0).max(1);
const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/, 'be a date such as 2022-05-04T00:00:00Z')
  .describe('UTC, 2022-05-04T00:00:00Z');
export const symbol = z
  .string()
  .refine((text) => canonicalSymbol(text) !== '', 'name a market, such as BTCUSDT')
  .describe('As any source writes it: BTCUSDT, BTC/USDT, btc-usdt');
const leverage = z.number().min(1).max(200).default(1);
const contract = z.enum(['linear', 'inverse']).default('linear');
const kind = z.enum(['limit', 'stop-market', 'take-profit']).optional();
const lossOfDay = z.number().gt(0).lt(1);
export const marginMode = z.enum(['isolated', 'cross']);
const positionMode = z.enum(['one-way', 'hedge']);

const collateral = z.strictObject({
  asset: z.string().min(1),
  qty: decimal,
  haircut: fraction.default(0).describe('The share of its value that the venue does not count'),
  price: decimal.optional().describe("In the account's currency; else from the data, 1 between dollars"),
});

const accountFields = {
  venue: z.string().default('binance').describe('A name in data/venues'),
  currency: z.string().default('USDT').describe('What the account is reported in'),
  marginMode: marginMode.default('cross').describe('That of positions which do not say'),
  positionMode: positionMode.default('one-way'),
  balance: decimal.optional().describe('Wallet balance in the currency, before unrealised PnL'),
  collateral: z.array(collateral).default([]),
  dailyLossLimit: lossOfDay.optional().describe('The venue closes everything at this loss of a day'),
};

const position = z.strictObject({
  symbol,
  account: z.string().optional().describe('Needed where there are several accounts'),
  type: z.enum(['perp', 'spot']).default('perp'),
  contract,
  qty: decimal.describe('Signed: long > 0; base, or quote notional where the contract is inverse'),
  entry: decimal.describe('Average entry price, quote per base'),
  mark: decimal.optional().describe('Mark price; else that of the data at its start'),
  leverage,
  marginMode: marginMode.optional(),
  addedMargin: decimal.default('0').describe('Isolated margin beyond |qty| x entry / leverage'),
  stop: decimal.optional().describe('Where protection places its stop; it does not rest by itself'),
  sector: z.string().optional(),
  openedAt: time.optional(),
  haircut: fraction.default(0).describe('Spot only: the share that does not count as margin'),
});

const orderFields = {
  account: z.string().optional(),
  symbol,
  kind,
  type: kind.describe('Another name of kind'),
  qty: decimal.optional().describe('Signed: buy > 0; without one it closes the position'),
  price: decimal.describe('The limit, or the trigger'),
  trigger: z.enum(['last', 'mark']).default('last'),
  reduceOnly: z.boolean().default(true).describe('false: what it does not close it opens; it needs a qty'),
  leverage: leverage.describe('Of what it opens'),
  contract: contract.describe('Of what it opens'),
};

/** What a JSON Schema says of two keys of which one must be there, and not both. */
function oneOf(...keys: readonly string[]) {
  return { oneOf: keys.map((key) => ({ required: [key] })) };
}

const order = z.strictObject(orderFields).meta(oneOf('kind', 'type'));
const dailyLoss = z.strictObject({
  account: z.string().optional().describe('Needed where there are several accounts'),
  fraction: lossOfDay.describe('Loss of the day over equity at its start'),
});
const fields = {
  account: z.strictObject(accountFields).optional(),
  accounts: z
    .array(z.strictObject({ id: z.string().min(1), ...accountFields }))
    .min(1)
    .optional(),
  positions: z.array(position).describe('At least one, but for "risk check"'),
  orders: z.array(order).default([]),
  dailyLossLimits: z
    .array(dailyLoss)
    .default([])
    .describe('The same as dailyLossLimit of the accounts, as a list'),
};

export const portfolioFile = z.strictObject(fields).meta(oneOf('account', 'accounts'));

export type PortfolioFile = z.output<typeof portfolioFile>;

/** The keys whose values are decimals, wherever they stand. */
export const amountKeys: ReadonlySet<string> = new Set(
  'balance qty price entry mark stop addedMargin'.split(' '),
);

const sections: Readonly<Record<string, object>> = {
  account: accountFields,
  accounts: { id: null, ...accountFields },
  collateral: collateral.shape,
  positions: position.shape,
  orders: orderFields,
  dailyLossLimits: dailyLoss.shape,
};

/** The keys that a section may have: that of a path such as `positions, 0`. */
export function portfolioKeys(path: readonly PropertyKey[]): readonly string[] {
  const section = path.filter((key) => typeof key === 'string').at(-1);
  return Object.keys(section === undefined ? fields : (sections[section] ?? fields));
}
