import { describe, expect, it } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { hyperliquidFills } from '../../../src/io/readers/hyperliquid-fills.ts';
import { journalReaders } from '../../../src/io/readers/journal.ts';
import { sourceOf } from '../../support/source-of.ts';

const HEADER =
  'Account,Coin,Execution Price,Size Tokens,Size USD,Side,Timestamp IST,Start Position,Direction,Closed PnL,' +
  'Transaction Hash,Order ID,Crossed,Fee,Trade ID,Timestamp';

/** `coin price size side time start direction pnl fee`, words of a time and a direction joined by underscores. */
function row(text: string): string {
  const [coin, price, size, side, time, start, direction, pnl, fee] = text
    .split(' ')
    .map((word) => word.replaceAll('_', ' '));
  const usd = Number(price) * Number(size);
  return `0xa,${coin},${price},${size},${usd},${side},${time},${start},${direction},${pnl},0xh,1,TRUE,${fee},9E+14,1.71E+12`;
}

function read(rows: readonly string[], { timeOffset = 0, tail = '\n' } = {}) {
  return hyperliquidFills.read(sourceOf([HEADER, ...rows.map(row)].join('\n') + tail), { timeOffset });
}

/** 2024-03-01 00:00 UTC is 05:30 in India. */
const START = 1_709_251_200_000;
const MINUTE = 60_000;

const trip = [
  'ABC 100 2 BUY 01-03-2024_05:30 0 Open_Long 0 0.2',
  'ABC 110 2 SELL 01-03-2024_6:30 2 Close_Long 20 0.11',
] as const;

