/** 20,000 trades over a million bars: 1,000 multipliers at once against 1,000 plain early-exit loops. */

import type { Bars } from '../../src/market/bars.ts';
import { firstAtOrAfter } from '../../src/market/bars.ts';
import type { Trade } from '../../src/market/journal.ts';
import { createRandom, nextBelow } from '../../src/math/random.ts';
import { judge } from '../../src/studies/backtest-stops/judge.ts';
import { levelRows } from '../../src/studies/backtest-stops/levels.ts';
import { ctx, treeOf } from '../studies/backtest-stops/market.ts';
import { randomBars } from './random-bars.ts';
import { type Claim, race, ratio, show } from './timing.ts';

const TRADES = 20_000;
const MINUTE = 60_000;
const multipliers = Array.from({ length: 1000 }, (_, i) => (i + 1) / 50);

export async function benchStops(): Promise<Claim[]> {
  const bars = randomBars(1_000_000, MINUTE);
  const trades = tradesOver(bars);
  const selection = selectionOf(bars, trades);
  const twice = randomBars(2_000_000, MINUTE);
  const twiceSelection = selectionOf(twice, tradesOver(twice));
  const single = await race([{ name: 'plain early-exit loops', run: () => plainLoops(bars, trades) }], 1);
  const timings = [
    ...single,
    ...(await race(
      [
        { name: 'every multiplier at once, all columns', run: () => levelsOf(selection) },
        { name: 'the same over twice the bars', run: () => levelsOf(twiceSelection) },
      ],
      5,
    )),
  ];
  show(timings);
  const plain = plainLoops(bars, trades);
  const differing = levelsOf(selection).filter(({ hits }, level) => hits !== plain[level]).length;
  return [
    {
      what: '1,000 multipliers against 1,000 plain loops',
      value: ratio(timings, 'plain early-exit loops', 'every multiplier at once, all columns'),
      unit: 'x',
      bound: { atLeast: 50 },
    },
    {
      what: 'levels whose hits differ from the plain loops',
      value: differing,
      unit: 'levels',
      bound: { atMost: 0 },
    },
    {
      what: 'twice the bars',
      value: ratio(timings, 'the same over twice the bars', 'every multiplier at once, all columns'),
      unit: 'x the time',
      bound: { atMost: 2.2 },
    },
  ];
}

/** Entries at bar opens anywhere, held a day (1,440 bars). */
function tradesOver(bars: Bars): Trade[] {
  const random = createRandom(7);
  const hold = 1440;
  return Array.from({ length: TRADES }, (_, i): Trade => {
    const row = 20 + nextBelow(random, bars.time.length - hold - 40);
    return {
      id: i + 1,
      symbol: bars.symbol,
      direction: i % 2 === 0 ? 'long' : 'short',
      entryTime: bars.time[row]!,
      entryPrice: bars.open[row]!,
      exitTime: bars.time[row + hold]!,
      exitSlack: 0,
      exitPrice: bars.open[row + hold]!,
      exitKind: 'signal',
    };
  });
}

function selectionOf(bars: Bars, trades: readonly Trade[]) {
  const modelled = { entry: false, exit: false };
  return { groups: [{ bars, trades }], bare: [], skipped: [], total: trades.length, modelled };
}

function levelsOf(selection: ReturnType<typeof selectionOf>) {
  const tree = treeOf();
  const judgement = judge(selection, { tree, ticks: [], multipliers, ctx });
  return levelRows(judgement.sums, judgement.judged, {
    targetHitRate: 0.15,
    intervalLevel: 0.95,
    replicates: 1000,
    seed: 1,
  });
}

/** The loop of the source document, a level at a time; it leaves a trade at its first hit. */
function plainLoops(bars: Bars, trades: readonly Trade[]): number[] {
  const plain = trades.map(({ direction, entryTime, exitTime, entryPrice, exitPrice }) => {
    const from = firstAtOrAfter(bars.time, entryTime);
    const to = firstAtOrAfter(bars.time, exitTime);
    return { long: direction === 'long', from, to, entryPrice, exitPrice, atr: atrBefore(bars, from) };
  });
  const { low, high } = bars;
  return multipliers.map((multiplier) => {
    let hits = 0;
    for (const { long, from, to, entryPrice, exitPrice, atr } of plain) {
      const stop = long ? entryPrice - multiplier * atr : entryPrice + multiplier * atr;
      let hit = long ? exitPrice <= stop : exitPrice >= stop;
      for (let i = from; i < to; i += 1) {
        if (long ? low[i]! <= stop : high[i]! >= stop) {
          hit = true;
          break;
        }
      }
      if (hit) hits += 1;
    }
    return hits;
  });
}

let known: { readonly bars: Bars; readonly atr: Float64Array } | null = null;

function atrBefore(bars: Bars, row: number): number {
  if (known?.bars !== bars) known = { bars, atr: wilder(bars) };
  return known.atr[row - 1]!;
}

/** Wilder's ATR(14) written out, so that the plain side owes nothing to ours. */
function wilder({ high, low, close }: Bars): Float64Array {
  const out = new Float64Array(close.length).fill(Number.NaN);
  let value = 0;
  for (let i = 1; i < close.length; i += 1) {
    const before = close[i - 1]!;
    const range = Math.max(high[i]! - low[i]!, Math.abs(high[i]! - before), Math.abs(low[i]! - before));
    if (i < 14) value += range;
    else value = i === 14 ? (value + range) / 14 : (value * 13 + range) / 14;
    if (i >= 14) out[i] = value;
  }
  return out;
}
