import { describe, expect, test } from 'vitest';
import type { Bars } from '../../../src/market/bars.ts';
import type { Funding } from '../../../src/market/funding.ts';
import type { Trade } from '../../../src/market/journal.ts';
import type { Book } from '../../../src/model/book.ts';
import { replay } from '../../../src/studies/replay.ts';
import type { ReplayResult } from '../../../src/studies/replay-result.ts';
import { costless, ctx, replayInputs, replayTree } from '../../support/replay-study.ts';
import { barsOf, bookOf, HOUR, positionOf } from '../../support/venue-scene.ts';
import { journalOf } from '../backtest-stops/market.ts';

type Scene = {
  readonly ohlcv: readonly Bars[];
  readonly book?: Book | null;
  readonly trades?: readonly Trade[] | null;
  readonly funding?: readonly Funding[];
};

function judged(
  { ohlcv, book = null, trades = null, funding = [] }: Scene,
  ...settings: readonly string[]
): ReplayResult {
  const journal = trades === null ? null : journalOf(trades);
  const tree = replayTree(...costless, 'studies.replay.counterfactual=true', ...settings);
  return replay.run(replayInputs({ ohlcv, journal, book, funding }), tree, ctx).result;
}

function outcomeOf({ guards }: ReplayResult, name: string) {
  const found = guards.find(({ guard }) => guard === name);
  if (found === undefined) throw new Error(`no outcome of ${name}`);
  return found;
}

/** Long 1 from 100, a margin of 10. */
const long = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })], { balance: '100' });
const stopAt97 = ['engine.guards=[stops]', 'guards.stops.type=percent', 'guards.stops.multiplier=3'];

describe('a stop', () => {
  test('that a price touches on its way back up cost what it gave away, once', () => {
    const result = judged({ book: long, ohlcv: [barsOf([[100, 100, 94, 100]])] }, ...stopAt97);
    // Stopped at 97, the other run ends where it began.
    expect(result.guards).toEqual([
      {
        guard: 'stops',
        decisions: 1,
        lossAvoided: '-3',
        falseTrips: 1,
        costOfFalseTrips: 3,
        reactionMs: 0,
        lossInReaction: 0,
        alone: {
          gain: '-3',
          endEquity: '97',
          maxDrawdown: expect.closeTo(0.03, 12),
          liquidations: 0,
          shortfall: '0',
        },
        without: { endEquity: '100', maxDrawdown: expect.closeTo(0.06, 12), liquidations: 0, shortfall: '0' },
      },
    ]);
  });

  test('that comes before a liquidation avoided what the venue would have taken, and was right', () => {
    const result = judged({ book: long, ohlcv: [barsOf([[100, 100, 80, 85]])] }, ...stopAt97);
    // By hand: 10 + P - 100 = 0.005 P at P = 90 / 0.995, where all is closed.
    const liquidated = 90 / 0.995;
    const { lossAvoided, falseTrips, costOfFalseTrips, without } = outcomeOf(result, 'stops');
    expect(Number(lossAvoided)).toBeCloseTo(97 - liquidated, 7);
    expect({ falseTrips, costOfFalseTrips }).toEqual({ falseTrips: 0, costOfFalseTrips: 0 });
    expect(without?.liquidations).toBe(1);
    expect(Number(without?.endEquity)).toBeCloseTo(liquidated, 7);
  });

  test('would have gone on to pay the funding of the hours that it was out', () => {
    const flat = [100, 100, 100, 100] as const;
    const ohlcv = [barsOf([[100, 100, 94, 100], ...Array.from({ length: 9 }, () => flat)])];
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 1 })], { balance: '100' });
    const interval = Float64Array.of(8 * HOUR);
    const funding = [
      { symbol: 'BTCUSDT', time: Float64Array.of(8 * HOUR), rate: Float64Array.of(0.01), interval },
    ];
    const result = judged({ book, ohlcv, funding }, ...stopAt97);
    // Out at 97; kept it would stand at 100 and have paid 1 % of 100.
    const { lossAvoided, falseTrips, costOfFalseTrips } = outcomeOf(result, 'stops');
    expect({ lossAvoided, falseTrips }).toEqual({ lossAvoided: '-2', falseTrips: 1 });
    expect(costOfFalseTrips).toBeCloseTo(2, 10);
  });

  test('of an inverse contract is judged in the coin of its account', () => {
    const position = {
      symbol: 'BTCUSD',
      contract: 'inverse',
      qty: '10000',
      entry: '50000',
      leverage: 1,
    } as const;
    const book = bookOf([positionOf(position)], { currency: 'BTC', balance: '1' });
    const ohlcv = [barsOf([[50_000, 50_000, 47_000, 50_000]], { symbol: 'BTCUSD' })];
    const result = judged({ book, ohlcv }, ...stopAt97);
    // 10,000 / 48,500 - 10,000 / 50,000 of a coin.
    const missed = 10_000 / 48_500 - 0.2;
    const { lossAvoided, costOfFalseTrips } = outcomeOf(result, 'stops');
    expect(Number(lossAvoided)).toBeCloseTo(-missed, 9);
    expect(costOfFalseTrips).toBeCloseTo(missed, 12);
  });

  test('is one decision, also where its fill takes several bars', () => {
    const book = bookOf([positionOf({ qty: '10', entry: '100', leverage: 2 })], { balance: '1000' });
    const rows = [
      [100, 100, 96, 98],
      [98, 98, 98, 98],
      [98, 98, 98, 98],
      [98, 110, 98, 110],
    ] as const;
    const ohlcv = [barsOf(rows, { volume: 4 })];
    const result = judged({ book, ohlcv }, ...stopAt97, 'venue.slippage.maxBarShare=1');
    // A bar trades 4: 4 at 97, then 4 and 2 at 98; all of it would have been at 110.
    const { lossAvoided, falseTrips, costOfFalseTrips } = outcomeOf(result, 'stops');
    expect({ lossAvoided, falseTrips, costOfFalseTrips }).toEqual({
      lossAvoided: '-124',
      falseTrips: 1,
      costOfFalseTrips: 124,
    });
  });
});

