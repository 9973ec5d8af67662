import { describe, expect, test } from 'vitest';
import { bracketTable } from '../../../src/risk/brackets.ts';
import { outcomesOf } from '../../../src/studies/stress/reverse-outcomes.ts';
import { stand } from '../../../src/studies/stress/reverse-standing.ts';
import { uniformShocks } from '../../../src/studies/stress/reverse-uniform.ts';
import { guardsOff, guardsOn } from '../../support/guard-settings.ts';
import { reverseScene, shocksByName, solved } from '../../support/reverse-scene.ts';
import { bookOf, positionOf, venueOfTable } from '../../support/venue-scene.ts';

const cross = { balance: '10000', marginMode: 'cross' } as const;
/** Long 1 at 50,000 on 10,000 of cash, maintenance 0.5 %, initial margin 5,000: equity 10,000 + 50,000 s. */
const longBook = bookOf([positionOf({ qty: '1', entry: '50000', leverage: 10, marginMode: 'cross' })], cross);

describe('a cross long by hand', () => {
  const fall = solved({ book: longBook, marks: [50_000] }, 'fall');
  const shocks = shocksByName(fall);

  test.each([
    // 10,000 + 50,000 s = limit of the equity of 10,000
    ['session-limits/daily-loss', -0.03 / 5],
    ['circuit-breakers/daily-loss', -0.05 / 5],
    ['session-limits/weekly-drawdown', -0.08 / 5],
    ['circuit-breakers/drawdown', -0.1 / 5],
    ['emergency-stop/drawdown', -0.2 / 5],
    // = bound x 5,000
    ['margin-ladder/monitor-at-0.5', -0.15],
    ['margin-ladder/reduce-25-at-0.3', -0.17],
    ['margin-ladder/reduce-50-at-0.2', -0.18],
    ['margin-ladder/close-at-0.15', -0.185],
    // = level x 250 (1 + s)
    ['account-levels/warning', -9500 / 49_500],
    ['account-levels/critical', -9625 / 49_625],
    ['account-levels/liquidation', -9700 / 49_700],
    ['liquidation', -9750 / 49_750],
    ['first-liquidation', -9750 / 49_750],
    ['insolvency', -0.2],
  ])('%s at %d', (name, shock) => {
    expect(shocks.get(name)).toBeCloseTo(shock, 12);
  });

  test('they stand in the order in which they come, all of them proven', () => {
    const sizes = fall.map(({ row }) => row.shock).filter((shock) => shock !== null);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(fall.map(({ row }) => row.name).slice(0, 3)).toEqual([
      'session-limits/daily-loss',
      'circuit-breakers/daily-loss',
      'session-limits/weekly-drawdown',
    ]);
    expect(fall.every(({ row }) => row.monotone)).toBe(true);
  });

  test('no rise reaches any of them', () => {
    expect(solved({ book: longBook, marks: [50_000] }, 'rise').map(({ row }) => row.shock)).toEqual(
      Array.from({ length: fall.length }, () => null),
    );
  });

  test('levels of the account are of three kinds, and only one of them deleverages', () => {
    const kinds = fall
      .filter(({ row }) => row.name.startsWith('account-levels/'))
      .map(({ row }) => [row.name, row.kind]);
    expect(kinds).toEqual([
      ['account-levels/warning', 'level'],
      ['account-levels/critical', 'deleverage'],
      ['account-levels/liquidation', 'level'],
    ]);
  });
});

