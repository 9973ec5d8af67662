import { describe, expect, test } from 'vitest';
import { withConfig } from '../../../src/engine/engine.ts';
import { type FundingBreakerState, fundingBreaker } from '../../../src/engine/guards/funding-breaker.ts';
import type { FundingBreakerConfig } from '../../../src/engine/guards/funding-breaker-config.ts';
import { step } from '../../../src/engine/step.ts';
import { refresh } from '../../../src/venue/venue.ts';
import {
  type EngineScene,
  type EngineSettings,
  engineScene,
  play,
  story,
  tell,
  tellLine,
} from '../../support/engine-scene.ts';
import { bookOf, HOUR, positionOf } from '../../support/venue-scene.ts';

/** S2 layer 5: should_close_for_funding. */
const atOnce: FundingBreakerConfig = { maxRate8h: 0.001, settlements: 1, action: 'close', safeLevel: 2 };
/** The checklist of S2: for 3 or more periods. */
const after3: FundingBreakerConfig = { ...atOnce, settlements: 3 };

type Setting = Partial<Omit<EngineSettings, 'guards' | 'book'>> & {
  readonly config?: FundingBreakerConfig;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly account?: Parameters<typeof bookOf>[1];
};

const long = { qty: '1', entry: '100', leverage: 10 } as const;
const short = { ...long, qty: '-1' } as const;

