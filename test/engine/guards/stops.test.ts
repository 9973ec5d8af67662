import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/engine/decision.ts';
import { withConfig } from '../../../src/engine/engine.ts';
import { stops } from '../../../src/engine/guards/stops.ts';
import type { StopsConfig } from '../../../src/engine/guards/stops-config.ts';
import type { StopState } from '../../../src/engine/stop-level.ts';
import type { MarketMoment } from '../../../src/engine/view.ts';
import { regimeAt, volatilitySquares } from '../../../src/market/regime.ts';
import { segmentStarts } from '../../../src/market/segments.ts';
import { calmUntil } from '../../../src/replay/calm-rows.ts';
import { adaptiveStop, stopPrice } from '../../../src/risk/stop.ts';
import { createSeries } from '../../../src/studies/backtest-stops/series.ts';
import { unitOf } from '../../../src/studies/backtest-stops/sign-trade.ts';
import { treeOf, walkBars, walkTrades } from '../../studies/backtest-stops/market.ts';
import { type EngineScene, engineScene, play, story, tell } from '../../support/engine-scene.ts';
import { bookOf, HOUR, positionOf } from '../../support/venue-scene.ts';

const staging: StopsConfig = {
  type: 'atr',
  multiplier: 2,
  byStrategy: { 'trend-following': 2, 'mean-reversion': 1 },
  atrPeriod: 14,
  atrMethod: 'wilder',
  adaptive: { confidence: 0.5, trails: false, ...adaptiveStop },
  retry: 30,
};

type Setting = {
  readonly config?: Partial<StopsConfig>;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly marks?: readonly number[];
  readonly moments?: readonly Partial<MarketMoment>[];
  readonly account?: Parameters<typeof bookOf>[1];
};

