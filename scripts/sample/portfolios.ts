/** The example books of the sample: entered at prices of its first hours, to be held through the year. */
import type { HourBars } from './bars.ts';
import { priceText } from './bars.ts';
import { MINUTES } from './minutes.ts';
import type { Coin } from './plan.ts';

export type Market = { readonly coin: Coin; readonly minutes: Float64Array; readonly bars: HourBars };

type Holding = {
  /** The coin's place in the plan. */
  readonly coin: number;
  readonly qty: string;
  readonly leverage: number;
  /** The hour of the year whose first price is the entry. */
  readonly hour: number;
  /** Distance of the stop as a fraction of the entry; null for none. */
  readonly stop: number | null;
  readonly rest: string;
};

const HEAD = '# Invented, and of no real account: prices are those of the synthetic bars beside this file.\n';

/** One account, cross margin, with one position that has a margin of its own. */
export function portfolioFile(markets: readonly Market[]): string {
  const rows = [
    { coin: 0, qty: '1.2', leverage: 5, hour: 2, stop: 0.06, rest: 'contract: linear, sector: layer1' },
    { coin: 1, qty: '-9', leverage: 3, hour: 7, stop: 0.07, rest: 'contract: linear, sector: layer1' },
    {
      ...{ coin: 2, qty: '150', leverage: 10, hour: 11, stop: null },
      rest: 'marginMode: isolated, contract: linear, sector: layer1',
    },
  ];
  return `${HEAD}account: { currency: USDT, balance: "100000", marginMode: cross, positionMode: one-way, venue: binance }
positions:
${rows.map((row) => positionText(markets, row)).join('')}`;
}

/** Two accounts whose margin never meets: a cross account with two kinds of collateral, and an isolated one. */
export function twoAccountsFile(markets: readonly Market[]): string {
  const rows = [
    { coin: 0, qty: '0.9', leverage: 5, hour: 2, stop: 0.06, rest: 'account: main' },
    { coin: 1, qty: '12', leverage: 3, hour: 5, stop: null, rest: 'account: main' },
    { coin: 2, qty: '-200', leverage: 8, hour: 9, stop: 0.09, rest: 'account: hedge' },
  ];
  return `${HEAD}accounts:
  - id: main
    venue: binance
    marginMode: cross
    positionMode: one-way
    collateral:
      - { asset: USDT, qty: "80000" }
      - { asset: USDC, qty: "20000", haircut: 0 }
  - id: hedge
    venue: ftx
    marginMode: isolated
    positionMode: one-way
    collateral:
      - { asset: USDT, qty: "30000" }
positions:
${rows.map((row) => positionText(markets, row)).join('')}`;
}

/** An order for the first book at the end of the year: it closes the short in the second coin, and opens some on the other side. */
export function orderFile(markets: readonly Market[]): string {
  const { coin, minutes } = markets[1]!;
  const last = minutes[minutes.length - 1]!;
  return `${HEAD}symbol: ${coin.symbol}
side: buy
qty: "12"
leverage: 3
stop: "${priceText(coin, Math.round(last * (1 - 0.04)))}"
strategy: mean-reversion
`;
}

function positionText(markets: readonly Market[], holding: Holding): string {
  const { coin, minutes } = markets[holding.coin]!;
  const entry = minutes[holding.hour * MINUTES]!;
  const side = holding.qty.startsWith('-') ? -1 : 1;
  const fields = [
    `symbol: ${coin.symbol}`,
    `qty: "${holding.qty}"`,
    `entry: "${priceText(coin, entry)}"`,
    `leverage: ${holding.leverage}`,
    ...(holding.stop === null
      ? []
      : [`stop: "${priceText(coin, Math.round(entry * (1 - side * holding.stop)))}"`]),
  ];
  return `  - { ${fields.join(', ')},\n      ${holding.rest} }\n`;
}
