import { describe, expect, test } from 'vitest';
import { withConfig } from '../../../src/engine/engine.ts';
import { flags } from '../../../src/engine/guards/flags.ts';
import type { FlagsConfig } from '../../../src/engine/guards/flags-config.ts';
import {
  type EngineScene,
  type EngineSettings,
  engineScene,
  play,
  story,
  tellLine,
} from '../../support/engine-scene.ts';
import { flatTable } from '../../support/flat-table.ts';
import { bookOf, HOUR, positionOf, venueOfTable } from '../../support/venue-scene.ts';

const off: FlagsConfig = { adverse: null, liquidationAtrs: null, diversifyAbove: null, totalRisk: null };

type Setting = Partial<Omit<EngineSettings, 'guards' | 'book'>> & {
  readonly config?: Partial<FlagsConfig>;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly account?: Parameters<typeof bookOf>[1];
};

const long = { qty: '1', entry: '100', leverage: 2 } as const;
const short = { ...long, qty: '-1' } as const;

/** 100,000 USDT; no maintenance is asked, so an isolated position is liquidated where its margin is gone. */
function sceneOf({ config = {}, held = [long], account, marks = [100], ...rest }: Setting = {}): EngineScene {
  const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'ADAUSDT'].slice(0, marks.length);
  const book = bookOf(held.map(positionOf), account);
  const guards = [withConfig(flags, { ...off, ...config })];
  return engineScene({ symbols, table: flatTable(0), ...rest, marks, book, guards });
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

