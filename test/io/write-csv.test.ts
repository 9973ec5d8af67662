import { expect, test } from 'vitest';
import { csvOfBars } from '../../src/io/write-csv.ts';
import { invented } from '../support/invented-bars.ts';

test('writes a header and one line a bar, time in ms', () => {
  const bars = {
    symbol: 'BTCUSDT',
    interval: 3_600_000,
    time: Float64Array.of(1_609_459_200_000),
    open: Float64Array.of(29000.5),
    high: Float64Array.of(29100),
    low: Float64Array.of(0.1 + 0.2),
    close: Float64Array.of(1e-9),
    volume: Float64Array.of(0),
  };
  expect([...csvOfBars(bars)].join('')).toBe(
    'timestamp,open,high,low,close,volume\n1609459200000,29000.5,29100,0.30000000000000004,1e-9,0\n',
  );
});

test('every number reads back as the same double, over the border of a piece', () => {
  const bars = invented(10_000);
  const lines = [...csvOfBars(bars)].join('').trimEnd().split('\n').slice(1);
  expect(lines.length).toBe(10_000);
  const { time, open, high, low, close, volume } = bars;
  for (const [i, line] of lines.entries()) {
    const cells = line.split(',').map(Number);
    expect(cells).toEqual([time[i], open[i], high[i], low[i], close[i], volume[i]]);
  }
});