describe('a rung of the ladder', () => {
  const ladder = ['engine.guards=[margin-ladder]', 'engine.latency=30', 'venue.fees.taker=0.001'];

  test('reacts half a minute after the crossing, at the worse price, and is judged with its fee', () => {
    const result = judged({ book: long, ohlcv: [barsOf([[100, 100, 92, 100]])] }, ...ladder);
    // 8 down in a third of an hour: 93, where 3 of 10 are left, after 17.5 minutes; 92.8 half a minute later. A quarter is
    // sold there for a fee of 0.001 x 23.2, and would have come back to 100 without any.
    const outcome = outcomeOf(result, 'margin-ladder');
    expect(outcome.reactionMs).toBeCloseTo(30_000, 5);
    expect(outcome.lossInReaction).toBeCloseTo(0.25 * 0.2, 8);
    expect(outcome.falseTrips).toBe(1);
    expect(outcome.costOfFalseTrips).toBeCloseTo(0.25 * 7.2 + 0.0232, 8);
    expect(Number(outcome.lossAvoided)).toBeCloseTo(-1.8232, 7);
    expect(outcome.without?.endEquity).toBe('100');
  });

  test('was right where the price goes on to fall', () => {
    const result = judged({ book: long, ohlcv: [barsOf([[100, 100, 92, 92.2]])] }, ...ladder);
    // Sold at 92.8 for a fee of 0.0232, kept it would be worth 92.2: 0.15 - 0.0232 avoided.
    const { falseTrips, costOfFalseTrips, lossAvoided } = outcomeOf(result, 'margin-ladder');
    expect({ falseTrips, costOfFalseTrips }).toEqual({ falseTrips: 0, costOfFalseTrips: 0 });
    expect(Number(lossAvoided)).toBeCloseTo(0.1268, 7);
  });

  test('answers for its own account alone', () => {
    const account = (id: string) => bookOf([], { id, balance: '100' }).accounts;
    const held = (id: string, leverage: number) =>
      positionOf({ account: id, qty: '1', entry: '100', leverage });
    const book: Book = {
      ...bookOf([held('calm', 1), held('near', 10)]),
      accounts: [...account('calm'), ...account('near')],
    };
    const result = judged({ book, ohlcv: [barsOf([[100, 100, 92, 100]])] }, ...ladder);
    expect(outcomeOf(result, 'margin-ladder').costOfFalseTrips).toBeCloseTo(1.8232, 8);
  });
});