describe('15 % against the entry (S0 check_liquidation_risk)', () => {
  const config = { adverse: 0.15 };

  test('a long: not at 15 %, beyond it once', () => {
    told(
      { config },
      `1:00 mark BTCUSDT 115.01
       2:00 mark BTCUSDT 85
       3:00 mark BTCUSDT 84.99999 -> flags alert adverse-move
       4:00 mark BTCUSDT 80
       24:00 clock`,
    );
  });

  test('a short is mirrored', () => {
    told(
      { config, held: [short] },
      `1:00 mark BTCUSDT 80
       2:00 mark BTCUSDT 115
       3:00 mark BTCUSDT 115.00001 -> flags alert adverse-move`,
    );
  });

  test('it is taken back where half of the move has come back, and may be raised again', () => {
    told(
      { config },
      `1:00 mark BTCUSDT 80 -> flags alert adverse-move
       2:00 mark BTCUSDT 92.5
       3:00 mark BTCUSDT 92.50001 -> flags alert adverse-move-recovered
       4:00 mark BTCUSDT 85
       5:00 mark BTCUSDT 84 -> flags alert adverse-move`,
    );
    told(
      { config, held: [short] },
      `1:00 mark BTCUSDT 120 -> flags alert adverse-move
       2:00 mark BTCUSDT 107.5
       3:00 mark BTCUSDT 107.49999 -> flags alert adverse-move-recovered`,
    );
  });

  test('equal on paper is equal', () => {
    // In doubles (0.12 - 0.102) / 0.12 is above 0.15, and (0.03 - 0.02775) / 0.03 below 0.075.
    told({ config, held: [{ ...long, entry: '0.12' }], marks: [0.12] }, '1:00 mark BTCUSDT 0.102');
    told(
      { config, held: [{ ...long, entry: '0.03' }], marks: [0.03] },
      `1:00 mark BTCUSDT 0.02 -> flags alert adverse-move
       2:00 mark BTCUSDT 0.02775
       3:00 mark BTCUSDT 0.02775000001 -> flags alert adverse-move-recovered`,
    );
  });

  test('any bound that is configured', () => {
    told(
      { config: { adverse: 0.02 } },
      `1:00 mark BTCUSDT 98
       2:00 mark BTCUSDT 97.9 -> flags alert adverse-move`,
    );
  });

  test('what it says', () => {
    const scene = sceneOf({ config, held: [long, { ...long, symbol: 'ETHUSDT' }], marks: [100, 100] });
    const base = { guard: 'flags', kind: 'alert', measure: 'adverseMove', effect: null };
    expect(tellLine(scene, '1:00 mark ETHUSDT 75')).toMatchObject([
      { ...base, severity: 'warning', observed: 0.25, threshold: 0.15, about: { account: 0, symbol: 1 } },
    ]);
    expect(tellLine(scene, '2:00 mark ETHUSDT 100')).toMatchObject([
      { ...base, severity: 'info', observed: 0, threshold: 0.075, about: { account: 0, symbol: 1 } },
    ]);
  });

  test('at a fill as well, and a position that is closed takes its flag along', () => {
    told(
      { config },
      `1:00 mark BTCUSDT 80 -> flags alert adverse-move
       2:00 close BTCUSDT 0.5 @ 80
       3:00 close BTCUSDT 0.5 @ 80
       4:00 open BTCUSDT +1 @ 100 x2 -> flags alert adverse-move`,
    );
  });

  test('closed and opened again at one moment, it is another position', () => {
    const scene = sceneOf({ config });
    tellLine(scene, '1:00 mark BTCUSDT 80');
    const fill = {
      account: 0,
      symbol: 0,
      side: -1,
      qty: 1,
      price: 80,
      cause: 'exit',
      opening: false,
      realised: -20,
      left: 0,
      id: -1,
      position: 1,
    } as const;
    const [guard] = scene.engine.guards;
    expect(guard?.own).toMatchObject({ adverse: ['0/0/1'] });
    // The view still has a position there: it is flagged anew.
    const alerts: string[] = [];
    const silent = () => undefined;
    guard?.hear(
      scene.engine.view,
      { kind: 'fill', time: 2 * HOUR, fill },
      {
        alert: ({ rule }) => void alerts.push(rule),
        deny: silent,
        resize: silent,
        use: silent,
        reduce: silent,
        close: silent,
        flip: silent,
        setStop: silent,
        halt: silent,
        resume: silent,
        on: silent,
      },
    );
    expect(alerts).toEqual(['adverse-move']);
  });

  test('the mark at which it speaks is watched, on the way down and back', () => {
    const scene = sceneOf({ config });
    const { point } = scene.engine.watch;
    expect(point.markLow[0]).toBeCloseTo(85, 6);
    expect(point.markHigh[0]).toBe(Number.POSITIVE_INFINITY);
    tellLine(scene, '1:00 mark BTCUSDT 80');
    expect(scene.engine.watch.point.markHigh[0]).toBeCloseTo(92.5, 6);
    expect(scene.engine.watch.point.markLow[0]).toBe(Number.NEGATIVE_INFINITY);
    const other = sceneOf({ config, held: [short] });
    expect(other.engine.watch.point.markHigh[0]).toBeCloseTo(115, 6);
    tellLine(other, '1:00 mark BTCUSDT 120');
    expect(other.engine.watch.point.markLow[0]).toBeCloseTo(107.5, 6);
    expect(sceneOf({ config, held: [] }).engine.watch.point.prices).toBe(false);
    expect(sceneOf().engine.watch.point.prices).toBe(false);
  });
});