describe('other books by hand', () => {
  test('a short is liquidated by a rise', () => {
    // 10,000 - 50,000 s = 250 (1 + s)
    const book = bookOf([positionOf({ qty: '-1', entry: '50000', marginMode: 'cross' })], cross);
    const shocks = shocksByName(solved({ book, marks: [50_000] }, 'rise'));
    expect(shocks.get('liquidation')).toBeCloseTo(9750 / 50_250, 12);
    expect(shocksByName(solved({ book, marks: [50_000] }, 'fall')).get('liquidation')).toBeNull();
  });

  test('a rise of more than 1000 % is not looked for, one of 1000 % is', () => {
    // Short 1 at 100 on B: B - 100 s = 0.5 (1 + s); at s = 10 B is 1005.5.
    const at = (balance: string) => {
      const book = bookOf([positionOf({ qty: '-1', entry: '100', marginMode: 'cross' })], {
        ...cross,
        balance,
      });
      return shocksByName(solved({ book, marks: [100] }, 'rise')).get('liquidation');
    };
    expect(at('1005.49')).toBeCloseTo(10, 3);
    expect(at('1005.51')).toBeNull();
  });

  test('brackets that change on the way: 3,100,000 in the third falls into the second', () => {
    // To 600,000 at 0.5 %, to 3,000,000 at 1 % less 3,000, above 2 % less 33,000. Equity 300,000 + 3,100,000 s; at the
    // crossing the notional is in the second: 300,000 + 3,100,000 s = 31,000 (1 + s) - 3,000.
    const table = bracketTable([
      { cap: 600_000, rate: 0.005, maxLeverage: 100 },
      { cap: 3_000_000, rate: 0.01, maxLeverage: 50 },
      { cap: 1e9, rate: 0.02, maxLeverage: 20 },
    ]);
    const book = bookOf([positionOf({ qty: '31', entry: '100000', marginMode: 'cross' })], {
      ...cross,
      balance: '300000',
    });
    const shocks = shocksByName(solved({ book, marks: [100_000], table }, 'fall'));
    expect(shocks.get('liquidation')).toBeCloseTo(-272_000 / 3_069_000, 12);
  });

  test('contracts in coin: the margin falls with the coin that it is in', () => {
    // 20 coins, long 10,000 USD at 100. With t = 1 + s: equity 120 - 100 / t coins, maintenance 0.5 / t, so t = 0.8375;
    // in dollars 12,000 t - 10,000, so nothing is left at t = 5 / 6, and 95 % of 2,000 at t = 11,900 / 12,000.
    const symbols = ['BTCUSD', 'BTCUSDT'];
    const collateral = [{ asset: 'BTC', qty: '20', haircut: 0, price: null }];
    const position = positionOf({
      symbol: 'BTCUSD',
      contract: 'inverse',
      qty: '10000',
      entry: '100',
      marginMode: 'cross',
    });
    const book = bookOf([position], { marginMode: 'cross', collateral });
    const fall = solved({ book, marks: [100, 100], symbols }, 'fall');
    const shocks = shocksByName(fall);
    expect(shocks.get('liquidation')).toBeCloseTo(-0.1625, 12);
    expect(shocks.get('insolvency')).toBeCloseTo(-1 / 6, 12);
    expect(shocks.get('circuit-breakers/daily-loss')).toBeCloseTo(11_900 / 12_000 - 1, 12);
    expect(fall.every(({ row }) => row.monotone)).toBe(true);
    expect(fall.find(({ row }) => row.name === 'liquidation')?.row.asset).toBe('BTC');
  });

  test('coin that counts as margin falls with the price, a dollar does not', () => {
    // 1 BTC at 100 beside 20 of cash, long 1 at 100: 20 + 100 t + 100 (t - 1) = 0.5 t, so t = 80 / 199.5. In USDC of
    // the same worth: 120 + 100 (t - 1) = 0.5 t, no fall above 100 % does it.
    const position = positionOf({ qty: '1', entry: '100', marginMode: 'cross' });
    const withAsset = (asset: string, qty: string) =>
      bookOf([position], {
        marginMode: 'cross',
        collateral: [
          { asset: 'USDT', qty: '20', haircut: 0, price: null },
          { asset, qty, haircut: 0, price: null },
        ],
      });
    const setting = { symbols: ['BTCUSDT', 'USDCUSDT'], marks: [100, 1] };
    const coin = shocksByName(solved({ book: withAsset('BTC', '1'), ...setting }, 'fall'));
    expect(coin.get('liquidation')).toBeCloseTo(80 / 199.5 - 1, 12);
    const dollars = shocksByName(solved({ book: withAsset('USDC', '100'), ...setting }, 'fall'));
    expect(dollars.get('liquidation')).toBeNull();
  });

  test('a loss beyond the margin of an isolated position is insolvency, also with spare cash (RULES 4.1)', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 20 })], { balance: '10' });
    const fall = solved({ book, marks: [100] }, 'fall');
    const shocks = shocksByName(fall);
    // 5 + 100 s = 0.5 (1 + s), and 5 + 100 s = 0: from there on the fund pays.
    expect(shocks.get('liquidation')).toBeCloseTo(-4.5 / 99.5, 12);
    const row = fall.find(({ row: { name } }) => name === 'insolvency')?.row;
    expect(row?.shock).toBeCloseTo(-0.05, 12);
    expect(row?.monotone).toBe(true);
    // At 1x there is nothing beyond the margin.
    const whole = bookOf([positionOf({ qty: '1', entry: '100', leverage: 1 })], { balance: '110' });
    expect(shocksByName(solved({ book: whole, marks: [100] }, 'fall')).get('insolvency')).toBeNull();
  });

  test('each isolated position has its own liquidation and rungs, the first of them stands beside', () => {
    const book = bookOf([
      positionOf({ qty: '1', entry: '100', leverage: 20 }),
      positionOf({ symbol: 'ETHUSDT', qty: '1', entry: '100', leverage: 10 }),
    ]);
    const fall = solved({ book, marks: [100, 100], symbols: ['BTCUSDT', 'ETHUSDT'] }, 'fall');
    const own = fall
      .filter(({ row }) => row.name === 'liquidation')
      .map(({ row }) => [row.symbol, row.shock]);
    expect(own).toEqual([
      ['BTCUSDT', expect.closeTo(-4.5 / 99.5, 12)],
      ['ETHUSDT', expect.closeTo(-9.5 / 99.5, 12)],
    ]);
    expect(shocksByName(fall).get('first-liquidation')).toBeCloseTo(-4.5 / 99.5, 12);
    expect(fall.filter(({ row }) => row.kind === 'rung')).toHaveLength(8);
  });

  test('what is reached as the book stands has a shock of 0', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);
    const shocks = shocksByName(solved({ book, marks: [94.5] }, 'fall'));
    // 10 - 5.5 of 10 is left: below 0.5.
    expect(shocks.get('margin-ladder/monitor-at-0.5')).toBe(0);
    expect(shocks.get('margin-ladder/reduce-25-at-0.3')).toBeCloseTo(93 / 94.5 - 1, 12);
  });
});