describe('hyperliquidFills', () => {
  it('reads minutes of Indian time and folds fills into a trip with its fee rates', async () => {
    const journal = await read(trip);
    expect(journal.trades).toEqual([
      {
        id: 1,
        symbol: 'ABC',
        direction: 'long',
        entryTime: START,
        entryPrice: 100,
        exitTime: START + 60 * MINUTE,
        exitSlack: MINUTE,
        exitPrice: 110,
        exitKind: 'unknown',
        qty: 2,
        feeEntry: 0.001,
        feeExit: 0.0005,
      },
    ]);
    expect([journal.bare, journal.skipped, journal.faults]).toEqual([[], [], []]);
  });

  it('takes an offset that is given instead of the one in the header', async () => {
    expect((await read(trip, { timeOffset: 330 * MINUTE })).trades[0]?.entryTime).toBe(START);
    expect((await read(trip, { timeOffset: 60 * MINUTE })).trades[0]?.entryTime).toBe(START + 270 * MINUTE);
  });

  it('says that the epochs are ruined and not used', async () => {
    expect((await read(trip)).findings).toMatchObject([
      { code: 'ruined-stamps', count: 2, line: 2, example: 'Timestamp 1.71E+12' },
    ]);
  });

  it('skips spot rows one by one', async () => {
    const { trades, skipped } = await read([
      '@107 8 10 BUY 01-03-2024_05:30 0 Buy 0 0.1',
      ...trip,
      'PURR/USDC 8 10 SELL 01-03-2024_05:31 10 Sell 0 0.1',
      'XYZ 8 10 SELL 01-03-2024_05:32 10 Spot_Dust_Conversion 0 0.1',
    ]);
    expect(trades.map(({ id }) => id)).toEqual([2]);
    expect(skipped).toEqual([
      { reason: 'spot', id: 1 },
      { reason: 'spot', id: 4 },
      { reason: 'spot', id: 5 },
    ]);
  });

  it('lists what it skipped by row, whatever the reason', async () => {
    const { skipped } = await read([
      'XYZ 8 10 SELL 01-03-2024_05:30 10 Close_Long 0 0.1',
      'DEF 8 10 SELL 01-03-2024_05:30 0 Open_Short 0 0.1',
      '@107 8 10 BUY 01-03-2024_05:30 0 Buy 0 0.1',
    ]);
    expect(skipped).toEqual([
      { reason: 'opened-before-file', id: 1 },
      { reason: 'still-open', id: 2 },
      { reason: 'spot', id: 3 },
    ]);
  });

  it('reads flips and liquidations', async () => {
    const { trades } = await read([
      'ABC 100 1 BUY 01-03-2024_05:30 0 Open_Long 0 0',
      'ABC 110 3 SELL 01-03-2024_05:40 1 Long_>_Short 10 0',
      'ABC 150 2 BUY 01-03-2024_05:50 -2 Liquidated_Cross_Short -80 0',
    ]);
    expect(trades.map(({ id, direction, qty, exitKind }) => [id, direction, qty, exitKind])).toEqual([
      [1, 'long', 1, 'unknown'],
      [2, 'short', 2, 'liquidation'],
    ]);
  });

  it('reports fills that are missing, and the line of the first break', async () => {
    const { trades, skipped, findings } = await read([
      ...trip,
      'ABC 100 1 BUY 01-03-2024_07:30 0 Open_Long 0 0',
      'ABC 110 4 SELL 01-03-2024_08:30 4 Close_Long 40 0',
    ]);
    expect(trades).toHaveLength(1);
    expect(skipped).toEqual([{ reason: 'missing-fills', id: 3 }]);
    expect(findings).toContainEqual({
      code: 'missing-fills',
      count: 1,
      line: 5,
      example: 'ABC starts from 4',
      consequence: 'the trips in which fills are missing were skipped',
    });
  });

  it('reports trips whose closed profit does not follow from their fills', async () => {
    const { findings } = await read([trip[0], trip[1].replace(' 20 ', ' 22.02 ')]);
    expect(findings).toMatchObject([{ code: 'ruined-stamps' }, { code: 'pnl-mismatch', count: 1, line: 2 }]);
    // Whole prices: a tick of 1 on 2 coins, and a cent.
    expect((await read([trip[0], trip[1].replace(' 20 ', ' 22 ')])).findings).toHaveLength(1);
  });

  it('calls a last line that is cut off what it is, and reads the rest', async () => {
    const { trades, faults } = await read(trip, {
      tail: '\n0xa,ABC,100,1,100,BUY,01-03-2024 07:30,0,Open Lo',
    });
    expect(trades).toHaveLength(1);
    expect(faults).toMatchObject([{ line: 4, code: 'ROW_CUT' }]);
  });

  it.each([
    ['a month that no calendar has', 'ABC 100 2 BUY 01-13-2024_05:30 0 Open_Long 0 0', 'ROW_TIME'],
    ['another form of date', 'ABC 100 2 BUY 2024-03-01_05:30 0 Open_Long 0 0', 'ROW_TIME'],
    ['a size of zero', 'ABC 100 0 BUY 01-03-2024_05:30 0 Open_Long 0 0', 'ROW_VALUE'],
    ['a price of zero', 'ABC 0 1 BUY 01-03-2024_05:30 0 Open_Long 0 0', 'ROW_PRICE'],
    ['a fee that is text', 'ABC 100 1 BUY 01-03-2024_05:30 0 Open_Long 0 free', 'ROW_NUMBER'],
    ['a side against its direction', 'ABC 100 1 SELL 01-03-2024_05:30 0 Open_Long 0 0', 'ROW_VALUE'],
    ['a direction against its side', 'ABC 100 1 BUY 01-03-2024_05:30 0 Open_Short 0 0', 'ROW_VALUE'],
  ])('makes a fault of %s', async (_, bad, code) => {
    const { trades, faults } = await read([bad.replace('ABC', 'XYZ'), ...trip]);
    expect(faults.map((fault) => [fault.line, fault.code])).toEqual([[2, code]]);
    expect(trades).toHaveLength(1);
  });

  it('is asked before the generic journal', () => {
    const head = headOf(sourceOf(`${HEADER}\n`));
    expect(journalReaders.find((reader) => reader.detect(head) !== null)?.name).toBe('hyperliquid-fills');
  });

  it('refuses a file without the columns', async () => {
    await expect(hyperliquidFills.read(sourceOf('a,b\n1,2\n'), { timeOffset: 0 })).rejects.toThrow(
      /FILE_FORMAT/,
    );
  });
});
