/** Orders that our own strategy sends in a scenario, as entries at market that stay open to its end. */

import type { BookPosition } from '../../model/book.ts';
import { type Money, moneyText, roundToZero, zero } from '../../model/money.ts';
import type { OurFault } from '../../model/scenario.ts';
import type { Entry, Happening } from '../../replay/timeline.ts';
import { assetOf } from './asset-of.ts';
import { exposureAt, isCoin } from './portfolio.ts';
import type { Stage } from './stage.ts';
import { equityAtStart, levelAt } from './standing-book.ts';

export type OrderEntries = {
  readonly entries: readonly Entry[];
  readonly happenings: readonly Happening[];
  readonly notApplied: readonly string[];
};

type Flood = Extract<OurFault, { kind: 'orders' }>;

/** Places after the point of a quantity. */
const QTY_SCALE = 6;

export function orderEntries(stage: Stage, scale: number): OrderEntries {
  const floods =
    scale === 0 ? [] : stage.scenario.faults.filter((one): one is Flood => one.kind === 'orders');
  const found = floods.map((flood) => ({ flood, position: targetOf(stage, flood) }));
  const sent = found.flatMap(({ flood, position }) =>
    position === null ? [] : ordersOf(stage, flood, position),
  );
  const ordered = sent.toSorted((a, b) => a.time - b.time);
  return {
    // They never leave by an exit of their own, so the book owns them: one owner, however many they are.
    entries: ordered.map(({ entry }) => ({ ...entry, trade: -1 })),
    happenings: ordered.map(({ time }, entry) => ({ rank: 'entry', time, entry })),
    notApplied: found.flatMap(({ flood, position }) =>
      position === null ? [`orders in ${flood.asset}: the book does not hold it`] : [],
    ),
  };
}

/** The largest perpetual position of an asset, or of the book. */
function targetOf({ book, placings }: Stage, { asset }: Flood): BookPosition | null {
  const currency = book.accounts[0]?.currency ?? '';
  const size = (position: BookPosition): Money =>
    exposureAt(position, levelAt(placings, position), currency).abs();
  const [largest] = book.positions
    .filter(({ type, symbol }) => type === 'perp' && (asset === 'largest' || assetOf(symbol) === asset))
    .toSorted((a, b) => size(b).comparedTo(size(a)));
  return largest ?? null;
}

type Sent = { readonly time: number; readonly entry: Omit<Entry, 'trade'> };

function ordersOf(stage: Stage, flood: Flood, position: BookPosition): Sent[] {
  const { from, to, every, side, notional, leverage, strategy, confidence } = flood;
  const { symbol, account, contract, marginMode } = position;
  const index = stage.placings.findIndex((one) => one.symbol === symbol);
  const owner = stage.book.accounts.find(({ id }) => id === account);
  const size = bookEquity(stage).times(notional);
  const level = levelAt(stage.placings, position);
  const isInCoin = owner !== undefined && isCoin(symbol, owner.currency);
  // A contract of one dollar: coin of notional buys that many at the price, dollars as many as they are.
  const contracts = isInCoin ? size.times(level) : size;
  const qty = roundToZero(contract === 'linear' ? size.div(level) : contracts, QTY_SCALE);
  if (qty.isZero()) return [];
  const count = Math.ceil((to - from) / every);
  return Array.from({ length: count }, (_, i) => ({
    time: from + i * every,
    entry: {
      account: stage.book.accounts.findIndex(({ id }) => id === account),
      symbol: index,
      contract,
      side: side === 0 ? (i % 2 === 0 ? 1 : -1) : side,
      qty: moneyText(qty),
      price: Number.NaN,
      feeRate: null,
      leverage,
      marginMode,
      strategy,
      model: confidence === null ? null : { confidence },
    },
  }));
}

function bookEquity(stage: Stage): Money {
  return stage.book.accounts.reduce((sum, account) => sum.plus(equityAtStart(stage, account)), zero);
}
