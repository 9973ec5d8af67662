import { int64, tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { expect, test } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { arrowTrades } from '../../../src/io/readers/arrow-trades.ts';
import { sourceOf } from '../../support/source-of.ts';

const columns = {
  timestamp: [1_600_000_000_000n, 1_600_000_000_001n],
  id: ['9', '10'],
  price: [10.5, 11],
  amount: [0.25, 1],
};

async function read(more: Record<string, unknown[]>) {
  const table = tableFromArrays({ ...columns, ...more }, { types: { timestamp: int64() } });
  const source = sourceOf(tableToIPC(table, { format: 'file' }) ?? new Uint8Array());
  expect(arrowTrades.detect(headOf(source))).toContain('time, price and quantity');
  const [ticks] = await arrowTrades.read(source, { timeOffset: 0 });
  return ticks;
}

test('reads trades as freqtrade keeps them in feather: a side in words', async () => {
  const ticks = await read({ side: ['buy', 'sell'] });
  expect([...(ticks?.time ?? [])]).toEqual([1_600_000_000_000, 1_600_000_000_001]);
  expect([[...(ticks?.price ?? [])], [...(ticks?.qty ?? [])]]).toEqual([
    [10.5, 11],
    [0.25, 1],
  ]);
  expect([[...(ticks?.side ?? [])], ticks?.faults, ticks?.symbol]).toEqual([[1, -1], [], null]);
});

test('a flag for the maker is the other side of the taker, and comes before a side in words', async () => {
  expect([...((await read({ isBuyerMaker: [true, false] }))?.side ?? [])]).toEqual([-1, 1]);
  expect([...((await read({ is_buyer_maker: [1, 0], side: ['buy', 'sell'] }))?.side ?? [])]).toEqual([-1, 1]);
});

test('a symbol column parts the trades', async () => {
  const table = tableFromArrays(
    { ...columns, symbol: ['ETHUSDT', 'BTCUSDT'] },
    { types: { timestamp: int64() } },
  );
  const source = sourceOf(tableToIPC(table, { format: 'stream' }) ?? new Uint8Array());
  const entries = await arrowTrades.read(source, { timeOffset: 500 });
  expect(entries.map(({ symbol, time }) => [symbol, [...time]])).toEqual([
    ['ETHUSDT', [1_599_999_999_500]],
    ['BTCUSDT', [1_599_999_999_501]],
  ]);
});
