import { describe, expect, test } from 'vitest';
import type { StopsConfig } from '../../src/engine/guards/stops-config.ts';
import {
  better,
  candidates,
  computedStop,
  covers,
  learn,
  multiplierOf,
  type StopState,
  tightest,
  trails,
} from '../../src/engine/stop-level.ts';
import type { MarketMoment, View } from '../../src/engine/view.ts';
import { regimeAt, volatilitySquares } from '../../src/market/regime.ts';
import { segmentStarts } from '../../src/market/segments.ts';
import { calmUntil } from '../../src/replay/calm-rows.ts';
import { stopPrice } from '../../src/risk/stop.ts';
import { createSeries } from '../../src/studies/backtest-stops/series.ts';
import { unitOf } from '../../src/studies/backtest-stops/sign-trade.ts';
import { treeOf, walkBars, walkTrades } from '../studies/backtest-stops/market.ts';
import { type EngineScene, play, unknownMarket } from '../support/engine-scene.ts';
import { sceneOf, staging, stateOf, told } from '../support/stops-scene.ts';
import { HOUR } from '../support/venue-scene.ts';

const long: StopState = {
  account: 0,
  symbol: 0,
  side: 1,
  entry: 100,
  enteredAt: HOUR,
  multiplier: 2,
  confidence: 0.5,
  stated: null,
  unit: null,
  best: 100,
  level: null,
  asked: null,
  held: false,
  passed: null,
  refusals: 0,
  retryAt: null,
};
const short: StopState = { ...long, side: -1 };
const held = [{ qty: '1', entry: '100', leverage: 5 }];

/** A view at 3:00 of which the market and the last price count alone. */
function viewOf(at: (time: number) => Partial<MarketMoment>, last = 100): View {
  const market = { ...sceneOf().viewNow().market };
  market.at = (_, time) => ({ ...unknownMarket, ...at(time) });
  return { ...sceneOf().viewNow(), time: 3 * HOUR, last: Float64Array.of(last), market };
}