function sceneOf({
  config = {},
  held = [],
  marks = [100],
  moments = [{ atr: 5 }],
  account,
}: Setting = {}): EngineScene {
  const book = bookOf(held.map(positionOf), account);
  return engineScene({
    book,
    marks,
    moments,
    guards: [withConfig(stops, { ...staging, ...config })],
    symbols: ['BTCUSDT', 'ETHUSDT'].slice(0, marks.length),
  });
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const stateOf = (scene: EngineScene) => scene.engine.state.guards['stops'] as { stops: StopState[] };

const clock = (scene: EngineScene, time: number) => tell(scene, { kind: 'clock', time });

describe('on an opening fill a stop is placed at the venue at once (S2 layer 3, checklist)', () => {
  test('atr: entry less m ATRs of the last completed bar, mirrored for a short (S2 atr_stop)', () => {
    told(
      {},
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 90
       1:00 mark BTCUSDT 90.01
       1:00 bar BTCUSDT atr=9`,
    );
    told({}, '1:00 open BTCUSDT -1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 110');
  });

  test('percent: a multiplier counts 1 % of the entry (S2 percent_stop, RULES 1.9)', () => {
    const config = { type: 'percent', multiplier: 3 } as const;
    told({ config }, '1:00 open BTCUSDT +1 @ 200 x5 -> stops set-stop percent-stop BTCUSDT 194');
    told({ config }, '1:00 open BTCUSDT -1 @ 200 x5 -> stops set-stop percent-stop BTCUSDT 206');
    // Without any bar as well.
    told({ config, moments: [] }, '1:00 open BTCUSDT -1 @ 200 x5 -> stops set-stop percent-stop BTCUSDT 206');
  });

  test.each([
    // (2 % + 3 % x (1 - 0.7)) x regime factor
    ['trending', 96.52],
    ['choppy', 97.68],
    ['volatile', 95.65],
    ['stable', 97.97],
  ] as const)('adaptive, %s: %d (S0 calculate_adaptive_stop)', (regime, price) => {
    told(
      { config: { type: 'adaptive', multiplier: 1 } },
      `1:00 bar BTCUSDT regime=${regime}
       1:00 order BTCUSDT +1 @ 100 x5 confidence=0.7 -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop adaptive-stop BTCUSDT ${price}`,
    );
  });

  test('adaptive without a confidence: that of the configuration (S0 evaluate_trade_safety: 0.5), an unknown regime counts 1', () => {
    const config = { type: 'adaptive', multiplier: 1 } as const;
    told({ config }, '1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop adaptive-stop BTCUSDT 96.5');
    told(
      { config: { ...config, adaptive: { ...staging.adaptive, confidence: 1, base: 0.01 } } },
      '1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop adaptive-stop BTCUSDT 99',
    );
  });

  test.each([
    ['trend-following', 3],
    ['mean-reversion', 1.5],
    ['market-making', 2],
  ] as const)('%s: %d ATRs (S2 checklist, RULES 3.10)', (strategy, multiple) => {
    told(
      { config: { byStrategy: { 'trend-following': 3, 'mean-reversion': 1.5 } } },
      `1:00 order BTCUSDT +1 @ 100 x5 strategy=${strategy} -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT ${100 - 5 * multiple}`,
    );
  });

  test('the multiplier of a strategy counts ATRs: a percent stop keeps its own', () => {
    told(
      { config: { type: 'percent', multiplier: 5 } },
      `1:00 order BTCUSDT +1 @ 100 x5 strategy=mean-reversion -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop percent-stop BTCUSDT 95`,
    );
  });

  test('before there is an ATR nothing is placed, nor where it is 0; then by the first that is known', () => {
    told(
      { moments: [] },
      `1:00 open BTCUSDT +1 @ 100 x5
       2:00 bar BTCUSDT atr=0
       3:00 bar BTCUSDT atr=4 -> stops set-stop atr-stop BTCUSDT 92
       4:00 bar BTCUSDT atr=8`,
    );
    const scene = sceneOf({ moments: [] });
    play(scene, '1:00 open BTCUSDT +1 @ 100 x5');
    expect([...scene.engine.watch.everyBar]).toEqual([1]);
    play(scene, '3:00 bar BTCUSDT atr=4');
    expect([...scene.engine.watch.everyBar]).toEqual([0]);
  });

  test('a stop that would lie at no price above 0 is none', () => {
    told({ moments: [{ atr: 50 }] }, '1:00 open BTCUSDT +1 @ 100 x5');
    told(
      { moments: [{ atr: 49.995 }] },
      '1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 0.01',
    );
    told({ moments: [{ atr: 50 }] }, '1:00 open BTCUSDT -1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 200');
  });

  test('of two positions each has its own; when one closes its stop is forgotten, and a new one begins anew', () => {
    told(
      { marks: [100, 50], moments: [{ atr: 5 }, { atr: 1 }] },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 90
       1:00 open ETHUSDT -2 @ 50 x5 -> stops set-stop atr-stop ETHUSDT 52
       2:00 close BTCUSDT 0.4 @ 104 exit
       3:00 close BTCUSDT 0.6 @ 104 exit
       4:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 90`,
    );
  });

  test('what a partial fill opens is the first; the rest of it only moves the stop toward the price', () => {
    told(
      {},
      `1:00 order BTCUSDT +2 @ 100 x5 stop=91 -> engine allow within-limits 2
       1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop stated-stop BTCUSDT 91
       1:00 open BTCUSDT +1 @ 104 x5 -> stops set-stop atr-stop BTCUSDT 92`,
    );
  });
});

describe('parity with backtest-stops, to the bit (RULES 1.1, 1.8, 1.9; DESIGN 3)', () => {
  const bars = walkBars(2300, 5);
  const starts = segmentStarts(bars, 3);
  const volatility = volatilitySquares(bars, starts);
  const trades = walkTrades(bars, 120, 9);
  test.each(['atr', 'percent', 'trailing-atr', 'chandelier', 'adaptive'] as const)(
    '%s: the stop at entry is that of the study',
    (type) => {
      const tree = treeOf({}, { type, multiplier: 1.7 });
      const series = createSeries(bars, { ...tree.guards.stops, maxGap: 3, needsRegime: true });
      for (const trade of trades) {
        const row = bars.time.findLastIndex((open) => open + HOUR <= trade.entryTime);
        const regime = regimeAt(bars, volatility, row);
        const unit = unitOf(tree, { atr: series.atr[row] ?? Number.NaN, trade, regime });
        if (typeof unit === 'string') throw new Error(unit);
        const side = trade.direction === 'long' ? 1 : -1;
        const end = bars.time[row]! + HOUR;
        const moment = { atr: series.atr[row]!, regime, end };
        const config = { type, multiplier: 1.7 };
        const scene = sceneOf({ config, marks: [trade.entryPrice], moments: [moment] });
        const order = `BTCUSDT ${side > 0 ? '+' : '-'}0.37 @ ${trade.entryPrice} x1`;
        play(scene, `1:00 order ${order} confidence=${trade.confidence}\n1:00 open ${order}`);
        expect(stateOf(scene).stops.map(({ level }) => level)).toEqual([
          side * stopPrice(side * trade.entryPrice, unit, 1.7),
        ]);
      }
    },
  );
});

describe('stops that follow the price (RULES 1.8)', () => {
  test('trailing-atr: the ATR of the entry is locked, the best last price since is followed, and never back', () => {
    told(
      { config: { type: 'trailing-atr' } },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop trailing-stop BTCUSDT 90
       1:10 mark BTCUSDT 100
       1:20 mark BTCUSDT 100.01 -> stops set-stop trail BTCUSDT 90.01
       1:30 mark BTCUSDT 95
       2:00 bar BTCUSDT atr=1 high=120
       2:10 mark BTCUSDT 110 -> stops set-stop trail BTCUSDT 100`,
    );
    told(
      { config: { type: 'trailing-atr' } },
      `1:00 open BTCUSDT -1 @ 100 x5 -> stops set-stop trailing-stop BTCUSDT 110
       1:20 mark BTCUSDT 99.99 -> stops set-stop trail BTCUSDT 109.99
       1:30 mark BTCUSDT 105`,
    );
  });

  test('chandelier: the ATR of the last completed bar below the highest high since entry; it never falls back', () => {
    told(
      { config: { type: 'chandelier' } },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop chandelier-stop BTCUSDT 90
       1:30 mark BTCUSDT 104 -> stops set-stop trail BTCUSDT 94
       2:00 bar BTCUSDT atr=4 -> stops set-stop trail BTCUSDT 96
       3:00 bar BTCUSDT atr=9
       4:00 bar BTCUSDT atr=4 high=105 low=99 -> stops set-stop trail BTCUSDT 97`,
    );
  });

  test('the extreme of a bar that began before the entry does not count', () => {
    const config = { type: 'chandelier' } as const;
    told(
      { config },
      `1:01 open BTCUSDT -1 @ 100 x5 -> stops set-stop chandelier-stop BTCUSDT 110
       2:00 bar BTCUSDT atr=5 high=101 low=90
       3:01 bar BTCUSDT atr=5 high=101 low=91 -> stops set-stop trail BTCUSDT 101`,
    );
  });

  test('adaptive: it trails by its share of the best price where it is told to (S0 update_trailing_stop)', () => {
    const adaptive = { ...staging.adaptive, confidence: 1 };
    const config = { type: 'adaptive', multiplier: 1 } as const;
    const text = `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop adaptive-stop BTCUSDT 98
       1:30 mark BTCUSDT 150 -> stops set-stop trail BTCUSDT 147
       1:40 mark BTCUSDT 148`;
    told({ config: { ...config, adaptive: { ...adaptive, trails: true } } }, text);
    told({ config: { ...config, adaptive } }, text.replace(/ -> stops set-stop trail.*/, ''));
  });

  test('each new extreme of a point is seen, and a leg need not stop on its way there', () => {
    const scene = sceneOf({ config: { type: 'trailing-atr' } });
    play(scene, '1:00 open BTCUSDT +1 @ 100 x5');
    const seen = (one: EngineScene, price: number) => {
      const column = Float64Array.of(price);
      const rows = { mark: column, last: column, moves: Float64Array.of(0), width: 1 };
      return calmUntil(null, one.engine.watch, rows, { from: 0, stop: 1 }) === 0;
    };
    expect([100, 100.01].map((price) => seen(scene, price))).toEqual([false, true]);
    expect([...scene.engine.watch.leg.lastHigh]).toEqual([Number.POSITIVE_INFINITY]);
    const short = sceneOf({ config: { type: 'trailing-atr' } });
    play(short, '1:00 open BTCUSDT -1 @ 100 x5');
    expect([100, 99.99].map((price) => seen(short, price))).toEqual([false, true]);
    expect([...short.engine.watch.leg.lastLow]).toEqual([Number.NEGATIVE_INFINITY]);
  });

  test('only a stop that follows the bars asks for all of them', () => {
    const everyBar = (type: StopsConfig['type']) => {
      const scene = sceneOf({ config: { type } });
      play(scene, '1:00 open BTCUSDT +1 @ 100 x5');
      return scene.engine.watch.everyBar[0];
    };
    expect((['atr', 'trailing-atr', 'chandelier'] as const).map(everyBar)).toEqual([0, 0, 1]);
  });
});

describe('a stop that the order or the book states', () => {
  test('is placed as it is stated where it is the tighter; else the computed one', () => {
    const ordered = (stop: number, placed: string) =>
      told(
        {},
        `1:00 order BTCUSDT +1 @ 100 x5 stop=${stop} -> engine allow within-limits 1
         1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop ${placed}`,
      );
    ordered(90.01, 'stated-stop BTCUSDT 90.01');
    ordered(90, 'atr-stop BTCUSDT 90');
    ordered(89.99, 'atr-stop BTCUSDT 90');
  });

  test('that its own fill has passed is left aside, and named', () => {
    const ordered = (stop: number, said: string) =>
      told(
        {},
        `1:00 order BTCUSDT -1 @ 100 x5 stop=${stop} -> engine allow within-limits 1
         1:00 open BTCUSDT -1 @ 100 x5 -> ${said}`,
      );
    ordered(100.01, 'stops set-stop stated-stop BTCUSDT 100.01');
    ordered(100, 'stops alert stated-beyond; stops set-stop atr-stop BTCUSDT 110');
  });

  test('is placed while no ATR is known, and replaced by a tighter one later', () => {
    told(
      { moments: [] },
      `1:00 order BTCUSDT +1 @ 100 x5 stop=80 -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop stated-stop BTCUSDT 80
       2:00 bar BTCUSDT atr=4 -> stops set-stop atr-stop BTCUSDT 92`,
    );
  });

  test('of another order is not taken', () => {
    told(
      {},
      `1:00 order BTCUSDT +1 @ 100 x5 id=7 stop=95 -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 id=8 -> stops set-stop atr-stop BTCUSDT 90`,
    );
  });
});

describe('a position that is added to', () => {
  test('has its stop computed anew from the average entry, never looser', () => {
    told(
      {},
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 90
       2:00 mark BTCUSDT 108
       2:00 open BTCUSDT +1 @ 108 x5 -> stops set-stop atr-stop BTCUSDT 94
       3:00 mark BTCUSDT 98
       3:00 open BTCUSDT +1 @ 98 x5
       4:00 bar BTCUSDT atr=1
       4:00 open BTCUSDT +1 @ 98 x5 -> stops set-stop atr-stop BTCUSDT 99`,
    );
  });

  test('keeps the tighter of two stated stops, and the multiplier of its strategy until an order names another', () => {
    told(
      {},
      `1:00 order BTCUSDT +1 @ 100 x5 id=1 strategy=mean-reversion -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 id=1 -> stops set-stop atr-stop BTCUSDT 95
       2:00 open BTCUSDT +1 @ 104 x5 id=9 -> stops set-stop atr-stop BTCUSDT 97
       3:00 order BTCUSDT +1 @ 104 x5 id=2 stop=99 -> engine allow within-limits 1
       3:00 open BTCUSDT +1 @ 104 x5 id=2 -> stops set-stop stated-stop BTCUSDT 99`,
    );
  });

  test('goes on from the best price that it had', () => {
    told(
      { config: { type: 'trailing-atr' } },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop trailing-stop BTCUSDT 90
       1:30 mark BTCUSDT 110 -> stops set-stop trail BTCUSDT 100
       2:00 mark BTCUSDT 105
       2:00 open BTCUSDT +1 @ 105 x5
       2:30 mark BTCUSDT 111 -> stops set-stop trail BTCUSDT 101`,
    );
  });
});

describe('a held book (RULES 3.1)', () => {
  const held = [{ qty: '1', entry: '100', leverage: 5 }];

  test('gets its stop at the first event at which an ATR is known', () => {
    told(
      { held, moments: [] },
      `0:00 mark BTCUSDT 101
       1:00 bar BTCUSDT
       2:00 bar BTCUSDT atr=3 -> stops set-stop atr-stop BTCUSDT 94`,
    );
    told(
      { held, moments: [], config: { type: 'percent' } },
      '0:00 mark BTCUSDT 101 -> stops set-stop percent-stop BTCUSDT 98',
    );
    told(
      { held, config: { type: 'adaptive', multiplier: 1 } },
      '0:00 bar BTCUSDT regime=stable -> stops set-stop adaptive-stop BTCUSDT 97.55',
    );
  });

  test('is not judged before its first price', () => {
    told(
      { held, marks: [Number.NaN] },
      `0:00 clock
       0:00 mark BTCUSDT 101 -> stops set-stop atr-stop BTCUSDT 90`,
    );
  });

  test('whose price is at its stop or beyond is named, and gets it when the price comes back', () => {
    const story = (from: number, said: string) =>
      told(
        { held },
        `0:00 mark BTCUSDT ${from} -> ${said}
         0:10 mark BTCUSDT 85
         0:20 mark BTCUSDT 90
         0:30 mark BTCUSDT 90.01 -> stops set-stop atr-stop BTCUSDT 90`,
      );
    story(90, 'stops alert already-beyond');
    told({ held }, '0:00 mark BTCUSDT 90.01 -> stops set-stop atr-stop BTCUSDT 90');
    const short = [{ qty: '-1', entry: '100', leverage: 5 }];
    told(
      { held: short },
      `0:00 mark BTCUSDT 110 -> stops alert already-beyond
       0:30 mark BTCUSDT 109.99 -> stops set-stop atr-stop BTCUSDT 110`,
    );
  });

  test('asks to be told where the price comes back, on a leg as well, and no longer then', () => {
    const scene = sceneOf({ held });
    play(scene, '0:00 mark BTCUSDT 85');
    expect(scene.engine.watch.leg.lastHigh[0]).toBeCloseTo(90, 6);
    expect(scene.engine.watch.leg.lastHigh[0]).toBeGreaterThan(90);
    play(scene, '0:30 mark BTCUSDT 90.0000001');
    expect(scene.engine.watch.leg.lastHigh[0]).toBe(Number.POSITIVE_INFINITY);
    const short = sceneOf({ held: [{ qty: '-1', entry: '100', leverage: 5 }] });
    play(short, '0:00 mark BTCUSDT 115');
    expect(short.engine.watch.leg.lastLow[0]).toBeLessThan(110);
    expect(short.engine.watch.leg.lastLow[0]).toBeCloseTo(110, 6);
  });

  test('says for how long a stop is passed', () => {
    const scene = sceneOf({ held });
    play(scene, '0:00 mark BTCUSDT 85\n2:00 mark BTCUSDT 95');
    expect(scene.engine.state.rules.find(({ rule }) => rule === 'already-beyond')).toEqual({
      guard: 'stops',
      rule: 'already-beyond',
      fired: 1,
      since: null,
      brokenFor: 2 * HOUR,
    });
  });

  test('has the stop that it states; where that one is passed the looser one stands', () => {
    const stated = [{ ...held[0]!, stop: '95' }];
    told({ held: stated }, '0:00 mark BTCUSDT 101 -> stops set-stop stated-stop BTCUSDT 95');
    told(
      { held: stated },
      `0:00 mark BTCUSDT 93 -> stops alert already-beyond; stops set-stop atr-stop BTCUSDT 90
       0:10 mark BTCUSDT 95
       0:20 mark BTCUSDT 96 -> stops set-stop stated-stop BTCUSDT 95`,
    );
  });

  test('trails from the best of the prices that are known', () => {
    told(
      { held, marks: [120], config: { type: 'trailing-atr' } },
      '0:00 mark BTCUSDT 119 -> stops set-stop trailing-stop BTCUSDT 110',
    );
    told(
      { held, marks: [97], config: { type: 'trailing-atr' } },
      '0:00 mark BTCUSDT 97 -> stops set-stop trailing-stop BTCUSDT 90',
    );
  });

  test('on a constant price gets a stop and nothing after it', () => {
    told(
      { held },
      `0:00 mark BTCUSDT 100 -> stops set-stop atr-stop BTCUSDT 90
       1:00 bar BTCUSDT atr=4
       1:00 mark BTCUSDT 100
       1:00 funding BTCUSDT 0.0001 8h
       2:00 clock`,
    );
  });

  test('of a book with a stop that rests already: the tighter is left alone, the looser replaced', () => {
    const resting = (price: string) => {
      const book = {
        ...bookOf(held.map(positionOf)),
        orders: [
          {
            account: 'main',
            symbol: 'BTCUSDT',
            kind: 'stop-market' as const,
            qty: null,
            price,
            trigger: 'last' as const,
            reduceOnly: true,
            leverage: 1,
            contract: 'linear' as const,
          },
        ],
      };
      const guards = [withConfig(stops, staging)];
      return play(
        engineScene({ book, marks: [100], moments: [{ atr: 5 }], guards }),
        '0:00 mark BTCUSDT 100',
      );
    };
    expect(resting('90')).toBe('0:00 mark BTCUSDT 100');
    expect(resting('90.01')).toBe('0:00 mark BTCUSDT 100');
    expect(resting('89.99')).toBe('0:00 mark BTCUSDT 100 -> stops set-stop atr-stop BTCUSDT 90');
  });
});

describe('what the venue does not take', () => {
  const refused = `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 90
       1:00 rejected BTCUSDT`;

  test('is asked for again after `retry`, not before, then after twice as long', () => {
    const scene = sceneOf();
    expect(play(scene, refused)).toBe(story(refused));
    expect(scene.engine.watch.wake).toBe(HOUR + 30_000);
    expect(clock(scene, HOUR + 29_999)).toEqual([]);
    const [again] = clock(scene, HOUR + 30_000) as readonly Decision[];
    expect(again).toMatchObject({ kind: 'set-stop', rule: 'asked-again', effect: { price: 90 } });
    expect(scene.engine.watch.wake).toBe(Number.POSITIVE_INFINITY);
    play(scene, '2:00 rejected BTCUSDT');
    expect(scene.engine.watch.wake).toBe(2 * HOUR + 60_000);
  });

  test('waits an hour at most', () => {
    const scene = sceneOf();
    play(scene, refused);
    for (let hour = 3; hour < 30; hour += 2) play(scene, `${hour}:00 clock\n${hour}:00 rejected BTCUSDT`);
    expect(scene.engine.watch.wake).toBe(29 * HOUR + HOUR);
  });

  test('is asked for at once when an outage of its venue ends, and of no other', () => {
    const scene = sceneOf();
    play(scene, refused);
    const change = { kind: 'venue', time: HOUR + 1000, change: 'outage' } as const;
    expect(tell(scene, { ...change, venue: 0, on: true })).toEqual([]);
    expect(tell(scene, { ...change, venue: 1, on: false })).toEqual([]);
    expect(tell(scene, { ...change, venue: 0, on: false })).toMatchObject([{ rule: 'asked-again' }]);
  });

  test('a rejection in another symbol, and an order that is accepted, change nothing', () => {
    const scene = sceneOf({ marks: [100, 50], moments: [{ atr: 5 }, { atr: 1 }] });
    play(scene, '1:00 open BTCUSDT +1 @ 100 x5\n1:00 rejected ETHUSDT');
    const accepted = { account: 0, symbol: 0, state: 'accepted', reason: '' } as const;
    tell(scene, { kind: 'order-state', time: HOUR, ...accepted });
    expect(scene.engine.watch.wake).toBe(Number.POSITIVE_INFINITY);
    expect(play(scene, '9:00 clock')).toBe('9:00 clock');
  });
});

describe('as a guard', () => {
  test('names its rules, none of them dead', () => {
    const rulesOf = (type: StopsConfig['type']) => sceneOf({ config: { type } }).engine.guards[0]?.rules();
    expect(rulesOf('atr')).toContainEqual({ rule: 'atr-stop', dead: null });
    expect(rulesOf('atr')).not.toContainEqual({ rule: 'trail', dead: null });
    expect(rulesOf('chandelier')).toContainEqual({ rule: 'trail', dead: null });
  });

  test('keeps plain finite data, the notes of the newest hundred orders alone', () => {
    const scene = sceneOf({
      config: { type: 'chandelier' },
      held: [{ qty: '-1', entry: '100', leverage: 5 }],
    });
    for (let id = 1; id <= 150; id += 1) {
      const note = `1:00 order BTCUSDT -1 @ 100 x5 id=${id} stop=105`;
      play(scene, note);
    }
    const own = scene.engine.state.guards['stops'] as { orders: readonly { id: number }[] };
    expect(own.orders).toHaveLength(100);
    expect(own.orders[0]?.id).toBe(51);
    play(scene, '1:00 mark BTCUSDT 90\n2:00 rejected BTCUSDT');
    expect(JSON.parse(JSON.stringify(own))).toEqual(own);
  });

  test('a fill of a position that the view does not show, and a close of none, are no matter', () => {
    const scene = sceneOf();
    const fill = { account: 0, symbol: 0, qty: 1, price: 100, cause: 'order', realised: 0, id: -1 } as const;
    const none = { kind: 'fill', time: HOUR } as const;
    expect(tell(scene, { ...none, fill: { ...fill, side: 1, opening: true, left: 1, position: 1 } })).toEqual(
      [],
    );
    expect(
      tell(scene, { ...none, fill: { ...fill, side: -1, opening: false, left: 0, position: 1 } }),
    ).toEqual([]);
  });
});