describe('limits on orders', () => {
  const tradeOf = (trade: Partial<Trade>): Trade => ({
    id: 1,
    symbol: 'BTCUSDT',
    direction: 'long',
    entryTime: 0,
    entryPrice: 100,
    exitTime: HOUR,
    exitSlack: 0,
    exitPrice: 110,
    exitKind: 'signal',
    qty: 1,
    leverage: 20,
    ...trade,
  });
  const up = tradeOf({});
  const down = tradeOf({ id: 2, entryTime: 2 * HOUR, entryPrice: 110, exitTime: 3 * HOUR, exitPrice: 106 });
  const ohlcv = [
    barsOf([
      [100, 110, 100, 110],
      [110, 110, 110, 110],
      [110, 110, 106, 106],
      [106, 106, 106, 106],
    ]),
  ];
  const fee = 'venue.fees.taker=0.001';

  test('that refuse a gain and a loss are false once, by what the gain was after both fees', () => {
    const result = judged({ ohlcv, trades: [up, down] }, 'engine.guards=[leverage-cap]', fee);
    const { falseTrips, costOfFalseTrips, lossAvoided, alone } = outcomeOf(result, 'leverage-cap');
    // 10 - 0.1 - 0.11 refused; -4 - 0.11 - 0.106 spared.
    expect(falseTrips).toBe(1);
    expect(costOfFalseTrips).toBeCloseTo(9.79, 10);
    expect(lossAvoided).toBe('-5.574');
    expect(alone?.gain).toBe('-5.574');
    expect(result.protected.orders).toMatchObject({ denied: 2, filled: 0 });
    // A denied entry cancels its exit.
    expect(result.protected.trades).toMatchObject({ entered: 0, closed: 0, denied: 2 });
  });

  test('that shrink an entry scale its exit, and are judged by what they left out', () => {
    const settings = [
      'engine.guards=[trade-limits]',
      'guards.trade-limits.onExceed=resize',
      'studies.replay.balance="1000"',
      'guards.trade-limits.maxRisk=1',
      'guards.trade-limits.adjust.ceiling=1',
    ];
    const result = judged({ ohlcv, trades: [tradeOf({ qty: 3, leverage: 1 })] }, ...settings);
    // A tenth of 1,000 as margin at 1x buys 1 of 3: 10 of 30 are earned.
    expect(result.protected.realisedPnl).toBe('10');
    const { falseTrips, costOfFalseTrips, lossAvoided } = outcomeOf(result, 'trade-limits');
    expect({ falseTrips, costOfFalseTrips, lossAvoided }).toEqual({
      falseTrips: 1,
      costOfFalseTrips: 20,
      lossAvoided: '-20',
    });
  });

  test('that refuse the same are worth nothing each, and all of it alone: they are never summed', () => {
    const settings = ['engine.guards=[leverage-cap, trade-limits]', 'studies.replay.balance="10"'];
    const { guards } = judged({ ohlcv, trades: [{ ...up, leverage: 20 }] }, ...settings);
    expect(guards.map(({ guard }) => guard)).toEqual(['leverage-cap', 'trade-limits']);
    for (const { lossAvoided, falseTrips, alone } of guards) {
      expect({ lossAvoided, falseTrips, gain: alone?.gain }).toEqual({
        lossAvoided: '0',
        falseTrips: 0,
        gain: '-10',
      });
    }
  });
});

describe('without --counterfactual', () => {
  test('what needs another run is null, what a guard did itself is said', () => {
    const result = judged(
      { book: long, ohlcv: [barsOf([[100, 100, 92, 100]])] },
      'engine.guards=[margin-ladder, stops]',
      'studies.replay.counterfactual=false',
    );
    expect(result.guards.map(({ guard }) => guard)).toEqual(['margin-ladder', 'stops']);
    expect(result.guards[0]).toEqual({
      guard: 'margin-ladder',
      decisions: expect.any(Number),
      lossAvoided: null,
      falseTrips: null,
      costOfFalseTrips: null,
      reactionMs: 0,
      lossInReaction: 0,
      alone: null,
      without: null,
    });
    expect(result.guards[1]).toMatchObject({ decisions: 0, reactionMs: null });
  });
});