describe('distance to liquidation in ATRs', () => {
  // Margin 50 of a long at 100: gone at 50. Three ATRs of 2 above are 56, one more is 58.
  const config = { liquidationAtrs: 3 };
  const moments = [{ atr: 2 }];

  test('a long: not at three ATRs, below them once; taken back above four', () => {
    told(
      { config, moments },
      `1:00 mark BTCUSDT 56
       2:00 mark BTCUSDT 55.9999 -> flags alert near-liquidation
       3:00 mark BTCUSDT 51
       4:00 mark BTCUSDT 58
       5:00 mark BTCUSDT 58.0001 -> flags alert near-liquidation-recovered
       6:00 mark BTCUSDT 55 -> flags alert near-liquidation`,
    );
  });

  test('a short is mirrored: gone at 150', () => {
    told(
      { config, moments, held: [short] },
      `1:00 mark BTCUSDT 144
       2:00 mark BTCUSDT 144.0001 -> flags alert near-liquidation
       3:00 mark BTCUSDT 142
       4:00 mark BTCUSDT 141.9999 -> flags alert near-liquidation-recovered`,
    );
  });

  test('as many as are configured, of the ATR of now', () => {
    told(
      { config: { liquidationAtrs: 1.5 }, moments },
      `1:00 mark BTCUSDT 53
       2:00 mark BTCUSDT 52.9999 -> flags alert near-liquidation`,
    );
    told(
      { config, moments },
      `1:00 mark BTCUSDT 60
       1:00 bar BTCUSDT atr=4
       1:00 mark BTCUSDT 60 -> flags alert near-liquidation`,
    );
  });

  test('what it says', () => {
    const scene = sceneOf({ config, moments });
    const base = {
      guard: 'flags',
      kind: 'alert',
      measure: 'liquidationAtrs',
      about: { account: 0, symbol: 0 },
    };
    expect(tellLine(scene, '1:00 mark BTCUSDT 53')).toMatchObject([
      { ...base, rule: 'near-liquidation', severity: 'warning', observed: 1.5, threshold: 3 },
    ]);
    expect(tellLine(scene, '2:00 mark BTCUSDT 60')).toMatchObject([
      { ...base, rule: 'near-liquidation-recovered', severity: 'info', observed: 5, threshold: 4 },
    ]);
  });

  test('nothing before an ATR is known, nor where no price liquidates', () => {
    told({ config }, '1:00 mark BTCUSDT 50.1');
    told({ config, moments: [{ atr: 0 }] }, '1:00 mark BTCUSDT 49');
    // Paid with equity that is larger than the position: at 0 something is left.
    told(
      { config, moments, held: [{ ...long, marginMode: 'cross' }], account: { marginMode: 'cross' } },
      '1:00 mark BTCUSDT 0.01',
    );
  });

  test('a position that is closed takes its flag along', () => {
    told(
      { config, moments },
      `1:00 mark BTCUSDT 55 -> flags alert near-liquidation
       2:00 close BTCUSDT 1 @ 55
       3:00 open BTCUSDT +1 @ 100 x2 -> flags alert near-liquidation`,
    );
  });

  test('the mark at which it speaks is watched, on the way down and back', () => {
    const scene = sceneOf({ config, moments });
    expect(scene.engine.watch.point.markLow[0]).toBeCloseTo(56, 6);
    expect(scene.engine.watch.point.markHigh[0]).toBe(Number.POSITIVE_INFINITY);
    tellLine(scene, '1:00 mark BTCUSDT 55');
    expect(scene.engine.watch.point.markHigh[0]).toBeCloseTo(58, 6);
    expect(scene.engine.watch.point.markLow[0]).toBe(Number.NEGATIVE_INFINITY);
    const other = sceneOf({ config, moments, held: [short] });
    expect(other.engine.watch.point.markHigh[0]).toBeCloseTo(144, 6);
    tellLine(other, '1:00 mark BTCUSDT 145');
    expect(other.engine.watch.point.markLow[0]).toBeCloseTo(142, 6);
  });
});

describe('more than 3 such positions: diversify (S0)', () => {
  const names = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'ADAUSDT'];
  const held = names.map((symbol) => ({ ...long, symbol }));
  const marks = [100, 100, 100, 100, 100];
  const falls = (count: number) =>
    names
      .slice(0, count)
      .map((name) => `${name} 80`)
      .join(' ');

  test('three are not, four are, and it is taken back with the fourth', () => {
    const adverse = 'flags alert adverse-move';
    told(
      { config: { adverse: 0.15, diversifyAbove: 3 }, held, marks },
      `1:00 mark ${falls(3)} -> ${adverse}; ${adverse}; ${adverse}
       2:00 mark XRPUSDT 80 -> ${adverse}; flags alert diversify-holdings
       3:00 mark ADAUSDT 80 -> ${adverse}
       4:00 mark ADAUSDT 100 -> flags alert adverse-move-recovered
       5:00 mark BTCUSDT 100 -> flags alert adverse-move-recovered; flags alert diversify-holdings-recovered`,
    );
  });

  test('as many as are configured; what it says', () => {
    const scene = sceneOf({ config: { adverse: 0.15, diversifyAbove: 1 }, held, marks });
    const about = { account: null, symbol: null };
    const base = { guard: 'flags', kind: 'alert', measure: 'highRiskPositions', about };
    expect(tellLine(scene, `1:00 mark ${falls(2)}`)[2]).toMatchObject({
      ...base,
      rule: 'diversify-holdings',
      severity: 'warning',
      observed: 2,
      threshold: 1,
    });
    expect(tellLine(scene, '2:00 close ETHUSDT 1 @ 80')).toMatchObject([
      { ...base, rule: 'diversify-holdings-recovered', severity: 'info', observed: 1, threshold: 1 },
    ]);
    const none = sceneOf({ config: { adverse: 0.15 }, held, marks });
    expect(tellLine(none, `1:00 mark ${falls(5)}`).map(({ rule }) => rule)).toEqual(
      names.map(() => 'adverse-move'),
    );
  });
});

