/** Seeded bars and journals for the tests of whole studies. */
import type { Bars } from '../../../src/market/bars.ts';
import type { Journal, Trade } from '../../../src/market/journal.ts';
import { createRandom, nextBelow, nextUnit } from '../../../src/math/random.ts';
import { adaptiveStop } from '../../../src/risk/stop.ts';
import type { BacktestStopsTree } from '../../../src/studies/backtest-stops.ts';

export const HOUR = 3_600_000;
const START = 1_700_006_400_000; // 2023-11-15 00:00 UTC

/** A random walk in whole cents. */
export function walkBars(count: number, seed: number, symbol = 'BTCUSDT'): Bars {
  const random = createRandom(seed);
  const columns = Array.from({ length: 6 }, () => new Float64Array(count));
  const [time, open, high, low, close, volume] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let price = 10_000;
  const cents = (size: number) => Math.round((nextUnit(random) - 0.5) * size);
  for (let i = 0; i < count; i += 1) {
    const from = price;
    price = Math.max(2_000, price + cents(160));
    time[i] = START + i * HOUR;
    open[i] = from / 100;
    close[i] = price / 100;
    high[i] = (Math.max(from, price) + nextBelow(random, 50)) / 100;
    low[i] = (Math.min(from, price) - nextBelow(random, 50)) / 100;
    volume[i] = 1 + nextBelow(random, 100);
  }
  return { symbol, interval: HOUR, time, open, high, low, close, volume };
}

/** Trades whose prices lie in their bars; entries and exits on and off the hour. */
export function walkTrades(bars: Bars, count: number, seed: number): Trade[] {
  const random = createRandom(seed);
  const rows = bars.time.length;
  return Array.from({ length: count }, (_, i): Trade => {
    const from = 20 + nextBelow(random, rows - 60);
    const to = from + nextBelow(random, 36);
    const inside = (row: number) => {
      const [high, low] = [bars.high[row] ?? 0, bars.low[row] ?? 0];
      return Math.round((low + (high - low) * nextUnit(random)) * 100) / 100;
    };
    const offset = nextBelow(random, 2) * 17 * 60_000;
    const ends = nextBelow(random, 2) * 41 * 60_000 + (to === from ? offset : 0);
    return {
      id: i + 1,
      symbol: bars.symbol,
      direction: nextBelow(random, 2) === 0 ? 'long' : 'short',
      entryTime: (bars.time[from] ?? 0) + offset,
      entryPrice: inside(from),
      exitTime: (bars.time[to] ?? 0) + ends,
      exitSlack: 0,
      exitPrice: inside(to),
      exitKind: nextBelow(random, 12) === 0 ? 'stop' : 'signal',
      confidence: nextUnit(random),
    };
  });
}

export function journalOf(trades: readonly Trade[]): Journal {
  return { trades, bare: [], skipped: [], faults: [], findings: [] };
}

type Study = BacktestStopsTree['studies']['backtest-stops'];
type Stops = BacktestStopsTree['guards']['stops'];

export function treeOf(
  study: Partial<Study> = {},
  stops: Partial<Stops> = {},
  maxGap = 3,
): BacktestStopsTree {
  return {
    data: { maxGap },
    guards: {
      stops: {
        type: 'atr',
        multiplier: 2,
        atrPeriod: 14,
        atrMethod: 'wilder',
        adaptive: adaptiveStop,
        ...stops,
      },
    },
    studies: {
      'backtest-stops': {
        multipliers: '0.5:4:0.5',
        search: '0.5:6:0.5',
        targetHitRate: 0.15,
        trigger: 'touch',
        intrabar: 'pessimistic',
        takeProfit: null,
        leverage: null,
        mmr: 0.005,
        feeBps: 0,
        slippageBps: 0,
        entries: null,
        direction: 'both',
        hold: null,
        confidence: null,
        intervalLevel: 0.95,
        replicates: 200,
        by: [],
        ...study,
      },
    },
  };
}

export const ctx = { seed: 1, progress: () => undefined };
