import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/engine/decision.ts';
import { withConfig } from '../../../src/engine/engine.ts';
import { portfolioLimits } from '../../../src/engine/guards/portfolio-limits.ts';
import type { PortfolioLimitsConfig } from '../../../src/engine/guards/portfolio-limits-config.ts';
import {
  type EngineScene,
  type EngineSettings,
  engineScene,
  play,
  story,
  tellLine,
} from '../../support/engine-scene.ts';
import { flatTable } from '../../support/flat-table.ts';
import { bookOf, positionOf, venueOfTable } from '../../support/venue-scene.ts';

/** Every limit off: a test switches on what it is about. */
const off: PortfolioLimitsConfig = {
  maxPositions: null,
  maxGrossMargin: null,
  maxGrossNotional: null,
  maxNetDelta: null,
  maxOpenRisk: null,
  maxSectorMargin: null,
  maxSymbolMargin: null,
  maxVenueShare: null,
  assumedStopAtrs: 2,
  onExceed: 'deny',
};

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];

type Setting = Partial<Omit<EngineSettings, 'guards' | 'book' | 'marks'>> & {
  readonly config?: Partial<PortfolioLimitsConfig>;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly account?: Parameters<typeof bookOf>[1];
};

/** 100,000 USDT, three symbols at 100. */
function sceneOf({ config = {}, held = [], account, ...rest }: Setting = {}): EngineScene {
  const book = bookOf(held.map(positionOf), account);
  const guards = [withConfig(portfolioLimits, { ...off, ...config })];
  return engineScene({ symbols, marks: [100, 100, 100], ...rest, book, guards });
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const first = (decisions: readonly Decision[]) => {
  const [decision] = decisions;
  if (decision === undefined) throw new Error('something must be said');
  return decision;
};

const btc = { qty: '1000', entry: '100' } as const;
const eth = { ...btc, symbol: 'ETHUSDT' } as const;

describe('open positions (S4: for example 10)', () => {
  const config = { maxPositions: 2 };

  test('the n-th is allowed, the next is not (RULES 3.6)', () => {
    told({ config, held: [btc] }, '0:00 order ETHUSDT +1 @ 100 x1 -> engine allow within-limits 1');
    told(
      { config, held: [btc, eth] },
      `0:00 order SOLUSDT +1 @ 100 x1 -> portfolio-limits deny positions 0
       0:00 order BTCUSDT +1 @ 100 x1 -> engine allow within-limits 1`,
    );
    told({ config: { maxPositions: 1 } }, '0:00 order SOLUSDT +1 @ 100 x1 -> engine allow within-limits 1');
  });

  test('both sides of a hedge are two; what is turned stays one', () => {
    told(
      { config, held: [btc, eth], account: { positionMode: 'hedge' } },
      '0:00 order BTCUSDT -1 @ 100 x1 -> portfolio-limits deny positions 0',
    );
    told(
      { config, held: [btc, eth] },
      '0:00 order BTCUSDT -1001 @ 100 x1 -> engine allow within-limits 1001',
    );
  });

  test('it cannot be cut to less than one', () => {
    const said = first(
      tellLine(
        sceneOf({ config: { ...config, onExceed: 'resize' }, held: [btc, eth] }),
        '0:00 order SOLUSDT +1 @ 100 x1',
      ),
    );
    expect(said).toMatchObject({
      kind: 'deny',
      rule: 'positions',
      severity: 'warning',
      measure: 'positions',
      observed: 3,
      threshold: 2,
      uses: [{ guard: 'portfolio-limits', limit: 'positions', use: 1.5, before: 1 }],
    });
  });
});

describe('gross exposure, long and short added (S4: 80 % of capital)', () => {
  const config = { maxGrossMargin: 0.4 };

  test('as initial margin: at the limit it passes, beyond it does not', () => {
    // 10,000 + 20,000 are held; 10,000 more are 40 % of 100,000.
    const held = [btc, { ...eth, qty: '-2000' }];
    told(
      { config, held },
      `0:00 order SOLUSDT -1000 @ 100 x10 -> engine allow within-limits 1000
       0:00 order SOLUSDT -1000.0001 @ 100 x10 -> portfolio-limits deny gross-margin 0
       0:00 order SOLUSDT +500 @ 100 x5 -> engine allow within-limits 500
       0:00 order SOLUSDT +500.0001 @ 100 x5 -> portfolio-limits deny gross-margin 0`,
    );
  });

  test('what an order closes is free before it opens', () => {
    // The short of 20,000 goes, and 30,000 come beside the 10,000.
    told(
      { config, held: [btc, { ...eth, qty: '-2000' }] },
      `0:00 order ETHUSDT +5000 @ 100 x10 -> engine allow within-limits 5000
       0:00 order ETHUSDT +5000.001 @ 100 x10 -> portfolio-limits resize gross-margin 2000`,
    );
  });

  test('resize lets pass what fits', () => {
    const resize = { ...config, onExceed: 'resize' } as const;
    told(
      { config: resize, held: [btc, { ...eth, qty: '-2000' }] },
      '0:00 order SOLUSDT -3000 @ 100 x10 -> portfolio-limits resize gross-margin 1000',
    );
  });

  test('equal on paper is equal: 0.1 + 0.2 of 3 are 10 %', () => {
    const scene = engineScene({
      symbols,
      marks: [1, 1, 1],
      book: bookOf([positionOf({ qty: '0.1', entry: '1', leverage: 1 })], { balance: '3' }),
      guards: [withConfig(portfolioLimits, { ...off, maxGrossMargin: 0.1 })],
    });
    const text = `0:00 order ETHUSDT +0.2 @ 1 x1 -> engine allow within-limits 0.2
      0:00 order ETHUSDT +0.2000000001 @ 1 x1 -> portfolio-limits deny gross-margin 0`;
    expect(play(scene, text)).toBe(story(text));
  });

  test('as notional: at the mark for what is held, at its price for the order', () => {
    // 1000 at 110 are 110,000 of 110,000.
    told(
      { config: { maxGrossNotional: 2 }, held: [btc] },
      `0:00 mark BTCUSDT 110
       0:00 order ETHUSDT +1000 @ 110 x20 -> engine allow within-limits 1000
       0:00 order ETHUSDT +1000.0001 @ 110 x20 -> portfolio-limits deny gross-notional 0`,
    );
    const scene = sceneOf({ config: { maxGrossNotional: 2 }, held: [btc] });
    expect(tellLine(scene, '0:00 order ETHUSDT -3000 @ 100 x20')).toMatchObject([
      {
        rule: 'gross-notional',
        measure: 'grossNotional',
        observed: 4,
        threshold: 2,
        uses: [{ limit: 'gross-notional', use: 2, before: 0.5 }],
      },
    ]);
  });

  test('it names the share', () => {
    expect(tellLine(sceneOf({ config }), '0:00 order ETHUSDT +6000 @ 100 x10')).toMatchObject([
      {
        guard: 'portfolio-limits',
        rule: 'gross-margin',
        severity: 'warning',
        measure: 'grossMargin',
        observed: 0.6,
        threshold: 0.4,
      },
    ]);
  });
});

describe('net delta: |long - short| (S4)', () => {
  const config = { maxNetDelta: 2 };

  test('at the limit it passes, beyond it does not, on both sides', () => {
    told(
      { config, held: [btc] },
      `0:00 order ETHUSDT +1000 @ 100 x10 -> engine allow within-limits 1000
       0:00 order ETHUSDT +1000.0001 @ 100 x10 -> portfolio-limits deny net-delta 0
       0:00 order ETHUSDT -3000 @ 100 x10 -> engine allow within-limits 3000
       0:00 order ETHUSDT -3000.0001 @ 100 x10 -> portfolio-limits deny net-delta 0`,
    );
  });

  test('what lowers it passes, even where it stays above; what mirrors it does not', () => {
    told(
      { config, held: [{ ...btc, qty: '5000', leverage: 20 }] },
      `0:00 order ETHUSDT -1 @ 100 x10 -> engine allow within-limits 1
       0:00 order ETHUSDT -2999 @ 100 x10 -> engine allow within-limits 2999
       0:00 order ETHUSDT -9999 @ 100 x10 -> engine allow within-limits 9999
       0:00 order ETHUSDT -10000 @ 100 x10 -> portfolio-limits deny net-delta 0
       0:00 order ETHUSDT +1 @ 100 x10 -> portfolio-limits deny net-delta 0`,
    );
  });

  test('resize: to the limit on the side that the order goes to', () => {
    const resize = { ...config, onExceed: 'resize' } as const;
    told(
      { config: resize, held: [btc] },
      `0:00 order ETHUSDT +1500 @ 100 x10 -> portfolio-limits resize net-delta 1000
       0:00 order ETHUSDT -3500 @ 100 x10 -> portfolio-limits resize net-delta 3000`,
    );
  });

  test('it names the share without a sign', () => {
    expect(tellLine(sceneOf({ config, held: [btc] }), '0:00 order ETHUSDT -4000 @ 100 x10')).toMatchObject([
      {
        rule: 'net-delta',
        severity: 'warning',
        measure: 'netDelta',
        observed: 3,
        threshold: 2,
        uses: [{ limit: 'net-delta', use: 1.5, before: 0.5 }],
      },
    ]);
  });
});

describe('open risk: sum of |price - stop| x quantity (S4 risk_amount, RULES 3.9)', () => {
  const config = { maxOpenRisk: 0.1 };

  test('at 10 % it passes, beyond it does not', () => {
    // 1000 x (100 - 95) = 5,000 are open; 1000 x 5 more are 10,000.
    told(
      { config, held: [{ ...btc, stop: '95' }] },
      `0:00 order ETHUSDT +1000 @ 100 x10 stop=95 -> engine allow within-limits 1000
       0:00 order ETHUSDT +1000.0001 @ 100 x10 stop=95 -> portfolio-limits deny open-risk 0
       0:00 order ETHUSDT -1000 @ 100 x10 stop=105 -> engine allow within-limits 1000
       0:00 order ETHUSDT -1000.0001 @ 100 x10 stop=105 -> portfolio-limits deny open-risk 0`,
    );
  });

  test('from the mark of now; a stop that the price has left behind has nothing to lose', () => {
    // At 102 equity is 102,000 and the stop 7 away: 7,000. 3,200 are left: 640 at 5.
    told(
      { config, held: [{ ...btc, stop: '95' }] },
      `0:00 mark BTCUSDT 102
       0:00 order ETHUSDT +640 @ 100 x10 stop=95 -> engine allow within-limits 640
       0:00 order ETHUSDT +640.0001 @ 100 x10 stop=95 -> portfolio-limits deny open-risk 0`,
    );
    // A short with its stop below the mark: 10,000 of room.
    told(
      { config, held: [{ ...btc, qty: '-1000', stop: '99' }] },
      `0:00 order ETHUSDT +2000 @ 100 x10 stop=95 -> engine allow within-limits 2000
       0:00 order ETHUSDT +2000.0001 @ 100 x10 stop=95 -> portfolio-limits deny open-risk 0`,
    );
  });

  test('without a stop to the liquidation price; all of it where no price liquidates', () => {
    // No maintenance: a margin of 10 % is gone at 90, 10 x 500 = 5,000.
    const table = flatTable(0);
    told(
      { config, held: [{ ...btc, qty: '500' }], table },
      `0:00 order ETHUSDT +1000 @ 100 x10 stop=95 -> engine allow within-limits 1000
       0:00 order ETHUSDT +1001 @ 100 x10 stop=95 -> portfolio-limits deny open-risk 0`,
    );
    // Paid in full: 50 x 100 = 5,000.
    told(
      { config, held: [{ ...btc, qty: '50', leverage: 1 }], table },
      `0:00 order ETHUSDT +999 @ 100 x10 stop=95 -> engine allow within-limits 999
       0:00 order ETHUSDT +1001 @ 100 x10 stop=95 -> portfolio-limits deny open-risk 0`,
    );
  });

  test('an order without a stop: so many ATRs, before one is known its margin', () => {
    const moments = symbols.map(() => ({ atr: 5 }));
    told(
      { config, moments },
      `0:00 order ETHUSDT +1000 @ 100 x20 -> engine allow within-limits 1000
       0:00 order ETHUSDT +1000.0001 @ 100 x20 -> portfolio-limits deny open-risk 0`,
    );
    told(
      { config: { ...config, assumedStopAtrs: 1 }, moments },
      `0:00 order ETHUSDT +2000 @ 100 x20 -> engine allow within-limits 2000
       0:00 order ETHUSDT +2000.0001 @ 100 x20 -> portfolio-limits deny open-risk 0`,
    );
    told(
      { config },
      `0:00 order ETHUSDT +2000 @ 100 x20 -> engine allow within-limits 2000
       0:00 order ETHUSDT +2000.0001 @ 100 x20 -> portfolio-limits deny open-risk 0`,
    );
  });

  test('it names the share; resize lets pass what fits', () => {
    expect(tellLine(sceneOf({ config }), '0:00 order ETHUSDT +4000 @ 100 x10 stop=95')).toMatchObject([
      { rule: 'open-risk', severity: 'warning', measure: 'openRisk', observed: 0.2, threshold: 0.1 },
    ]);
    told(
      { config: { ...config, onExceed: 'resize' }, held: [{ ...btc, stop: '95' }] },
      '0:00 order ETHUSDT +4000 @ 100 x10 stop=95 -> portfolio-limits resize open-risk 1000',
    );
  });
});

describe('concentration (S4: no more than 30 % in one sector; single asset)', () => {
  test('a sector: its margins with the order', () => {
    const held = [
      { ...btc, sector: 'layer1' },
      { ...eth, qty: '-1000', sector: 'layer1' },
      { ...btc, symbol: 'SOLUSDT', qty: '5000', sector: 'meme' },
    ];
    told(
      { config: { maxSectorMargin: 0.3 }, held },
      `0:00 order BTCUSDT +1000 @ 100 x10 sector=layer1 -> engine allow within-limits 1000
       0:00 order BTCUSDT +1000.0001 @ 100 x10 sector=layer1 -> portfolio-limits deny sector-margin 0
       0:00 order BTCUSDT +3000 @ 100 x10 sector=defi -> engine allow within-limits 3000
       0:00 order BTCUSDT +3000.0001 @ 100 x10 sector=defi -> portfolio-limits deny sector-margin 0
       0:00 order BTCUSDT +9000 @ 100 x10 -> engine allow within-limits 9000`,
    );
    const scene = sceneOf({ config: { maxSectorMargin: 0.25 }, held });
    expect(tellLine(scene, '0:00 order BTCUSDT +3000 @ 100 x10 sector=layer1')).toMatchObject([
      {
        rule: 'sector-margin',
        measure: 'sectorMargin',
        observed: 0.5,
        threshold: 0.25,
        uses: [{ limit: 'sector-margin', use: 2, before: 0.8 }],
      },
    ]);
  });

  test('a symbol: both sides of a hedge, all accounts', () => {
    const held = [btc, { ...btc, qty: '-1000' }, { ...eth, qty: '9000' }];
    told(
      { config: { maxSymbolMargin: 0.3 }, held, account: { positionMode: 'hedge' } },
      `0:00 order BTCUSDT +1000 @ 100 x10 -> engine allow within-limits 1000
       0:00 order BTCUSDT +1000.0001 @ 100 x10 -> portfolio-limits deny symbol-margin 0
       0:00 order SOLUSDT +3000 @ 100 x10 -> engine allow within-limits 3000
       0:00 order SOLUSDT +3000.0001 @ 100 x10 -> portfolio-limits deny symbol-margin 0`,
    );
    expect(
      tellLine(sceneOf({ config: { maxSymbolMargin: 0.25 } }), '0:00 order BTCUSDT +5000 @ 100 x10'),
    ).toMatchObject([{ rule: 'symbol-margin', measure: 'symbolMargin', observed: 0.5, threshold: 0.25 }]);
  });
});

/** Two accounts at two venues: 75,000 and 25,000. */
function twoVenues(config: Partial<PortfolioLimitsConfig>): EngineScene {
  const [main] = bookOf([], { balance: '75000' }).accounts;
  const [other] = bookOf([], { balance: '25000' }).accounts;
  if (main === undefined || other === undefined) throw new Error('a book must have an account');
  const spec = venueOfTable(flatTable(0.005));
  return engineScene({
    symbols,
    marks: [100, 100, 100],
    specs: [spec, { ...spec, name: 'second' }],
    book: { ...bookOf([]), accounts: [main, { ...other, id: 'other', venue: 'second' }] },
    guards: [withConfig(portfolioLimits, { ...off, ...config })],
  });
}

describe('the share of a venue (S4 counterparty risk)', () => {
  test('at the limit an order there passes, beyond it does not; elsewhere it passes', () => {
    const at = `0:00 order BTCUSDT +1 @ 100 x1 -> engine allow within-limits 1`;
    expect(play(twoVenues({ maxVenueShare: 0.75 }), at)).toBe(story(at));
    const beyond = `0:00 order BTCUSDT +1 @ 100 x1 -> portfolio-limits deny venue-share 0
      0:00 order BTCUSDT +1 @ 100 x1 account=1 -> engine allow within-limits 1`;
    expect(play(twoVenues({ maxVenueShare: 0.749999 }), beyond)).toBe(story(beyond));
    const second = '0:00 order BTCUSDT +1 @ 100 x1 account=1 -> portfolio-limits deny venue-share 0';
    expect(play(twoVenues({ maxVenueShare: 0.2 }), second)).toBe(story(second));
    expect(tellLine(twoVenues({ maxVenueShare: 0.5 }), '0:00 order BTCUSDT +1 @ 100 x1')).toMatchObject([
      {
        rule: 'venue-share',
        severity: 'warning',
        measure: 'venueShare',
        observed: 0.75,
        threshold: 0.5,
        uses: [{ limit: 'venue-share', use: 1.5, before: 1.5 }],
      },
    ]);
  });
});

describe('alerts at 50, 75 and 100 % of a limit, and on the way back (RULES 3.9)', () => {
  const said = (scene: EngineScene, line: string) =>
    tellLine(scene, line).map(
      ({ kind, rule, severity, observed, threshold }) =>
        `${kind} ${rule} ${severity} ${observed} ${threshold}`,
    );

  test('as the book changes: each share once, at the share', () => {
    const scene = sceneOf({ config: { maxGrossMargin: 0.8 } });
    expect(said(scene, '1:00 open BTCUSDT +3999 @ 100 x10')).toEqual([]);
    expect(said(scene, '1:01 open BTCUSDT +1 @ 100 x10')).toEqual(['alert gross-margin info 0.4 0.4']);
    expect(said(scene, '1:02 open BTCUSDT +1000 @ 100 x10')).toEqual([]);
    // 75 % of 0.8 is 0.6 on paper; in doubles it is more.
    expect(said(scene, '1:03 open BTCUSDT +1000 @ 100 x10')).toEqual(['alert gross-margin warning 0.6 0.6']);
    expect(said(scene, '1:04 open BTCUSDT +2000 @ 100 x10')).toEqual(['alert gross-margin critical 0.8 0.8']);
    expect(said(scene, '1:05 open BTCUSDT +1 @ 100 x10')).toEqual([]);
    // Back below the share beneath.
    expect(said(scene, '1:06 close BTCUSDT 2001 @ 100')).toEqual([]);
    expect(said(scene, '1:07 close BTCUSDT 1 @ 100')).toEqual([
      'alert gross-margin-recovered info 0.5999 0.6',
    ]);
    expect(said(scene, '1:08 close BTCUSDT 1999 @ 100')).toEqual([]);
    expect(said(scene, '1:09 close BTCUSDT 1 @ 100')).toEqual([
      'alert gross-margin-recovered info 0.3999 0.4',
    ]);
    expect(said(scene, '1:10 close BTCUSDT 3999 @ 100')).toEqual(['alert gross-margin-recovered info 0 0.2']);
  });

  test('and once a day, as prices have moved it', () => {
    const scene = sceneOf({ config: { maxNetDelta: 2 }, held: [{ ...btc, qty: '900' }] });
    expect(said(scene, '1:00 mark BTCUSDT 120')).toEqual([]);
    // 108,000 of 118,000 are 91.5 % of equity.
    expect(said(scene, '24:00 clock')).toEqual([]);
    expect(said(scene, '25:00 mark BTCUSDT 130')).toEqual([]);
    // 117,000 of 127,000.
    expect(said(scene, '48:00 clock')).toEqual([]);
    expect(said(scene, '49:00 transfer -10000')).toEqual([]);
    // 117,000 of 117,000.
    expect(said(scene, '72:00 clock')).toEqual(['alert net-delta info 1 1']);
    expect(said(scene, '96:00 clock')).toEqual([]);
  });

  test.each([
    ['positions', { maxPositions: 4 }, 'positions', 2],
    ['gross-notional', { maxGrossNotional: 4 }, 'grossNotional', 2],
    ['net-delta', { maxNetDelta: 4 }, 'netDelta', 2],
    ['open-risk', { maxOpenRisk: 0.1 }, 'openRisk', 0.05],
    ['sector-margin', { maxSectorMargin: 0.2 }, 'sectorMargin', 0.1],
    ['symbol-margin', { maxSymbolMargin: 0.2 }, 'symbolMargin', 0.1],
    ['venue-share', { maxVenueShare: 1 }, 'venueShare', 1],
  ] as const)('of every limit: %s', (rule, config, measure, observed) => {
    const held = [
      { ...btc, sector: 'layer1', stop: '98' },
      { ...eth, sector: 'defi', stop: '97' },
    ];
    const [alert, ...others] = tellLine(sceneOf({ config, held }), '24:00 clock');
    expect(alert).toMatchObject({ kind: 'alert', rule, measure });
    expect(alert?.observed).toBeCloseTo(observed, 12);
    expect(others).toEqual([]);
  });

  test('each limit has its own shares', () => {
    const scene = sceneOf({ config: { maxGrossMargin: 0.8, maxNetDelta: 8 } });
    expect(said(scene, '1:00 open BTCUSDT +4000 @ 100 x10')).toEqual([
      'alert gross-margin info 0.4 0.4',
      'alert net-delta info 4 4',
    ]);
    // A short adds to the one and takes from the other.
    expect(said(scene, '2:00 open ETHUSDT -2001 @ 100 x10')).toEqual([
      'alert gross-margin warning 0.6001 0.6',
      'alert net-delta-recovered info 1.999 2',
    ]);
  });

  test('of sectors the fullest, wherever it stands; positions without one belong to none', () => {
    const fuller = [
      { ...btc, qty: '2500', sector: 'layer1' },
      { ...eth, sector: 'defi' },
    ];
    expect(said(sceneOf({ config: { maxSectorMargin: 0.5 }, held: fuller }), '24:00 clock')).toEqual([
      'alert sector-margin info 0.25 0.25',
    ]);
    const held = [
      { ...btc, sector: 'layer1' },
      { ...eth, qty: '2500', sector: 'defi' },
      { ...btc, symbol: 'SOLUSDT', qty: '5000' },
    ];
    expect(said(sceneOf({ config: { maxSectorMargin: 0.5 }, held }), '24:00 clock')).toEqual([
      'alert sector-margin info 0.25 0.25',
    ]);
    const none = [{ ...btc, qty: '5000' }];
    expect(said(sceneOf({ config: { maxSectorMargin: 0.5 }, held: none }), '24:00 clock')).toEqual([]);
  });

  test('nothing of an account that has nothing', () => {
    const poor = sceneOf({
      config: { maxGrossMargin: 0.8 },
      held: [{ ...btc, qty: '1' }],
      account: { balance: '10' },
    });
    tellLine(poor, '0:00 mark BTCUSDT 80');
    expect(said(poor, '24:00 clock')).toEqual([]);
  });
});

test('a held book that breaks a limit is never cut (RULES 3.1), and takes no new risk', () => {
  const config = { maxGrossMargin: 0.05, maxSymbolMargin: 0.05, maxNetDelta: 0.5, maxPositions: 1 };
  const text = `0:00 mark BTCUSDT 99
    1:00 order BTCUSDT +1 @ 99 x10 -> portfolio-limits deny positions 0
    1:00 order BTCUSDT -1000 @ 99 x10 -> engine allow within-limits 1000`;
  told({ config, held: [btc, eth] }, text);
});

test('an account without equity takes no new risk: every limit says so', () => {
  const config = {
    maxGrossMargin: 0.8,
    maxGrossNotional: 2,
    maxNetDelta: 2,
    maxOpenRisk: 0.1,
    maxSectorMargin: 0.3,
    maxSymbolMargin: 0.3,
    maxVenueShare: 0.5,
  };
  for (const mark of [90, 80]) {
    const scene = sceneOf({ config, held: [{ ...btc, qty: '1' }], account: { balance: '10' } });
    tellLine(scene, `0:00 mark BTCUSDT ${mark}`);
    const said = first(tellLine(scene, '0:00 order ETHUSDT -0.01 @ 100 x10 stop=101 sector=defi'));
    expect(said.kind).toBe('deny');
    expect(
      said.reasons.map(({ rule, severity, observed, threshold }) => [rule, severity, observed, threshold]),
    ).toEqual([
      ['gross-margin', 'warning', null, 0.8],
      ['gross-notional', 'warning', null, 2],
      ['net-delta', 'warning', null, 2],
      ['open-risk', 'warning', null, 0.1],
      ['sector-margin', 'warning', null, 0.3],
      ['symbol-margin', 'warning', null, 0.3],
      ['venue-share', 'warning', null, 0.5],
    ]);
    expect(said.uses.map(({ use }) => use)).toEqual(Array.from({ length: 7 }, () => 1));
  }
});

test('its rules: dead where they are switched off', () => {
  const rules = [
    'positions',
    'gross-margin',
    'gross-notional',
    'net-delta',
    'open-risk',
    'sector-margin',
    'symbol-margin',
    'venue-share',
  ];
  expect(sceneOf().engine.guards[0]?.rules()).toEqual(
    rules.map((rule) => ({ rule, dead: 'it is switched off' })),
  );
  const all = {
    maxPositions: 1,
    maxGrossMargin: 1,
    maxGrossNotional: 1,
    maxNetDelta: 1,
    maxOpenRisk: 1,
    maxSectorMargin: 1,
    maxSymbolMargin: 1,
    maxVenueShare: 1,
  };
  const scene = sceneOf({ config: all });
  expect(scene.engine.guards[0]?.rules()).toEqual(rules.map((rule) => ({ rule, dead: null })));
  // Broken by an order that breaks them, until the next that does not.
  tellLine(scene, '1:00 order BTCUSDT +20000 @ 100 x10 stop=1 sector=layer1');
  expect(scene.engine.state.rules.map(({ rule, since }) => [rule, since])).toEqual(
    rules.map((rule) => [rule, rule === 'positions' || rule === 'venue-share' ? null : 3_600_000]),
  );
});