function learnt(type: StopsConfig['type'], view: View, stop: StopState = long): StopState {
  const own = { ...stop };
  learn({ ...staging, type }, view, own);
  return own;
}

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

  test('a position that is added to goes on from the best price that it had', () => {
    told(
      { config: { type: 'trailing-atr' } },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop trailing-stop BTCUSDT 90
       1:30 mark BTCUSDT 110 -> stops set-stop trail BTCUSDT 100
       2:00 mark BTCUSDT 105
       2:00 open BTCUSDT +1 @ 105 x5
       2:30 mark BTCUSDT 111 -> stops set-stop trail BTCUSDT 101`,
    );
    // From 110 by 2 ATRs of 4, where from the average of 102.5 or the price of 105 they would be looser than 100.
    told(
      { config: { type: 'trailing-atr' } },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop trailing-stop BTCUSDT 90
       1:30 mark BTCUSDT 110 -> stops set-stop trail BTCUSDT 100
       2:00 bar BTCUSDT atr=4
       2:00 mark BTCUSDT 105
       2:00 open BTCUSDT +1 @ 105 x5 -> stops set-stop trail BTCUSDT 102`,
    );
  });

  test('or from its average entry, where that is the better', () => {
    const config = { type: 'trailing-atr' } as const;
    told(
      { config },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop trailing-stop BTCUSDT 90
       2:00 open BTCUSDT +1 @ 108 x5 -> stops set-stop trail BTCUSDT 94`,
    );
    told(
      { config },
      `1:00 open BTCUSDT -1 @ 100 x5 -> stops set-stop trailing-stop BTCUSDT 110
       2:00 open BTCUSDT -1 @ 92 x5 -> stops set-stop trail BTCUSDT 106`,
    );
  });

  test('a held book trails from the best of the prices that are known', () => {
    told(
      { held, marks: [120], config: { type: 'trailing-atr' } },
      '0:00 mark BTCUSDT 119 -> stops set-stop trailing-stop BTCUSDT 110',
    );
    told(
      { held, marks: [97], config: { type: 'trailing-atr' } },
      '0:00 mark BTCUSDT 97 -> stops set-stop trailing-stop BTCUSDT 90',
    );
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

describe('what a stop follows, and by how many units', () => {
  test('trailing-atr and chandelier follow the best price, adaptive where it is told to, others never', () => {
    const adaptive = { ...staging.adaptive, trails: true };
    const follows = (type: StopsConfig['type']) => [
      trails({ ...staging, type }),
      trails({ ...staging, type, adaptive }),
    ];
    expect(follows('trailing-atr')).toEqual([true, true]);
    expect(follows('chandelier')).toEqual([true, true]);
    expect(follows('adaptive')).toEqual([false, true]);
    expect(follows('atr')).toEqual([false, false]);
    expect(follows('percent')).toEqual([false, false]);
  });

  test('the multiplier of a strategy is one of ATRs: percent and adaptive keep their own', () => {
    const byStrategy = { 'trend-following': 3, 'mean-reversion': 1.5 };
    const of = (type: StopsConfig['type']) =>
      ['trend-following', 'mean-reversion', 'grid', null].map((strategy) =>
        multiplierOf({ ...staging, type, byStrategy, multiplier: 2 }, strategy),
      );
    for (const type of ['atr', 'trailing-atr', 'chandelier'] as const)
      expect(of(type)).toEqual([3, 1.5, 2, 2]);
    for (const type of ['percent', 'adaptive'] as const) expect(of(type)).toEqual([2, 2, 2, 2]);
  });

  test('the ATR is that of the entry where it is known, else that of now; it is read once', () => {
    const both = viewOf((time) => ({ atr: time === HOUR ? 5 : 9 }));
    expect(learnt('atr', both).unit).toBe(5);
    expect(learnt('trailing-atr', both).unit).toBe(5);
    const young = viewOf((time) => (time === HOUR ? {} : { atr: 9 }));
    expect(learnt('atr', young).unit).toBe(9);
    expect(learnt('atr', young, { ...long, unit: 4 }).unit).toBe(4);
    expect(
      learnt(
        'atr',
        viewOf(() => ({})),
      ).unit,
    ).toBeNull();
    expect(
      learnt(
        'atr',
        viewOf(() => ({ atr: 0 })),
      ).unit,
    ).toBeNull();
  });

  test('that of a chandelier is the one of now; an unknown one leaves the last that was known', () => {
    const both = viewOf((time) => ({ atr: time === HOUR ? 5 : 9 }));
    expect(learnt('chandelier', both, { ...long, unit: 4 }).unit).toBe(9);
    expect(
      learnt(
        'chandelier',
        viewOf(() => ({})),
        { ...long, unit: 4 },
      ).unit,
    ).toBe(4);
  });

  test('the best price is kept where the stop follows it, of either side, and never falls back', () => {
    const at = (last: number) => viewOf(() => ({ atr: 5 }), last);
    expect(learnt('trailing-atr', at(104)).best).toBe(104);
    expect(learnt('trailing-atr', at(96)).best).toBe(100);
    expect(learnt('trailing-atr', at(96), short).best).toBe(96);
    expect(learnt('trailing-atr', at(104), short).best).toBe(100);
    expect(learnt('trailing-atr', at(Number.NaN)).best).toBe(100);
    expect(learnt('atr', at(104)).best).toBe(100);
  });

  test('of a bar the extreme counts where it began at the entry or after it', () => {
    const bar = (end: number) => viewOf(() => ({ atr: 5, high: 110, low: 91, end, interval: HOUR }));
    // Entered at 1:00: the bar from 1:00 to 2:00 is whole, the one that began a millisecond before is not.
    expect(learnt('chandelier', bar(2 * HOUR)).best).toBe(110);
    expect(learnt('chandelier', bar(2 * HOUR - 1)).best).toBe(100);
    expect(learnt('chandelier', bar(2 * HOUR), short).best).toBe(91);
    expect(learnt('trailing-atr', bar(2 * HOUR)).best).toBe(100);
    told(
      { config: { type: 'chandelier' } },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop chandelier-stop BTCUSDT 90
       2:00 bar BTCUSDT atr=5 high=110 low=99 -> stops set-stop trail BTCUSDT 100`,
    );
  });
});

