import { expect, test } from 'vitest';
import { joinTicks } from '../../src/market/join-ticks.ts';
import type { Ticks } from '../../src/market/ticks.ts';

const ticks = (symbol: string, times: readonly number[]): Ticks => ({
  symbol,
  time: Float64Array.from(times),
  price: Float64Array.from(times, (time) => time * 10),
  qty: Float64Array.from(times, () => 1),
  side: Int8Array.from(times, (_, i) => (i % 2 === 0 ? 1 : -1)),
});

test('days of one symbol follow each other, whatever their order', () => {
  const [a, b] = joinTicks([
    { ticks: ticks('A', [5, 6]), file: 'd2' },
    { ticks: ticks('B', [1]), file: 'x' },
    { ticks: ticks('A', [1, 2, 2]), file: 'd1' },
  ]);
  expect([...(a?.time ?? [])]).toEqual([1, 2, 2, 5, 6]);
  expect([...(a?.price ?? [])]).toEqual([10, 20, 20, 50, 60]);
  expect([...(a?.side ?? [])]).toEqual([1, -1, 1, 1, -1]);
  expect(b?.symbol).toBe('B');
});

test('files that overlap in time are refused: their prints would count twice', () => {
  const both = [
    { ticks: ticks('A', [1, 5]), file: 'a.csv' },
    { ticks: ticks('A', [5, 9]), file: 'b.csv' },
  ];
  expect(() => joinTicks(both)).toThrow('ROW_VALUE');
});
