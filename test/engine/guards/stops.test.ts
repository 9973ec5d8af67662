import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/engine/decision.ts';
import type { EngineEvent, Fill } from '../../../src/engine/event.ts';
import type { StopsConfig } from '../../../src/engine/guards/stops-config.ts';
import { type EngineScene, play, story, tell, tellLine } from '../../support/engine-scene.ts';
import { keptOf, sceneOf, staging, stateOf, told, vanish } from '../../support/stops-scene.ts';
import { HOUR } from '../../support/venue-scene.ts';

const clock = (scene: EngineScene, time: number) => tell(scene, { kind: 'clock', time });

/** At 1:00, of the long of BTCUSDT in the first account unless told. */
function fillOf(fill: Partial<Fill>): EngineEvent {
  const plain = {
    account: 0,
    symbol: 0,
    side: 1,
    qty: 1,
    price: 100,
    cause: 'order',
    realised: 0,
    id: -1,
  } as const;
  return { kind: 'fill', time: HOUR, fill: { ...plain, opening: true, left: 1, position: 1, ...fill } };
}

describe('on an opening fill, at once (S2 checklist)', () => {
  test('it names its unit and the multiplier; where it follows, the best price against the stop of before', () => {
    const scene = sceneOf({ config: { type: 'trailing-atr' } });
    expect(tellLine(scene, '1:00 open BTCUSDT +1 @ 100 x5')).toMatchObject([
      { rule: 'trailing-stop', severity: 'info', measure: 'stopUnit', observed: 5, threshold: 2 },
    ]);
    expect(tellLine(scene, '1:10 mark BTCUSDT 103')).toMatchObject([
      { rule: 'trail', severity: 'info', measure: 'best', observed: 103, threshold: 90 },
    ]);
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

describe('a stop that the order or the book states', () => {
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

  test('is named by what was seen: the last price beside it, unknown before the first, or the fill that passed it', () => {
    const ordered = (scene: EngineScene, stop: number) => {
      play(scene, `1:00 order BTCUSDT -1 @ 100 x5 stop=${stop}`);
      return tellLine(scene, '1:00 open BTCUSDT -1 @ 100 x5');
    };
    const scene = sceneOf({ marks: [101] });
    const stated = {
      kind: 'set-stop',
      rule: 'stated-stop',
      severity: 'info',
      measure: 'last',
      threshold: 104,
    };
    expect(ordered(scene, 104)).toMatchObject([{ ...stated, observed: 101 }]);
    // The same fill, heard of by an engine that knows no price yet.
    stateOf(scene).stops = [];
    scene.venue.prices.last[0] = Number.NaN;
    expect(tell(scene, fillOf({ side: -1, position: -1, id: 1 }))).toMatchObject([
      { ...stated, observed: null },
    ]);
    expect(ordered(sceneOf({ marks: [101] }), 99)[0]).toMatchObject({
      kind: 'alert',
      rule: 'stated-beyond',
      severity: 'warning',
      measure: 'price',
      observed: 100,
      threshold: 99,
      about: { account: 0, symbol: 0 },
    });
  });

  test('is that of the newest order of a number; 0 is one', () => {
    told(
      {},
      `1:00 order BTCUSDT +1 @ 100 x5 id=0 stop=91 -> engine allow within-limits 1
       1:00 order BTCUSDT +1 @ 100 x5 id=3 stop=94 -> engine allow within-limits 1
       1:00 order BTCUSDT +1 @ 100 x5 id=0 stop=95 -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 id=0 -> stops set-stop stated-stop BTCUSDT 95`,
    );
  });

  test('is none of an order of our own: it has no number', () => {
    told(
      {},
      `1:00 order BTCUSDT +1 @ 100 x5 id=-1 stop=95 -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 id=-1 -> stops set-stop atr-stop BTCUSDT 90`,
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

  test('keeps what the first order stated where the next states nothing, also of a short', () => {
    told(
      {},
      `1:00 order BTCUSDT -1 @ 100 x5 id=1 stop=105 -> engine allow within-limits 1
       1:00 open BTCUSDT -1 @ 100 x5 id=1 -> stops set-stop stated-stop BTCUSDT 105
       2:00 open BTCUSDT -1 @ 99 x5 id=2
       3:00 order BTCUSDT -1 @ 99 x5 id=3 stop=106 -> engine allow within-limits 1
       3:00 open BTCUSDT -1 @ 99 x5 id=3`,
    );
  });

  test('counts as many ATRs as the strategy of its last order wants, and by its confidence', () => {
    told(
      {},
      `1:00 order BTCUSDT +1 @ 100 x5 id=1 strategy=trend-following -> engine allow within-limits 1
       1:00 open BTCUSDT +1 @ 100 x5 id=1 -> stops set-stop atr-stop BTCUSDT 90
       2:00 order BTCUSDT +1 @ 104 x5 id=2 strategy=mean-reversion -> engine allow within-limits 1
       2:00 open BTCUSDT +1 @ 104 x5 id=2 -> stops set-stop atr-stop BTCUSDT 97`,
    );
    // 3.5 % of 100 at a confidence of 0.5, 2 % of 102 at 1.
    told(
      { config: { type: 'adaptive', multiplier: 1 } },
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop adaptive-stop BTCUSDT 96.5
       2:00 order BTCUSDT +1 @ 104 x5 id=2 confidence=1 -> engine allow within-limits 1
       2:00 open BTCUSDT +1 @ 104 x5 id=2 -> stops set-stop adaptive-stop BTCUSDT 99.96`,
    );
  });

  test('and reduced, also by more than is left, has the stop of before', () => {
    told(
      {},
      `1:00 open BTCUSDT +1 @ 100 x5 -> stops set-stop atr-stop BTCUSDT 90
       2:00 bar BTCUSDT atr=1
       2:10 close BTCUSDT 0.6 @ 104 exit
       2:20 close BTCUSDT 0.1 @ 104 exit`,
    );
  });

  test('beside what the engine never saw filled stands at the average entry: 100 and 108 are 104', () => {
    const scene = sceneOf();
    const hidden = fillOf({ left: 1 });
    expect(tell(scene, hidden)).toEqual([]);
    expect(stateOf(scene).stops).toEqual([]);
    const { engine, venue } = scene;
    play(scene, '2:00 open BTCUSDT +1 @ 100 x5');
    // The same book, an engine that has not heard of the first fill.
    stateOf(scene).stops = [];
    expect(play(scene, '3:00 open BTCUSDT +1 @ 108 x5')).toBe(
      '3:00 open BTCUSDT +1 @ 108 x5 -> stops set-stop atr-stop BTCUSDT 94',
    );
    expect([engine.failure, venue.state.accounts[0]?.positions.length]).toEqual([null, 1]);
  });
});

describe('several positions at once', () => {
  const long = { qty: '1', entry: '100', leverage: 5 } as const;
  const other = { ...long, account: 'other' } as const;
  const hedge = { positionMode: 'hedge' } as const;
  const config = { type: 'trailing-atr' } as const;

  test.each([
    ['of two accounts', { held: [long, other], others: ['other'] }, { account: 1 }, '0/0/1'],
    ['of both sides', { held: [long, { ...long, qty: '-1' }], account: hedge }, { position: -1 }, '0/0/1'],
    [
      'of two symbols',
      { held: [long, { ...long, symbol: 'ETHUSDT' }], marks: [100, 100], moments: [{ atr: 5 }, { atr: 5 }] },
      { symbol: 1 },
      '0/0/1',
    ],
  ] as const)(
    '%s: where one closes the stop of the other is kept, and follows its price',
    (_, setting, gone, key) => {
      const scene = sceneOf({ config, ...setting });
      play(scene, '0:00 mark BTCUSDT 101');
      expect(keptOf(scene)).toHaveLength(2);
      tell(scene, fillOf({ opening: false, left: 0, ...gone }));
      expect(keptOf(scene)).toEqual([key]);
      expect(play(scene, '2:00 mark BTCUSDT 103')).toBe(
        '2:00 mark BTCUSDT 103 -> stops set-stop trail BTCUSDT 93',
      );
    },
  );

  test('an addition in one account, on one side or in one symbol leaves the others as they are', () => {
    const scene = sceneOf({
      held: [long, { ...long, qty: '-1' }, other, { ...long, symbol: 'ETHUSDT' }],
      account: hedge,
      others: ['other'],
      marks: [100, 100],
      moments: [{ atr: 5 }, { atr: 5 }],
    });
    play(scene, '0:00 mark BTCUSDT 100 ETHUSDT 100');
    const text = '1:00 open BTCUSDT +1 @ 104 x5 account=1 -> stops set-stop atr-stop BTCUSDT 92';
    expect(play(scene, text)).toBe(text);
    const entries = new Map(keptOf(scene).map((key, at) => [key, stateOf(scene).stops[at]?.entry]));
    expect(entries).toEqual(
      new Map([
        ['0/0/1', 100],
        ['0/0/-1', 100],
        ['0/1/1', 100],
        ['1/0/1', 102],
      ]),
    );
  });

  test('what the venue of one account does not take is asked for again of that account alone', () => {
    const scene = sceneOf({ held: [long, other], others: ['other'] });
    play(scene, '0:00 mark BTCUSDT 100');
    const refused = { kind: 'order-state', time: HOUR, symbol: 0, state: 'rejected', reason: '' } as const;
    tell(scene, { ...refused, account: 1 });
    expect(stateOf(scene).stops.map(({ retryAt }) => retryAt)).toEqual([null, HOUR + 30_000]);
    expect(clock(scene, HOUR + 30_000)).toMatchObject([{ rule: 'asked-again', about: { account: 1 } }]);
  });

  test('one of which is beyond its stop breaks the rule, until that one closes', () => {
    const scene = sceneOf({
      held: [long, { ...long, symbol: 'ETHUSDT' }],
      marks: [100, 85],
      moments: [{ atr: 5 }, { atr: 5 }],
    });
    const ruleNow = () => scene.engine.state.rules.find(({ rule }) => rule === 'already-beyond');
    play(scene, '0:00 mark BTCUSDT 100 ETHUSDT 85\n1:00 clock');
    expect(ruleNow()).toMatchObject({ fired: 1, since: 0 });
    play(scene, '2:00 close ETHUSDT 1 @ 85 exit');
    expect(ruleNow()).toMatchObject({ fired: 1, since: null, brokenFor: 2 * HOUR });
    expect(keptOf(scene)).toEqual(['0/0/1']);
  });

  test('nothing held breaks nothing', () => {
    const scene = sceneOf();
    play(scene, '0:00 clock');
    expect(scene.engine.state.rules.map(({ since }) => since)).toEqual([null, null, null, null, null]);
  });
});

describe('what it watches', () => {
  const long = { qty: '1', entry: '100', leverage: 5 } as const;
  const watchOf = (setting: Parameters<typeof sceneOf>[0], mark: number) => {
    const scene = sceneOf(setting);
    play(scene, `0:00 mark BTCUSDT ${mark}`);
    const { newHigh, newLow, leg } = scene.engine.watch;
    return [newHigh[0], newLow[0], leg.lastHigh[0], leg.lastLow[0]];
  };
  const none = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const;

  test('new extremes of the side that is held, where the stop follows them', () => {
    const config = { type: 'trailing-atr' } as const;
    const short = { ...long, qty: '-1' };
    expect(watchOf({ config, held: [long] }, 104)).toEqual([104, none[1], ...none]);
    expect(watchOf({ config, held: [short] }, 96)).toEqual([none[0], 96, ...none]);
    expect(watchOf({ held: [long] }, 104)).toEqual([...none, ...none]);
    expect(watchOf({ held: [short] }, 96)).toEqual([...none, ...none]);
  });

  test('nothing of a position that is gone before its fill is heard of', () => {
    const scene = sceneOf({ held: [long], config: { type: 'chandelier' } });
    play(scene, '0:00 mark BTCUSDT 100\n1:00 rejected BTCUSDT');
    expect([...scene.engine.watch.everyBar]).toEqual([1]);
    expect(scene.engine.watch.wake).toBe(HOUR + 30_000);
    vanish(scene);
    expect(play(scene, '2:00 mark BTCUSDT 120')).toBe('2:00 mark BTCUSDT 120');
    const { newHigh, everyBar, wake } = scene.engine.watch;
    expect([newHigh[0], everyBar[0], wake]).toEqual([none[0], 0, none[0]]);
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

  test('is named by the last price against the stop, and of which position', () => {
    const scene = sceneOf({ held });
    expect(tellLine(scene, '0:00 mark BTCUSDT 89')).toMatchObject([
      {
        kind: 'alert',
        rule: 'already-beyond',
        severity: 'warning',
        measure: 'last',
        observed: 89,
        threshold: 90,
        about: { account: 0, symbol: 0 },
      },
    ]);
  });

  test('also a position that was opened before any ATR was known', () => {
    told(
      { moments: [] },
      `1:00 open BTCUSDT +1 @ 100 x5
       1:30 mark BTCUSDT 85
       2:00 bar BTCUSDT atr=5 -> stops alert already-beyond
       2:30 mark BTCUSDT 90.01 -> stops set-stop atr-stop BTCUSDT 90`,
    );
  });

  test('asks to be told where the price comes back, on a leg as well, and no longer then', () => {
    const scene = sceneOf({ held });
    play(scene, '0:00 mark BTCUSDT 85');
    expect(scene.engine.watch.leg.lastHigh[0]).toBeCloseTo(90, 6);
    expect(scene.engine.watch.leg.lastHigh[0]).toBeGreaterThan(90);
    expect(scene.engine.watch.leg.lastLow[0]).toBe(Number.NEGATIVE_INFINITY);
    play(scene, '0:30 mark BTCUSDT 90.0000001');
    expect(scene.engine.watch.leg.lastHigh[0]).toBe(Number.POSITIVE_INFINITY);
    const short = sceneOf({ held: [{ qty: '-1', entry: '100', leverage: 5 }] });
    play(short, '0:00 mark BTCUSDT 115');
    expect(short.engine.watch.leg.lastLow[0]).toBeLessThan(110);
    expect(short.engine.watch.leg.lastLow[0]).toBeCloseTo(110, 6);
    expect(short.engine.watch.leg.lastHigh[0]).toBe(Number.POSITIVE_INFINITY);
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
    const resting = (price: string) => play(sceneOf({ held, resting: [price] }), '0:00 mark BTCUSDT 100');
    expect(resting('90')).toBe('0:00 mark BTCUSDT 100');
    expect(resting('90.01')).toBe('0:00 mark BTCUSDT 100');
    expect(resting('89.99')).toBe('0:00 mark BTCUSDT 100 -> stops set-stop atr-stop BTCUSDT 90');
  });

  test('of a stop that rested and is gone: it is placed where it stood, by the rule of its type', () => {
    const scene = sceneOf({ held, resting: ['90'], config: { type: 'chandelier' } });
    // The ATR has grown meanwhile: 2 x 9 would be looser.
    play(scene, '0:00 mark BTCUSDT 100\n1:00 bar BTCUSDT atr=9 high=100 low=99');
    scene.venue.state.accounts[0]?.orders.splice(0);
    expect(tellLine(scene, '2:00 clock')).toMatchObject([
      { rule: 'chandelier-stop', observed: 9, threshold: 2, effect: { kind: 'set-stop', price: 90 } },
    ]);
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
    expect(again).toMatchObject({
      severity: 'warning',
      measure: 'refusals',
      observed: 1,
      threshold: null,
    });
    expect(scene.engine.watch.wake).toBe(Number.POSITIVE_INFINITY);
    play(scene, '2:00 rejected BTCUSDT');
    expect(scene.engine.watch.wake).toBe(2 * HOUR + 60_000);
  });

  test('waits twice as long each time, up to an hour: 30 s x 2^7 are more', () => {
    const scene = sceneOf();
    play(scene, '1:00 open BTCUSDT +1 @ 100 x5');
    const waits = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600];
    let time = HOUR;
    for (const seconds of waits) {
      tell(scene, { kind: 'order-state', time, account: 0, symbol: 0, state: 'rejected', reason: '' });
      expect(scene.engine.watch.wake).toBe(time + seconds * 1000);
      time += seconds * 1000;
      expect(clock(scene, time)).toMatchObject([{ rule: 'asked-again' }]);
    }
  });

  test('or has cancelled is asked for again; what it was not asked for is not', () => {
    const scene = sceneOf({ moments: [] });
    const cancelled = { kind: 'order-state', account: 0, symbol: 0, state: 'cancelled', reason: '' } as const;
    play(scene, '1:00 open BTCUSDT +1 @ 100 x5');
    tell(scene, { ...cancelled, time: HOUR });
    expect(scene.engine.watch.wake).toBe(Number.POSITIVE_INFINITY);
    const placed = '2:00 bar BTCUSDT atr=5 -> stops set-stop atr-stop BTCUSDT 90';
    expect(play(scene, placed)).toBe(placed);
    tell(scene, { ...cancelled, time: 2 * HOUR });
    expect(scene.engine.watch.wake).toBe(2 * HOUR + 30_000);
    expect(clock(scene, 2 * HOUR + 30_000)).toMatchObject([{ rule: 'asked-again', effect: { price: 90 } }]);
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
    const all = ['stated-stop', 'asked-again', 'already-beyond', 'stated-beyond'];
    const alive = (names: readonly string[]) => names.map((rule) => ({ rule, dead: null }));
    expect(rulesOf('atr')).toEqual(alive(['atr-stop', ...all]));
    expect(rulesOf('chandelier')).toEqual(alive(['chandelier-stop', ...all, 'trail']));
  });

  test('begins without any orders, and with the stops of what is held', () => {
    const { config, orders } = stateOf(sceneOf());
    expect([config, orders]).toEqual([staging, []]);
    expect(stateOf(sceneOf()).stops).toEqual([]);
    expect(keptOf(sceneOf({ held: [{ qty: '-1', entry: '100' }] }))).toEqual(['0/0/-1']);
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
    expect(tell(scene, fillOf({ left: 1 }))).toEqual([]);
    expect(tell(scene, fillOf({ opening: false, left: 0 }))).toEqual([]);
    expect(keptOf(scene)).toEqual([]);
  });

  test('what is closed and opened again at one moment, so that the view shows the new one, begins anew', () => {
    const scene = sceneOf();
    play(scene, '1:00 open BTCUSDT +1 @ 100 x5');
    vanish(scene);
    expect(tell(scene, fillOf({ opening: false, left: 0 }))).toEqual([]);
    const again = '1:00 open BTCUSDT +1 @ 80 x5 -> stops set-stop atr-stop BTCUSDT 70';
    expect(play(scene, again)).toBe(again);
    // Its close is heard of after it: nothing is kept, and nothing asked for by what has been closed.
    expect(tell(scene, fillOf({ opening: false, left: 0 }))).toEqual([]);
    expect(keptOf(scene)).toEqual([]);
  });

  test('of two fills at one moment, both shown by the view, the first stands at its own price, both at their average', () => {
    const scene = sceneOf();
    play(scene, '1:00 open BTCUSDT +1 @ 100 x5\n1:00 open BTCUSDT +1 @ 108 x5');
    stateOf(scene).stops = [];
    expect(tell(scene, fillOf({ left: 1 }))).toMatchObject([{ effect: { price: 90 } }]);
    expect(tell(scene, fillOf({ left: 2, price: 108 }))).toMatchObject([{ effect: { price: 94 } }]);
  });

  test('what is opened alone, its close unheard of, begins anew at its own price, looser as well', () => {
    const scene = sceneOf();
    play(scene, '1:00 open BTCUSDT +1 @ 100 x5');
    vanish(scene);
    const again = '2:00 open BTCUSDT +2 @ 80 x5 -> stops set-stop atr-stop BTCUSDT 70';
    expect(play(scene, again)).toBe(again);
    expect(keptOf(scene)).toEqual(['0/0/1']);
  });
});