describe('total risk above twice the risk per trade: smaller positions (S0: 4 %)', () => {
  const config = { totalRisk: 0.04 };
  // Cross, so that what a position gains or loses is what the account does.
  const account = { marginMode: 'cross', balance: '100000' } as const;
  const at = (qty: string, symbol = 'BTCUSDT') =>
    ({ qty, entry: '100', leverage: 2, marginMode: 'cross', symbol }) as const;

  test('gains and losses count alike: at 4 % nothing, beyond it once; below half of it that is over', () => {
    // 200 x 10 up and 200 x 10 down: 4,000 of 100,000.
    const held = [at('200'), at('200', 'ETHUSDT')];
    told(
      { config, held, marks: [100, 100], account },
      `1:00 mark BTCUSDT 110 ETHUSDT 90
       2:00 mark BTCUSDT 110.001 ETHUSDT 89.999 -> flags alert reduce-position-sizes
       3:00 mark BTCUSDT 120 ETHUSDT 80
       4:00 mark BTCUSDT 105 ETHUSDT 95
       5:00 mark BTCUSDT 104.999 ETHUSDT 95.001 -> flags alert reduce-position-sizes-recovered
       6:00 mark BTCUSDT 110 ETHUSDT 90`,
    );
  });

  test('what it says; any bound that is configured', () => {
    const scene = sceneOf({
      config: { totalRisk: 0.1 },
      held: [at('1000'), at('-1000', 'ETHUSDT')],
      marks: [100, 100],
      account,
    });
    const base = {
      guard: 'flags',
      kind: 'alert',
      measure: 'totalRisk',
      about: { account: null, symbol: null },
    };
    expect(tellLine(scene, '1:00 mark BTCUSDT 110 ETHUSDT 110')).toMatchObject([
      { ...base, rule: 'reduce-position-sizes', severity: 'warning', observed: 0.2, threshold: 0.1 },
    ]);
    expect(tellLine(scene, '2:00 mark BTCUSDT 101 ETHUSDT 101')).toMatchObject([
      { ...base, rule: 'reduce-position-sizes-recovered', severity: 'info', observed: 0.02, threshold: 0.05 },
    ]);
  });

  test('equal on paper is equal', () => {
    // 0.3 x (1.1 - 1) + 0.1 x (1 - 0.9): sums that doubles miss; 0.04 of 1.
    const scene = sceneOf({
      config,
      held: [
        { ...at('0.3'), entry: '1' },
        { ...at('0.1', 'ETHUSDT'), entry: '1' },
      ],
      marks: [1, 1],
      account: { ...account, balance: '0.98' },
    });
    // Equity is 0.98 + 0.03 - 0.01 = 1.
    expect(play(scene, '1:00 mark BTCUSDT 1.1 ETHUSDT 0.9')).toBe('1:00 mark BTCUSDT 1.1 ETHUSDT 0.9');
    expect(tellLine(scene, '2:00 mark ETHUSDT 0.8999999999')).toHaveLength(1);
  });

  test('an account that has nothing is above every bound, and not recovered; without positions it is none', () => {
    const scene = sceneOf({ config, held: [at('1000')], account });
    expect(tellLine(scene, '1:00 mark BTCUSDT 0.00001')).toMatchObject([{ rule: 'reduce-position-sizes' }]);
    expect(tellLine(scene, '2:00 transfer -200000')).toEqual([]);
    expect(tellLine(scene, '3:00 mark BTCUSDT 1')).toEqual([]);
    const gone = sceneOf({ config, held: [at('1')], account: { ...account, balance: '10' } });
    expect(tellLine(gone, '1:00 mark BTCUSDT 90')).toMatchObject([
      { rule: 'reduce-position-sizes', observed: null, threshold: 0.04 },
    ]);
    const empty = sceneOf({ config, held: [], account: { ...account, balance: '10' } });
    tellLine(empty, '1:00 transfer -20');
    expect(tellLine(empty, '24:00 clock')).toEqual([]);
  });

  test('inverse: a result in coins of an account of coins', () => {
    const inverse = (mark: number) => {
      const position = {
        qty: '1000',
        entry: '100',
        leverage: 2,
        marginMode: 'cross',
        symbol: 'BTCUSD',
      } as const;
      const scene = engineScene({
        symbols: ['BTCUSD'],
        marks: [100],
        specs: [venueOfTable(flatTable(0), {}, 'inverse')],
        book: bookOf([positionOf({ ...position, contract: 'inverse' })], {
          currency: 'BTC',
          marginMode: 'cross',
          balance: '48',
        }),
        guards: [withConfig(flags, { ...off, totalRisk: 0.04 })],
      });
      return tellLine(scene, `1:00 mark BTCUSD ${mark}`);
    };
    // 1000 / 100 - 1000 / 125 = 2 coins of 48 + 2; both sums are exact.
    expect(inverse(125)).toEqual([]);
    expect(inverse(125.001)).toMatchObject([{ rule: 'reduce-position-sizes', threshold: 0.04 }]);
  });

  test('it ends with the last position, and is looked at daily', () => {
    const scene = sceneOf({ config, held: [at('1000')], account });
    tellLine(scene, '1:00 mark BTCUSDT 90');
    expect(tellLine(scene, '2:00 close BTCUSDT 1000 @ 90')).toMatchObject([
      { rule: 'reduce-position-sizes-recovered', observed: 0 },
    ]);
    const daily = sceneOf({ config, held: [at('1000')], account });
    daily.venue.prices.mark[0] = 90;
    expect(tellLine(daily, '24:00 clock')).toMatchObject([{ rule: 'reduce-position-sizes' }]);
  });
});

