/** Small scenes for the simulated exchange: bars from rows, one venue of stated terms, a book, and a run of them. */
import { type Bars, firstAtOrAfter } from '../../src/market/bars.ts';
import type { Book, BookAccount, BookPosition } from '../../src/model/book.ts';
import { buildPath } from '../../src/replay/build-path.ts';
import type { PathPolicy } from '../../src/replay/path.ts';
import type { RunPlan } from '../../src/replay/run.ts';
import type { Legs } from '../../src/replay/run-state.ts';
import { buildTimeline, type Entry, type Exit, type Happening } from '../../src/replay/timeline.ts';
import type { BracketTable } from '../../src/risk/brackets.ts';
import type { VenueConfig } from '../../src/venue/venue-config.ts';
import type { LiquidationTerms, VenueSpec } from '../../src/venue/venue-spec.ts';
import { flatTable } from './flat-table.ts';

export const HOUR = 3_600_000;

/** Rows are [open, high, low, close]; hourly from 0 unless told. */
export function barsOf(
  rows: readonly (readonly [number, number, number, number])[],
  { symbol = 'BTCUSDT', interval = HOUR, start = 0, volume = 1000 } = {},
): Bars {
  return {
    symbol,
    interval,
    time: Float64Array.from(rows, (_, i) => start + i * interval),
    open: Float64Array.from(rows, ([open]) => open),
    high: Float64Array.from(rows, ([, high]) => high),
    low: Float64Array.from(rows, ([, , low]) => low),
    close: Float64Array.from(rows, ([, , , close]) => close),
    volume: Float64Array.from(rows, () => volume),
  };
}

/** Without fees, spread and impact: what is left is margin alone. */
export const frictionless: VenueConfig = {
  name: 'test',
  marginMode: 'isolated',
  fees: { maker: 0, taker: 0, liquidation: 0 },
  slippage: { halfSpreadBps: 0, impactCoefficient: 0, impactExponent: 0.5, maxBarShare: null },
  liquidation: null,
  flatFunding: 0,
  events: [],
};

/** Everything at once, without a fee; the figures of `staged` are Hyperliquid's. */
export const wholeAtOnce: LiquidationTerms = {
  profile: 'full',
  tiersPerStep: 1,
  stageNotional: 100_000,
  stageShare: 0.2,
  cooldownSeconds: 30,
  backstopShare: 2 / 3,
  feeRate: 0,
};

export function venueOfTable(
  table: BracketTable,
  liquidation: Partial<LiquidationTerms> = {},
  contract: 'linear' | 'inverse' = 'linear',
): VenueSpec {
  const symbol = { contract, brackets: table, fundingCap: null };
  return {
    name: 'test',
    terms: [
      {
        effectiveFrom: -1e15,
        name: 'test/1970-01-01',
        source: 'invented',
        symbols: new Map(),
        defaults: { linear: symbol, inverse: { ...symbol, contract: 'inverse' } },
        liquidation: { ...wholeAtOnce, ...liquidation },
        makerFee: 0,
        takerFee: 0,
        funding: { interval: 8 * HOUR, offset: 0, flatRate: 0 },
      },
    ],
  };
}

export function positionOf(
  position: Partial<BookPosition> & Pick<BookPosition, 'qty' | 'entry'>,
): BookPosition {
  return {
    account: 'main',
    symbol: 'BTCUSDT',
    type: 'perp',
    contract: 'linear',
    mark: null,
    leverage: 10,
    marginMode: 'isolated',
    addedMargin: '0',
    stop: null,
    sector: null,
    openedAt: null,
    haircut: 0,
    ...position,
  };
}

export function bookOf(
  positions: readonly BookPosition[],
  account: Partial<BookAccount> & { readonly balance?: string } = {},
): Book {
  const { balance = '100000', ...rest } = account;
  const currency = rest.currency ?? 'USDT';
  return {
    accounts: [
      {
        id: 'main',
        venue: 'test',
        currency,
        marginMode: 'isolated',
        positionMode: 'one-way',
        collateral: [{ asset: currency, qty: balance, haircut: 0, price: null }],
        ...rest,
      },
    ],
    positions,
    orders: [],
    dailyLossLimits: [],
  };
}

export type Scene = {
  readonly bars: readonly Bars[];
  readonly book: Book;
  readonly mark?: readonly Bars[];
  readonly table?: BracketTable;
  readonly specs?: readonly VenueSpec[];
  readonly config?: VenueConfig;
  readonly happenings?: readonly Happening[];
  readonly entries?: readonly Entry[];
  readonly exits?: readonly Exit[];
  readonly policy?: PathPolicy;
  readonly legs?: Legs;
};

export function planOf(scene: Scene): RunPlan {
  const { bars, book, mark = [], config = frictionless, policy = 'pessimistic' } = scene;
  const symbols = bars.map(({ symbol }) => symbol);
  const span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const exposures = book.positions.map(({ symbol, qty }) => ({ symbol, ...span, qty: Number(qty) }));
  const { entries = [], exits = [], happenings = [] } = scene;
  const byIndex = new Map(bars.map((one, index) => [index, one]));
  return {
    world: {
      symbols,
      specs: scene.specs ?? [venueOfTable(scene.table ?? flatTable(0.005))],
      config,
      liquidityAt: (symbol, time) => {
        const own = byIndex.get(symbol);
        // By bisection: a scan of a long series would be what a bench measures.
        const next = own === undefined ? 0 : firstAtOrAfter(own.time, time);
        const row = own?.time[next] === time ? next : next - 1;
        const open = own?.time[row] ?? time;
        return {
          sigmaDaily: 0.04,
          volumeDaily: 24_000,
          barVolume: own?.volume[row] ?? 0,
          barEnd: open + (own?.interval ?? 0),
          spread: 1,
          depth: 0,
        };
      },
    },
    book,
    path: buildPath({ symbols, ohlcv: bars, mark, ticks: [], exposures, policy, ...span }),
    timeline: buildTimeline(happenings, entries, exits, span),
    legs: scene.legs ?? 'continuous',
    points: 2000,
    protect: null,
    withLevels: false,
  };
}