describe('stops', () => {
  const position = positionOf({ qty: '1', entry: '100', stop: '97' });

  test('the stop that the book states, and the one of the engine: the tighter', () => {
    const stated = shocksByName(solved({ book: bookOf([position]), marks: [100] }, 'fall'));
    expect(stated.get('stop')).toBeCloseTo(-0.03, 12);
    // 2 x ATR of 1 below the entry
    const moments = [{ atr: 1, end: 0 }];
    const computed = shocksByName(solved({ book: bookOf([position]), marks: [100], moments }, 'fall'));
    expect(computed.get('stop')).toBeCloseTo(-0.02, 12);
    expect(shocksByName(solved({ book: bookOf([position]), marks: [100] }, 'rise')).get('stop')).toBeNull();
  });

  test('what rests at the venue counts where no guard speaks, by its own price', () => {
    const order = {
      account: 'main',
      symbol: 'BTCUSDT',
      kind: 'stop-market',
      qty: null,
      price: '96',
      trigger: 'mark',
      reduceOnly: true,
      leverage: 1,
      contract: 'linear',
    } as const;
    const book = { ...bookOf([position]), orders: [order] };
    const shocks = shocksByName(solved({ book, marks: [100], last: [99], speaking: [] }, 'fall'));
    expect(shocks.get('stop')).toBeCloseTo(-0.04, 12);
    const onLast = { ...book, orders: [{ ...order, trigger: 'last' as const }] };
    const last = shocksByName(solved({ book: onLast, marks: [100], last: [99], speaking: [] }, 'fall'));
    expect(last.get('stop')).toBeCloseTo(96 / 99 - 1, 12);
  });
});

