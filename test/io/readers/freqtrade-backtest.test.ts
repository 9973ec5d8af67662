import { describe, expect, it } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { freqtradeBacktest } from '../../../src/io/readers/freqtrade-backtest.ts';
import { sourceOf } from '../../support/source-of.ts';

/** 2024-03-01 00:00 UTC. */
const START = 1_709_251_200_000;
const CANDLE = 900_000;

const trade = {
  pair: 'ABC/USDT',
  amount: 2.5,
  open_date: '2024-03-01 00:00:00+00:00',
  close_date: '2024-03-01 01:00:00+00:00',
  open_rate: 100,
  close_rate: 110,
  fee_open: 0.001,
  fee_close: 0.0005,
  sell_reason: 'roi',
  is_open: false,
  open_timestamp: START,
  close_timestamp: START + 4 * CANDLE,
};

function results(trades: readonly object[], more: object = {}) {
  return { strategy: { Alpha: { trades, timeframe: '15m', ...more } }, strategy_comparison: [] };
}

function read(content: object, strategy?: string) {
  const options = strategy === undefined ? { timeOffset: 0 } : { timeOffset: 0, strategy };
  return freqtradeBacktest.read(sourceOf(JSON.stringify(content)), options);
}

describe('freqtradeBacktest', () => {
  it('reads a trade with the keys of old versions', async () => {
    expect(await read(results([trade]))).toEqual({
      trades: [
        {
          id: 1,
          symbol: 'ABCUSDT',
          direction: 'long',
          entryTime: START,
          entryPrice: 100,
          exitTime: START + 4 * CANDLE,
          exitSlack: CANDLE,
          exitPrice: 110,
          exitKind: 'target',
          qty: 2.5,
          feeEntry: 0.001,
          feeExit: 0.0005,
        },
      ],
      bare: [],
      skipped: [],
      faults: [],
      findings: [],
    });
  });

  it('reads shorts, leverage and the keys of new versions', async () => {
    const { sell_reason: _, ...rest } = trade;
    const short = { ...rest, pair: 'ABC/USDT:USDT', exit_reason: 'liquidation', is_short: true, leverage: 5 };
    expect((await read(results([short]))).trades[0]).toMatchObject({
      symbol: 'ABCUSDT',
      direction: 'short',
      exitKind: 'liquidation',
      leverage: 5,
    });
  });

  // RULES 1.5: what is watched inside a candle ends inside it; signals and force act at the candle's open.
  it.each([
    ['stop_loss', 'stop', CANDLE],
    ['stoploss_on_exchange', 'stop', CANDLE],
    ['trailing_stop_loss', 'trailing-stop', CANDLE],
    ['roi', 'target', CANDLE],
    ['liquidation', 'liquidation', CANDLE],
    ['sell_signal', 'signal', 0],
    ['exit_signal', 'signal', 0],
    ['force_sell', 'forced', 0],
    ['force_exit', 'forced', 0],
    ['emergency_exit', 'forced', 0],
    ['my_own_tag', 'signal', 0],
  ])('takes %s for %s', async (reason, exitKind, exitSlack) => {
    expect((await read(results([{ ...trade, sell_reason: reason }]))).trades[0]).toMatchObject({
      exitKind,
      exitSlack,
    });
  });

  it('calls a trade forced that was open at the end of the run', async () => {
    const { trades } = await read(results([{ ...trade, is_open: true, sell_reason: 'stop_loss' }]));
    expect(trades[0]).toMatchObject({ exitKind: 'forced', exitSlack: 0 });
  });

  it('leaves the whole candle open where no reason is given', async () => {
    const { trades } = await read(results([{ ...trade, sell_reason: undefined }]));
    expect(trades[0]).toMatchObject({ exitKind: 'unknown', exitSlack: CANDLE });
  });

  it('measures the slack in the candles that the exits were found on', async () => {
    const { trades } = await read(results([trade], { timeframe_detail: '1m' }));
    expect(trades[0]?.exitSlack).toBe(60_000);
    expect((await read(results([trade], { timeframe_detail: '' }))).trades[0]?.exitSlack).toBe(CANDLE);
  });

  it('keeps a trade that was stopped in the candle of its entry', async () => {
    const { trades } = await read(results([{ ...trade, sell_reason: 'stop_loss', close_timestamp: START }]));
    expect(trades[0]).toMatchObject({ entryTime: START, exitTime: START, exitSlack: CANDLE });
  });

  it('reads dates where there are no time stamps', async () => {
    const { open_timestamp: _, close_timestamp: __, ...rest } = trade;
    expect((await read(results([rest]))).trades[0]).toMatchObject({
      entryTime: START,
      exitTime: START + 4 * CANDLE,
    });
  });

  it.each([
    ['a price of zero', { close_rate: 0 }, 'ROW_PRICE'],
    ['a price that is missing', { open_rate: null }, 'ROW_NUMBER'],
    ['a time that is missing', { close_timestamp: null, close_date: null }, 'ROW_TIME'],
    ['a close before its open', { close_timestamp: START - 1 }, 'ROW_VALUE'],
    ['a fee that is money', { fee_open: 4 }, 'ROW_VALUE'],
    ['no pair', { pair: '' }, 'SYMBOL_UNKNOWN'],
  ])('makes a fault of %s, with the number of the trade', async (_, change, code) => {
    const { trades, faults } = await read(results([trade, { ...trade, ...change }]));
    expect(trades.map(({ id }) => id)).toEqual([1]);
    expect(faults).toMatchObject([{ line: null, code }]);
    expect(faults[0]?.message).toMatch(/^trade 2: /);
  });

  it('makes a fault of a trade that is no object', async () => {
    expect((await read({ strategy: { Alpha: { trades: [7], timeframe: '1h' } } })).faults).toMatchObject([
      { code: 'ROW_VALUE' },
    ]);
  });

  it('names the strategies where there are several, and reads the one that is chosen', async () => {
    const two = {
      strategy: {
        Alpha: { trades: [trade], timeframe: '15m' },
        Beta: { trades: [{ ...trade, pair: 'XYZ/USDT' }], timeframe: '1h' },
      },
    };
    await expect(read(two)).rejects.toThrow(/holds 2: Alpha, Beta .*--strategy/);
    expect((await read(two, 'Beta')).trades[0]).toMatchObject({ symbol: 'XYZUSDT', exitSlack: 3_600_000 });
    await expect(read(two, 'Gamma')).rejects.toThrow(/the strategy must be one of Alpha, Beta, was Gamma/);
  });

  it.each([
    ['no timeframe', { strategy: { Alpha: { trades: [] } } }, /must state its timeframe/],
    ['no trades', { strategy: { Alpha: { timeframe: '1h' } } }, /must have a list of trades/],
    ['no strategy', { a: 1 }, /must have the key "strategy"/],
    ['an empty strategy list', { strategy: {} }, /the file holds 0/],
  ])('refuses a file with %s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it('knows its files by their beginning, also where metadata come first', () => {
    const detects = (content: string) => freqtradeBacktest.detect(headOf(sourceOf(content))) !== null;
    expect(detects(JSON.stringify(results([trade])))).toBe(true);
    expect(detects(JSON.stringify({ metadata: { Alpha: {} }, ...results([trade]) }))).toBe(true);
    expect(detects(JSON.stringify([trade]))).toBe(false);
    expect(detects('{"strategy": "Alpha", "trades": []}')).toBe(false);
  });
});