function sceneOf({
  config = atOnce,
  held = [long],
  account,
  marks = [100],
  ...rest
}: Setting = {}): EngineScene {
  const symbols = ['BTCUSDT', 'ETHUSDT'].slice(0, marks.length);
  const book = bookOf(held.map(positionOf), account);
  return engineScene({ symbols, ...rest, marks, book, guards: [withConfig(fundingBreaker, config)] });
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const stateOf = (scene: EngineScene) => scene.engine.state.guards['funding-breaker'] as FundingBreakerState;

describe('who pays strictly more than 0.1 % in 8 hours is closed (S2 layer 5)', () => {
  test('longs where it is above 0', () => {
    told(
      {},
      `8:00 funding BTCUSDT 0.001 8h
       16:00 funding BTCUSDT 0.0010001 8h -> funding-breaker close funding BTCUSDT 1`,
    );
    told({}, '8:00 funding BTCUSDT -0.01 8h');
  });

  test('shorts where it is below', () => {
    told(
      { held: [short] },
      `8:00 funding BTCUSDT -0.001 8h
       16:00 funding BTCUSDT -0.0010001 8h -> funding-breaker close funding BTCUSDT 1`,
    );
    told({ held: [short] }, '8:00 funding BTCUSDT 0.01 8h');
  });

  test('at a rate of 8 hours, whatever the interval (RULES 3.9); equal on paper is equal', () => {
    told(
      {},
      `1:00 funding BTCUSDT 0.000125 1h
       2:00 funding BTCUSDT 0.0001251 1h -> funding-breaker close funding BTCUSDT 1`,
    );
    told(
      {},
      `4:00 funding BTCUSDT 0.0005 4h
       8:00 funding BTCUSDT 0.00050001 4h -> funding-breaker close funding BTCUSDT 1`,
    );
    // 0.0007 x 8 / 7 is not 0.0008 in doubles.
    const config = { ...atOnce, maxRate8h: 0.0008 };
    told({ config }, '7:00 funding BTCUSDT 0.0007 7h');
  });

  test('named by both rates, with the sign of the market', () => {
    const rated = (rate: number) =>
      ({ kind: 'funding', time: 4 * HOUR, symbol: 0, venue: -1, rate, interval: 4 * HOUR }) as const;
    expect(tell(sceneOf(), rated(0.001))).toMatchObject([
      { severity: 'critical', measure: 'fundingRate8h', observed: 0.002, threshold: 0.001 },
    ]);
    expect(tell(sceneOf({ held: [short] }), rated(-0.001))).toMatchObject([
      { observed: -0.002, threshold: -0.001 },
    ]);
  });

  test('in the symbol that has settled, at the venue that has', () => {
    const held = [long, { ...long, symbol: 'ETHUSDT' }];
    told(
      { held, marks: [100, 100] },
      '8:00 funding ETHUSDT 0.002 8h -> funding-breaker close funding ETHUSDT 1',
    );
    const settled = { kind: 'funding', time: 8 * HOUR, symbol: 0, rate: 0.002, interval: 8 * HOUR } as const;
    expect(tell(sceneOf(), { ...settled, venue: 1 })).toEqual([]);
    expect(tell(sceneOf(), { ...settled, venue: 0 })).toMatchObject([{ kind: 'close' }]);
  });

  test('of the first venue, not where the account is at the second', () => {
    const scene = sceneOf();
    const settled = { kind: 'funding', time: 8 * HOUR, symbol: 0, rate: 0.002, interval: 8 * HOUR } as const;
    const view = scene.viewNow();
    scene.engine.view = { ...view, accounts: view.accounts.map((one) => ({ ...one, venue: 1 })) };
    expect(step(scene.engine, { ...settled, venue: 0 })).toEqual([]);
    expect(step(scene.engine, { ...settled, venue: 1 })).toMatchObject([{ kind: 'close' }]);
  });

  test('and of a hedge the side that pays', () => {
    const scene = sceneOf({ held: [long, short], account: { positionMode: 'hedge' } });
    const [said, ...others] = tell(scene, {
      kind: 'funding',
      time: 8 * HOUR,
      symbol: 0,
      venue: -1,
      rate: -0.002,
      interval: 8 * HOUR,
    });
    expect(said?.effect).toMatchObject({ kind: 'close', side: -1 });
    expect(others).toEqual([]);
  });
});

describe('for 3 settlements in a row (checklist of S2)', () => {
  test('the first and the second are told, the third closes', () => {
    told(
      { config: after3 },
      `8:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       16:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       24:00 funding BTCUSDT 0.0011 8h -> funding-breaker close funding BTCUSDT 1`,
    );
  });

  test('a warning before, critical then', () => {
    const scene = sceneOf({ config: { ...after3, settlements: 2 } });
    const rate = 'funding BTCUSDT 0.0011 8h';
    const said = { rule: 'funding', measure: 'fundingRate8h', threshold: 0.001 };
    expect(tellLine(scene, `8:00 ${rate}`)).toMatchObject([{ ...said, kind: 'alert', severity: 'warning' }]);
    expect(tellLine(scene, `16:00 ${rate}`)).toMatchObject([
      { ...said, kind: 'close', severity: 'critical' },
    ]);
  });

  test('each position counts its own', () => {
    told(
      { config: after3, held: [long, { ...long, symbol: 'ETHUSDT' }], marks: [100, 100] },
      `8:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       16:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       17:00 funding ETHUSDT 0.0011 8h -> funding-breaker alert funding
       18:00 funding ETHUSDT 0.0005 8h
       24:00 funding BTCUSDT 0.0011 8h -> funding-breaker close funding BTCUSDT 1
       25:00 funding ETHUSDT 0.0011 8h -> funding-breaker alert funding`,
    );
  });

  test('one at the threshold begins the count anew', () => {
    told(
      { config: after3 },
      `8:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       16:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       24:00 funding BTCUSDT 0.001 8h
       32:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding`,
    );
  });

  test('only while the position is held: one that is closed and opened again has paid nothing', () => {
    told(
      { config: after3 },
      `8:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       16:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       17:00 close BTCUSDT 1 @ 100 exit
       17:00 open BTCUSDT +1 @ 100 x10
       24:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding`,
    );
  });

  test('also where the view shows the one that was opened again at the moment of the close', () => {
    const scene = sceneOf({
      config: { ...after3, settlements: 2 },
      held: [long, { ...long, symbol: 'ETHUSDT' }],
      marks: [100, 100],
    });
    play(scene, '8:00 funding BTCUSDT 0.0011 8h\n8:00 funding ETHUSDT 0.0011 8h');
    const close = {
      account: 0,
      symbol: 0,
      side: -1,
      qty: 1,
      price: 100,
      cause: 'exit',
      realised: 0,
    } as const;
    const fill = { ...close, opening: false, left: 0, id: -1, position: 1 } as const;
    expect(tell(scene, { kind: 'fill', time: 9 * HOUR, fill })).toEqual([]);
    expect(stateOf(scene).paying).toEqual([{ key: '0/1/1', count: 1 }]);
    const text = `16:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
      16:00 funding ETHUSDT 0.0011 8h -> funding-breaker close funding ETHUSDT 1`;
    expect(play(scene, text)).toBe(story(text));
  });

  test('and one that is gone before its fill is heard of is forgotten, by the next settlement or fill of any', () => {
    const gone = () => {
      const scene = sceneOf({ config: after3 });
      play(scene, '8:00 funding BTCUSDT 0.0011 8h');
      scene.venue.state.accounts[0]?.positions.splice(0);
      refresh(scene.venue);
      return scene;
    };
    const settled = gone();
    play(settled, '16:00 funding BTCUSDT 0.0011 8h');
    const filled = gone();
    const fill = { account: 0, symbol: 0, side: 1, qty: 1, price: 100, cause: 'order', realised: 0 } as const;
    const opened = { ...fill, opening: true, left: 1, id: -1, position: 1 } as const;
    tell(filled, { kind: 'fill', time: 16 * HOUR, fill: opened });
    for (const scene of [settled, filled]) {
      expect(stateOf(scene).paying).toEqual([]);
      expect(scene.engine.state.rules).toMatchObject([{ since: null, brokenFor: 8 * HOUR }]);
    }
  });

  test('also of a position that was reduced or added to', () => {
    told(
      { config: after3 },
      `8:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       9:00 close BTCUSDT 0.5 @ 100 exit
       16:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       17:00 open BTCUSDT +1 @ 100 x10
       24:00 funding BTCUSDT 0.0011 8h -> funding-breaker close funding BTCUSDT 1.5`,
    );
  });

  test('and again after as many, where what it asked for did not come about', () => {
    told(
      { config: { ...after3, settlements: 2 } },
      `8:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       16:00 funding BTCUSDT 0.0011 8h -> funding-breaker close funding BTCUSDT 1
       16:01 rejected BTCUSDT
       24:00 funding BTCUSDT 0.0011 8h -> funding-breaker alert funding
       32:00 funding BTCUSDT 0.0011 8h -> funding-breaker close funding BTCUSDT 1`,
    );
  });
});

describe('flip (S2 layer 5: close or flip; RULES 3.9: only at SAFE)', () => {
  const config = { ...atOnce, action: 'flip' } as const;
  // Maintenance is 0.5 % of 100: an isolated margin of 1 is a level of 2, that of 1.01 just above.
  const at2 = { ...long, leverage: 100 };

  test('turns the position where the account is above 2', () => {
    told({ config }, '8:00 funding BTCUSDT 0.002 8h -> funding-breaker flip funding BTCUSDT 1');
    told(
      { config, held: [{ ...at2, addedMargin: '0.01' }] },
      '8:00 funding BTCUSDT 0.002 8h -> funding-breaker flip funding BTCUSDT 1',
    );
  });

  test('closes at 2', () => {
    told({ config, held: [at2] }, '8:00 funding BTCUSDT 0.002 8h -> funding-breaker close funding BTCUSDT 1');
  });

  test('SAFE is above the level that is configured', () => {
    // A margin of 1.5 over 0.5 is a level of 3.
    const held = [{ ...at2, addedMargin: '0.5' }];
    const rate = '8:00 funding BTCUSDT 0.002 8h -> funding-breaker';
    told({ config: { ...config, safeLevel: 2.999 }, held }, `${rate} flip funding BTCUSDT 1`);
    told({ config: { ...config, safeLevel: 3 }, held }, `${rate} close funding BTCUSDT 1`);
  });

  test('turns it also where a scope that asks for no maintenance holds nothing', () => {
    told(
      { config, account: { balance: '0' } },
      '8:00 funding BTCUSDT 0.002 8h -> funding-breaker flip funding BTCUSDT 1',
    );
  });

  test('closes where another scope of the account is not SAFE', () => {
    told(
      { config, held: [long, { ...at2, symbol: 'ETHUSDT' }], marks: [100, 100] },
      '8:00 funding BTCUSDT 0.002 8h -> funding-breaker close funding BTCUSDT 1',
    );
  });

  test('turns it where only another account is not', () => {
    const [main] = bookOf([]).accounts;
    if (main === undefined) throw new Error('a book must have an account');
    const book = {
      ...bookOf([positionOf(long), positionOf({ ...at2, account: 'other', symbol: 'ETHUSDT' })]),
      accounts: [main, { ...main, id: 'other' }],
    };
    const scene = engineScene({
      book,
      marks: [100, 100],
      symbols: ['BTCUSDT', 'ETHUSDT'],
      guards: [withConfig(fundingBreaker, config)],
    });
    const text = '8:00 funding BTCUSDT 0.002 8h -> funding-breaker flip funding BTCUSDT 1';
    expect(play(scene, text)).toBe(story(text));
  });

  test('closes where a scope cannot be measured', () => {
    told(
      { config, held: [long, { ...long, symbol: 'ETHUSDT' }], marks: [100, Number.NaN] },
      '8:00 funding BTCUSDT 0.002 8h -> funding-breaker close funding BTCUSDT 1',
    );
  });
});

test('is one rule: broken from the first payment above until one is not, or nothing is held; dead where it is off', () => {
  const scene = sceneOf({ config: after3 });
  const [rule] = scene.engine.state.rules;
  expect(stateOf(scene)).toEqual({ config: after3, paying: [] });
  play(scene, '8:00 funding BTCUSDT 0.0011 8h\n16:00 funding BTCUSDT 0.0005 8h');
  expect(rule).toMatchObject({ rule: 'funding', fired: 1, since: null, brokenFor: 8 * HOUR });
  play(scene, '24:00 funding BTCUSDT 0.0011 8h\n24:30 close BTCUSDT 0.5 @ 100 exit');
  expect(rule).toMatchObject({ since: 24 * HOUR });
  play(scene, '25:00 close BTCUSDT 0.5 @ 100 exit');
  expect(rule).toMatchObject({ fired: 2, since: null, brokenFor: 9 * HOUR });
  expect(scene.engine.guards[0]?.rules()).toEqual([{ rule: 'funding', dead: null }]);
  const off = sceneOf({ config: { ...after3, maxRate8h: null } });
  expect(off.engine.guards[0]?.rules()).toEqual([{ rule: 'funding', dead: 'it is switched off' }]);
  expect(play(off, '8:00 funding BTCUSDT 0.5 8h')).toBe('8:00 funding BTCUSDT 0.5 8h');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a rate of %d is none', (rate) => {
  const event = { kind: 'funding', time: 8 * HOUR, symbol: 0, venue: -1, rate, interval: 8 * HOUR } as const;
  expect(tell(sceneOf(), event)).toEqual([]);
  expect(tell(sceneOf(), { ...event, rate: 0.5, interval: 0 })).toEqual([]);
});