describe('where a stop stands', () => {
  test('multiplier x unit from its anchor: the entry, or the best price where it follows', () => {
    const at = (type: StopsConfig['type'], stop: StopState) => computedStop({ ...staging, type }, stop);
    expect(at('atr', { ...long, unit: 5, best: 120 })).toBe(90);
    expect(at('atr', { ...short, unit: 5, best: 80 })).toBe(110);
    expect(at('trailing-atr', { ...long, unit: 5, best: 120 })).toBe(110);
    expect(at('trailing-atr', { ...short, unit: 5, best: 80 })).toBe(90);
    expect(at('atr', long)).toBeNull();
    expect(at('atr', { ...long, unit: 50 })).toBeNull();
  });

  test('of an adaptive one that follows, the unit grows with the price: 3 % of 100 are 6 of 200', () => {
    const config = { ...staging, type: 'adaptive' as const, adaptive: { ...staging.adaptive, trails: true } };
    expect(computedStop(config, { ...long, unit: 3, best: 200, multiplier: 1 })).toBe(194);
    expect(computedStop(staging, { ...long, unit: 3, best: 200, multiplier: 1 })).toBe(97);
  });

  test('of a held one, the tightest that is open stands; of those that are passed the nearest is waited for', () => {
    const book = { ...long, held: true, stated: 95 };
    expect(candidates(book, 90, 96)).toEqual({ open: 95, passed: null });
    expect(candidates(book, 90, 95)).toEqual({ open: 90, passed: 95 });
    expect(candidates(book, 90, 85)).toEqual({ open: null, passed: 90 });
    expect(candidates({ ...book, held: false }, 90, 85)).toEqual({ open: 95, passed: null });
    expect(candidates({ ...book, stated: null }, null, 85)).toEqual({ open: null, passed: null });
  });

  test('of a short the mirror', () => {
    const book = { ...short, held: true, stated: 105 };
    expect(candidates(book, 110, 104)).toEqual({ open: 105, passed: null });
    expect(candidates(book, 110, 105)).toEqual({ open: 110, passed: 105 });
    expect(candidates(book, 110, 115)).toEqual({ open: null, passed: 110 });
  });

  test('a stated one is placed as it is stated where it is the tighter; else the computed one', () => {
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

  test('a stated one is placed while no ATR is known, and replaced by a tighter one later', () => {
    told(
      { moments: [] },
      `1:00 order BTCUSDT +1 @ 100 x5 stop=80 -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop stated-stop BTCUSDT 80
       2:00 bar BTCUSDT atr=4 -> stops set-stop atr-stop BTCUSDT 92`,
    );
  });

  test('a held book has the stop that it states; where that one is passed the looser one stands', () => {
    const stated = [{ ...held[0]!, stop: '95' }];
    told({ held: stated }, '0:00 mark BTCUSDT 101 -> stops set-stop stated-stop BTCUSDT 95');
    told(
      { held: stated },
      `0:00 mark BTCUSDT 93 -> stops alert already-beyond; stops set-stop atr-stop BTCUSDT 90
       0:10 mark BTCUSDT 95
       0:20 mark BTCUSDT 96 -> stops set-stop stated-stop BTCUSDT 95`,
    );
    // And of a short; beyond both of them nothing more is asked for.
    told(
      { held: [{ qty: '-1', entry: '100', leverage: 5, stop: '105' }] },
      `0:00 mark BTCUSDT 107 -> stops alert already-beyond; stops set-stop atr-stop BTCUSDT 110
       0:10 mark BTCUSDT 111
       0:20 mark BTCUSDT 104 -> stops set-stop stated-stop BTCUSDT 105`,
    );
  });

  test('the tighter stop of a long is the higher, of a short the lower', () => {
    expect(tightest(1, [90, 95])).toBe(95);
    expect(tightest(-1, [105, 110])).toBe(105);
    expect(tightest(1, [])).toBeNull();
  });

  test('the better price of a long is the higher, of a short the lower; one that is unknown is not', () => {
    expect([better(1, 101, 100), better(1, 99, 100), better(1, Number.NaN, 100)]).toEqual([101, 100, 100]);
    expect([better(-1, 101, 100), better(-1, 99, 100), better(-1, Number.NaN, 100)]).toEqual([100, 99, 100]);
  });

  test('what rests covers a level where it is as tight', () => {
    const rests = (side: 1 | -1, stop: number | null) => covers({ side, stop }, 90);
    expect([rests(1, 90), rests(1, 91), rests(1, 89), rests(1, null)]).toEqual([true, true, false, false]);
    expect([rests(-1, 90), rests(-1, 91), rests(-1, 89), rests(-1, null)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
