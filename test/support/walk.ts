/** Bars and round trips for runs of the simulated exchange. */
import type { Bars } from '../../src/market/bars.ts';
import { createRandom, nextUnit } from '../../src/math/random.ts';
import type { Entry, Exit, Happening } from '../../src/replay/timeline.ts';
import { barsOf, HOUR } from './venue-scene.ts';

/** Hourly bars of a walk of four steps a bar; the same for one seed. */
export function walkBars(seed: number, count: number, symbol = 'BTCUSDT', step = 0.01): Bars {
  const random = createRandom(seed);
  let price = 100;
  const rows: [number, number, number, number][] = [];
  for (let i = 0; i < count; i += 1) {
    const open = price;
    const moves = [1, 2, 3, 4].map(() => {
      price *= 1 + step * (2 * nextUnit(random) - 1);
      return Math.round(price * 100) / 100;
    });
    const close = moves[3] ?? open;
    price = close;
    rows.push([open, Math.max(open, ...moves), Math.min(open, ...moves), close]);
  }
  return barsOf(rows, { symbol });
}

/** The first `count` bars of a series. */
export function firstBars(bars: Bars, count: number): Bars {
  const cut = (column: Float64Array) => column.subarray(0, count);
  const { time, open, high, low, close, volume } = bars;
  return {
    ...bars,
    time: cut(time),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume),
  };
}

/** A settlement of the first symbol every so many hours, at the price of the moment. */
export function fundingEvery(hours: number, every: number, rate: number): Happening[] {
  return Array.from({ length: Math.floor(hours / every) }, (_, i) => ({
    rank: 'funding' as const,
    time: (i + 1) * every * HOUR,
    stamp: { symbol: 0, venue: -1, rate, mark: Number.NaN, interval: every * HOUR },
  }));
}

export type RoundTrip = {
  readonly entry: number;
  readonly exit: number;
  readonly qty: string;
  readonly from: number;
  readonly to: number;
  readonly window?: number;
  readonly side?: 1 | -1;
  readonly leverage?: number;
};

/** Entries, exits and happenings of round trips in the first symbol and account. */
export function roundTrips(trades: readonly RoundTrip[]): {
  readonly entries: Entry[];
  readonly exits: Exit[];
  readonly happenings: Happening[];
} {
  return {
    entries: trades.map(({ side = 1, qty, entry, leverage = 5 }, trade) => ({
      trade,
      account: 0,
      symbol: 0,
      contract: 'linear',
      side,
      qty,
      price: entry,
      feeRate: null,
      leverage,
      marginMode: 'isolated',
      strategy: null,
      model: null,
    })),
    exits: trades.map(({ exit, window = 0 }, entry) => ({ entry, price: exit, feeRate: null, window })),
    happenings: trades.flatMap(({ from, to, window = 0 }, index): Happening[] => [
      { rank: 'entry', time: from, entry: index },
      { rank: 'exit', time: to, exit: index },
      ...(window === 0 ? [] : [{ rank: 'windowEnd', time: to + window, exit: index } as const]),
    ]),
  };
}