describe('breakers of a move', () => {
  const moments = [{ barVolatility: 0.004 }];

  test('a jump of ten bar volatilities, up or down', () => {
    for (const [move, shock] of [
      ['fall', -0.04],
      ['rise', 0.04],
    ] as const) {
      const shocks = shocksByName(solved({ book: longBook, marks: [50_000], moments }, move));
      expect(shocks.get('circuit-breakers/data-sanity')).toBeCloseTo(shock, 12);
    }
  });

  test('three at once are the third of them: daily loss at 1 %, drawdown at 2 %, a jump at 4 %', () => {
    const shocks = shocksByName(solved({ book: longBook, marks: [50_000], moments }, 'fall'));
    expect(shocks.get('emergency-stop/breakers-at-once')).toBeCloseTo(-0.04, 12);
  });

  test('the limit that the venue itself watches', () => {
    const book = { ...longBook, dailyLossLimits: [{ account: 'main', fraction: 0.25 }] };
    const fall = solved({ book, marks: [50_000] }, 'fall');
    expect(shocksByName(fall).get('venue/daily-loss')).toBeCloseTo(-0.05, 12);
    expect(fall.find(({ row }) => row.name === 'venue/daily-loss')?.row.account).toBe('main');
  });

  test('what is switched off or does not speak is no outcome', () => {
    const names = (setting: Parameters<typeof solved>[0]) =>
      solved(setting, 'fall').map(({ row }) => row.name);
    expect(names({ book: longBook, marks: [50_000], speaking: [] })).toEqual([
      'liquidation',
      'first-liquidation',
      'insolvency',
    ]);
    const off = names({ book: longBook, marks: [50_000], guards: guardsOff });
    expect(off.filter((name) => !name.startsWith('account-levels/'))).toEqual([
      'liquidation',
      'first-liquidation',
      'insolvency',
    ]);
  });
});

describe('what is not proven', () => {
  test('levels that tighten with the loss are found by steps', () => {
    const levels = guardsOn['account-levels'];
    const dynamic = { ...levels.dynamic, history: [{ drawdownAbove: 0.1, multiplier: 2 }] };
    const guards = { ...guardsOn, 'account-levels': { ...levels, dynamic } };
    const fall = solved({ book: longBook, marks: [50_000], guards }, 'fall');
    const warning = fall.find(({ row }) => row.name === 'account-levels/warning')?.row;
    expect(warning?.monotone).toBe(false);
    // Twice the bound: 10,000 + 50,000 s = 4 x 250 (1 + s)
    expect(warning?.shock).toBeCloseTo(-9000 / 49_000, 10);
    expect(fall.find(({ row }) => row.name === 'liquidation')?.row.monotone).toBe(true);
  });

  test('a scope of linear and inverse legs: an account that is kept in coin', () => {
    const specs = [venueOfTable(bracketTable([{ cap: 1e9, rate: 0.005, maxLeverage: 100 }]))];
    const positions = [
      positionOf({ symbol: 'BTCUSD', contract: 'inverse', qty: '1000', entry: '100', marginMode: 'cross' }),
      positionOf({ symbol: 'ETHBTC', qty: '1', entry: '0.05', marginMode: 'cross' }),
    ];
    const book = bookOf(positions, { currency: 'BTC', balance: '5', marginMode: 'cross' });
    const setting = { book, marks: [100, 0.05], symbols: ['BTCUSD', 'ETHBTC'], specs };
    const liquidation = solved(setting, 'fall').find(({ row }) => row.name === 'liquidation')?.row;
    expect(liquidation?.monotone).toBe(false);
    // 5 + 10 - 10 / t + 0.05 (t - 1) = 0.05 / t + 0.00025 t, times t: 0.04975 t^2 + 14.95 t - 10.05 = 0.
    const root = (-14.95 + Math.sqrt(14.95 * 14.95 + 4 * 0.04975 * 10.05)) / (2 * 0.04975);
    expect(liquidation?.shock).toBeCloseTo(root - 1, 10);
  });
});

test('reading a book under shocks leaves the venue as it was', () => {
  const { standing } = reverseScene({ book: longBook, marks: [50_000] });
  const { venue } = standing;
  const read = () => JSON.stringify([venue.state, venue.prices, venue.view]);
  const before = read();
  const own = stand(standing);
  uniformShocks(own, outcomesOf(own).outcomes, 'fall');
  expect(read()).toBe(before);
});