test('a mark that is not known yet says nothing', () => {
  const config = { adverse: 0.15, liquidationAtrs: 3, diversifyAbove: 0, totalRisk: 0.04 };
  const scene = sceneOf({ config, marks: [Number.NaN], moments: [{ atr: 2 }] });
  expect(tellLine(scene, '24:00 clock')).toEqual([]);
});

test('its rules: dead where they are switched off, broken while a flag stands', () => {
  const config = { adverse: 0.15, liquidationAtrs: 3, diversifyAbove: 1, totalRisk: 0.0001 };
  const held = [long, { ...long, symbol: 'ETHUSDT' }];
  const scene = sceneOf({ config, held, marks: [100, 100], moments: [{ atr: 2 }, { atr: 2 }] });
  const names = ['adverse-move', 'near-liquidation', 'diversify-holdings', 'reduce-position-sizes'];
  expect(scene.engine.guards[0]?.rules()).toEqual(names.map((rule) => ({ rule, dead: null })));
  tellLine(scene, '1:00 mark BTCUSDT 55 ETHUSDT 55');
  const standing = () => scene.engine.state.rules.map(({ since, fired }) => [since, fired]);
  expect(standing()).toEqual([
    [HOUR, 2],
    [HOUR, 2],
    [HOUR, 1],
    [HOUR, 1],
  ]);
  // One of two is over.
  tellLine(scene, '2:00 mark BTCUSDT 100');
  expect(standing()).toEqual([
    [HOUR, 2],
    [HOUR, 2],
    [null, 1],
    [HOUR, 1],
  ]);
  // With the position all of them are.
  tellLine(scene, '3:00 close ETHUSDT 1 @ 55');
  expect(scene.engine.state.rules.map(({ since, brokenFor }) => [since, brokenFor])).toEqual([
    [null, 2 * HOUR],
    [null, 2 * HOUR],
    [null, HOUR],
    [null, 2 * HOUR],
  ]);
  const dead = (changed: Partial<FlagsConfig>) =>
    sceneOf({ config: { ...config, ...changed } })
      .engine.guards[0]?.rules()
      .filter((one) => one.dead === 'it is switched off')
      .map(({ rule }) => rule);
  expect(dead({ adverse: null })).toEqual(['adverse-move', 'diversify-holdings']);
  expect(dead({ liquidationAtrs: null })).toEqual(['near-liquidation']);
  expect(dead({ diversifyAbove: null })).toEqual(['diversify-holdings']);
  expect(dead({ totalRisk: null })).toEqual(['reduce-position-sizes']);
});
