import { describe, expect, test } from 'vitest';
import type { Trade } from '../../../src/market/journal.ts';
import type { Ticks } from '../../../src/market/ticks.ts';
import { locate } from '../../../src/market/trade-path.ts';
import { createSeries } from '../../../src/studies/backtest-stops/series.ts';
import { tickRows } from '../../../src/studies/backtest-stops/tick-rows.ts';
import { backtestStops } from '../../../src/studies/backtest-stops.ts';
import { ctx, journalOf, treeOf, walkBars } from './market.ts';

const bars = walkBars(60, 9);
const series = createSeries(bars, { atrPeriod: 14, atrMethod: 'wilder', maxGap: 3, needsRegime: false });
const at = (row: number) => bars.time[row] ?? 0;
const MINUTE = 60_000;

const trade: Trade = {
  id: 1,
  symbol: 'BTCUSDT',
  direction: 'long',
  entryTime: at(30) + 10 * MINUTE,
  entryPrice: bars.close[30] ?? 0,
  exitTime: at(31) + 30 * MINUTE,
  exitSlack: 0,
  exitPrice: bars.open[31] ?? 0,
  exitKind: 'signal',
};
function prints(list: readonly (readonly [number, number])[]): Ticks {
  return {
    symbol: 'BTCUSDT',
    time: Float64Array.from(list, ([time]) => time),
    price: Float64Array.from(list, ([, price]) => price),
    qty: Float64Array.from(list, () => 1),
    side: Int8Array.from(list, () => 0),
  };
}
const rowsOf = (ticks: Ticks) => {
  const path = locate(series.gapped, trade);
  if (typeof path === 'string') throw new Error(path);
  return tickRows(series, path, trade, ticks)?.rows ?? null;
};

describe('tickRows', () => {
  test('prints between entry and exit replace the bars, those before and after are left out', () => {
    const rows = rowsOf(
      prints([
        [at(30), 1],
        [at(30) + 9 * MINUTE, 2],
        [at(30) + 11 * MINUTE, 3],
        [at(31) + 30 * MINUTE, 4],
        [at(31) + 31 * MINUTE, 5],
        [at(32), 6],
      ]),
    );
    expect([...(rows?.low ?? [])]).toEqual([3, 4]);
    expect(rows).toMatchObject({
      from: 0,
      to: 2,
      entryPartial: false,
      partialFrom: 2,
      prints: Uint8Array.of(1, 1),
    });
  });
  test('a bar that the file of prints does not cover stays a bar, partial where it was', () => {
    const rows = rowsOf(
      prints([
        [at(30), 1],
        [at(30) + 30 * MINUTE, 3],
        [at(31), 4],
      ]),
    );
    expect([...(rows?.low ?? [])]).toEqual([3, bars.low[31]]);
    expect(rows).toMatchObject({ entryPartial: false, partialFrom: 1 });
  });
  test('prints elsewhere change nothing', () => {
    expect(
      rowsOf(
        prints([
          [at(40), 1],
          [at(50), 2],
        ]),
      ),
    ).toBeNull();
  });
});

describe('the study with prints', () => {
  test('both sides of the band meet where the prints cover the trade', () => {
    const ohlcv = [bars];
    const journal = journalOf([trade]);
    const run = (ticks: readonly Ticks[]) =>
      backtestStops.run({ journal, ohlcv, ticks }, treeOf({ multipliers: '0.5:6:0.1' }), ctx);
    const unit = series.atr[29] ?? Number.NaN;
    const deep = trade.entryPrice - 2 * unit;
    const covered = prints([
      [at(30), trade.entryPrice],
      [at(30) + 20 * MINUTE, deep],
      [at(32), trade.entryPrice],
    ]);
    const { result, fidelity } = run([covered]);
    for (const { multiplier, hits, hitsOptimistic, gapFills } of result.levels) {
      expect(hitsOptimistic).toBe(hits);
      expect(gapFills).toBe(0);
      if (Math.abs(multiplier - 2) > 1e-9) expect(hits).toBe(multiplier < 2 ? 1 : 0);
    }
    expect(fidelity).not.toContain('intrabar-assumed');
    expect(run([]).fidelity).toContain('intrabar-assumed');
  });
});
