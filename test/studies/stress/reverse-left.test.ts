/** Losses of the book behind the end of a margin, each by hand before it was solved. */
import { describe, expect, test } from 'vitest';
import type { Book } from '../../../src/model/book.ts';
import { readMargin } from '../../../src/risk/read-margin.ts';
import { leftOf } from '../../../src/studies/stress/reverse-left.ts';
import { outcomesOf } from '../../../src/studies/stress/reverse-outcomes.ts';
import { nearestOutcome } from '../../../src/studies/stress/reverse-plausible.ts';
import { stand, uniformly } from '../../../src/studies/stress/reverse-standing.ts';
import type { Move } from '../../../src/studies/stress/reverse-uniform.ts';
import { readEquity } from '../../../src/venue/account-equity.ts';
import { liquidateBroken } from '../../../src/venue/liquidate.ts';
import { guardsOn } from '../../support/guard-settings.ts';
import { type ReverseSetting, reverseScene, shocksByName, solved } from '../../support/reverse-scene.ts';
import { venueAt } from '../../support/still-venue.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

const symbols = ['BTCUSDT', 'ETHUSDT'];
const marks = [100, 100];
/** Long 1 at 100 on a margin of 10. */
const btc = positionOf({ qty: '1', entry: '100', leverage: 10 });

function rowOf(setting: ReverseSetting, move: Move, name: string) {
  return solved(setting, move).find(({ row }) => row.name === name)?.row;
}

describe('one isolated position beside cash', () => {
  // 100 in all: 100 s is lost until -10 %, then never more than 10.
  const setting = { book: bookOf([btc], { balance: '100' }), marks };
  const fall = shocksByName(solved(setting, 'fall'));

  test.each([
    ['session-limits/daily-loss', -0.03],
    ['circuit-breakers/daily-loss', -0.05],
    ['session-limits/weekly-drawdown', -0.08],
  ])('%s comes before the margin ends', (name, shock) => {
    expect(fall.get(name)).toBeCloseTo(shock, 12);
  });

  test('a limit at the whole margin or beyond never comes, and that is proven', () => {
    // 10 of 100 is not more than 10 %.
    for (const name of ['circuit-breakers/drawdown', 'emergency-stop/drawdown'])
      expect(rowOf(setting, 'fall', name)).toMatchObject({ shock: null, monotone: true });
  });

  test('what is left: at its marks, from bankruptcy on nothing of it', () => {
    const standing = stand(reverseScene(setting).standing);
    const at = (shock: number) => leftOf(standing.at(uniformly(standing, shock)));
    // Liquidated from -9.5 / 99.5 on, of 10 there is 0.2 at -9.8 %.
    expect(at(-0.098).total).toBeCloseTo(90.2, 10);
    expect(at(-0.11).total).toBe(90);
    expect([...at(-0.9).equity]).toEqual([90]);
  });
});

/** Account `a` holds one isolated long on 10, account `b` a cross long of the other coin on `balance`. */
function twoAccounts(balance: string): Book {
  const book = bookOf([btc], { id: 'a', balance: '10' });
  const other = bookOf([], { id: 'b', balance, marginMode: 'cross' });
  const eth = positionOf({ symbol: 'ETHUSDT', qty: '1', entry: '100', leverage: 5, marginMode: 'cross' });
  return {
    ...book,
    accounts: [...book.accounts, ...other.accounts],
    positions: [
      { ...btc, account: 'a' },
      { ...eth, account: 'b' },
    ],
  };
}

describe('two accounts', () => {
  test('behind the end of the first only the second loses', () => {
    // 110: 200 s to -10 %, which loses 20; then 10 + 100 s.
    const setting = { book: twoAccounts('100'), marks, symbols };
    const fall = shocksByName(solved(setting, 'fall'));
    // 10 % of 110 are 11: before. 20 % are 22: 10 + 12.
    expect(fall.get('circuit-breakers/drawdown')).toBeCloseTo(-0.055, 12);
    const stop = rowOf(setting, 'fall', 'emergency-stop/drawdown');
    expect(stop?.shock).toBeCloseTo(-0.12, 12);
    expect(stop?.monotone).toBe(true);
  });

  test('a cross account ends at its equity', () => {
    // 10 and 20: at -20 % all 30 are gone; 80 % are 24: 10 + 14 of the second, at -14 %.
    const stop = (drawdown: number) => ({
      ...guardsOn,
      'emergency-stop': { ...guardsOn['emergency-stop'], drawdown },
    });
    const at = (drawdown: number) =>
      rowOf(
        { book: twoAccounts('20'), marks, symbols, guards: stop(drawdown) },
        'fall',
        'emergency-stop/drawdown',
      );
    expect(at(0.8)?.shock).toBeCloseTo(-0.14, 12);
    expect(at(1)?.shock).toBeNull();
  });

  test('the limit of a venue sees its account alone', () => {
    const limits = [
      { account: 'a', fraction: 0.5 },
      { account: 'b', fraction: 0.15 },
    ];
    const book = { ...twoAccounts('100'), dailyLossLimits: limits };
    const rows = solved({ book, marks, symbols }, 'fall').filter(
      ({ row }) => row.name === 'venue/daily-loss',
    );
    expect(rows.map(({ row }) => [row.account, row.shock])).toEqual([
      ['a', expect.closeTo(-0.05, 12)],
      ['b', expect.closeTo(-0.15, 12)],
    ]);
  });
});

test.each([-0.05, -0.0975, -0.11, -0.19, -0.1985, -0.3])(
  'at %d the venue, which charges nothing, leaves the same',
  (shock) => {
    // Isolated: liquidated from -9.5 / 99.5, bankrupt from -10 %. Cross with 20: from -19.5 / 99.5, and from -20 %.
    const book = twoAccounts('20');
    const standing = stand(reverseScene({ book, marks, symbols }).standing);
    const venue = venueAt({ book, symbols, marks: marks.map((mark) => mark * (1 + shock)) });
    liquidateBroken(venue);
    const equity = new Float64Array(2);
    readMargin(venue.view, venue.prices.mark, 0);
    readEquity(venue.view, venue.prices.mark, 0, equity);
    const left = leftOf(standing.at(uniformly(standing, shock))).equity;
    expect(left[0]).toBeCloseTo(equity[0]!, 10);
    expect(left[1]).toBeCloseTo(equity[1]!, 10);
  },
);

describe('a hedge whose isolated leg ends', () => {
  // Beside the long a cross short of half its size, 100 in all: 50 s is lost to -10 %, 5 in all; from there on 50 s is won.
  const short = positionOf({
    symbol: 'ETHUSDT',
    qty: '-0.5',
    entry: '100',
    leverage: 5,
    marginMode: 'cross',
  });
  const book = bookOf([btc, short], { balance: '100' });
  const moments = [{ barVolatility: 0.0095 }, { barVolatility: 0.0095 }];
  const setting = { book, marks, symbols, moments };

  test('a loss that larger falls make good is found, and not called proven', () => {
    const row = rowOf(setting, 'fall', 'session-limits/daily-loss');
    expect(row?.shock).toBeCloseTo(-0.06, 12);
    expect(row?.monotone).toBe(false);
  });

  test('a loss between two steps of a grid is found as well', () => {
    // The steps of a fall are 1 / 64: none lies between -9.98 % and -10.02 %.
    const guards = {
      ...guardsOn,
      'session-limits': { ...guardsOn['session-limits'], dailyLoss: 0.0499 },
    };
    const row = rowOf({ ...setting, guards }, 'fall', 'session-limits/daily-loss');
    expect(row?.shock).toBeCloseTo(-0.0998, 12);
  });

  test('breakers that stand together for a while only', () => {
    // A jump of ten bar volatilities is 9.5 %; the daily loss is above 4.8 % from -9.6 % to -10.4 %.
    const own = guardsOn['circuit-breakers'];
    const guards = {
      ...guardsOn,
      'circuit-breakers': { ...own, dailyLoss: { ...own.dailyLoss, limit: 0.048 } },
      'emergency-stop': { ...guardsOn['emergency-stop'], breakersAtOnce: 2 },
    };
    const row = rowOf({ ...setting, guards }, 'fall', 'emergency-stop/breakers-at-once');
    expect(row?.shock).toBeCloseTo(-0.096, 12);
    expect(row?.monotone).toBe(false);
  });
});

test('an inverse position in an account of its coin: never more than its margin', () => {
  // 0.5 coins; 10,000 USD at 50,000 on 0.2 / 5 = 0.04: 0.2 / t - 0.2 is lost, 0.04 at t = 5 / 6. 8 % of 0.5 are all of it.
  const position = positionOf({
    symbol: 'BTCUSD',
    contract: 'inverse',
    qty: '10000',
    entry: '50000',
    leverage: 5,
  });
  const book = bookOf([position], { currency: 'BTC', balance: '0.5' });
  const setting = { book, marks: [50_000], symbols: ['BTCUSD'] };
  expect(rowOf(setting, 'fall', 'insolvency')?.shock).toBeCloseTo(-1 / 6, 12);
  // 5 %: 0.025 = 0.2 (1 / t - 1).
  const daily = rowOf(setting, 'fall', 'circuit-breakers/daily-loss');
  expect(daily?.shock).toBeCloseTo(1 / 1.125 - 1, 12);
  expect(daily?.monotone).toBe(true);
  expect(rowOf(setting, 'fall', 'emergency-stop/drawdown')?.shock).toBeNull();
});

describe('the most plausible move behind the end of a margin', () => {
  function nearest(setting: ReverseSetting, name: string, covariance: Float64Array) {
    const standing = stand(reverseScene(setting).standing);
    const outcome = outcomesOf(standing).outcomes.find(({ ref }) => ref.name === name);
    if (outcome === undefined) throw new Error(`no outcome ${name}`);
    return nearestOutcome(standing, outcome, covariance);
  }
  const apart = (a: number, b: number) => Float64Array.of(a * a, 0, 0, b * b);

  test('22 of 110: the first loses all of its 10, and no more counts', () => {
    // max(0, 10 + 100 x) + 12 + 100 y <= 0. Without the end x = y = -11 %; with it x = -10 %, y = -12 %.
    const setting = { book: twoAccounts('100'), marks, symbols };
    const found = nearest(setting, 'emergency-stop/drawdown', apart(0.04, 0.04));
    expect(found?.distance).toBeCloseTo(Math.sqrt(0.01 + 0.0144) / 0.04, 7);
    expect(found?.point[0]).toBeCloseTo(-0.1, 8);
    expect(found?.point[1]).toBeCloseTo(-0.12, 8);
  });

  test('where the margin does not end the plane decides', () => {
    // 11: x = -0.11 x 1 / 5, y = -0.11 x 4 / 5 at volatilities of 3 % and 6 %: 0.11 / sqrt(0.0045) deviations.
    const setting = { book: twoAccounts('100'), marks, symbols };
    const found = nearest(setting, 'circuit-breakers/drawdown', apart(0.03, 0.06));
    expect(found?.distance).toBeCloseTo(0.11 / Math.sqrt(0.0045), 7);
    expect(found?.point[0]).toBeCloseTo(-0.022, 8);
  });

  test('two that move as one: as in a uniform fall, at -12 %', () => {
    const setting = { book: twoAccounts('100'), marks, symbols };
    const found = nearest(setting, 'emergency-stop/drawdown', new Float64Array(4).fill(0.0016));
    expect(found?.distance).toBeCloseTo(3, 7);
  });

  test('what never comes has no nearest move', () => {
    const setting = { book: bookOf([btc], { balance: '100' }), marks };
    expect(nearest(setting, 'emergency-stop/drawdown', Float64Array.of(0.0016))).toBeNull();
  });

  test('a loss in coin before the end of its margin', () => {
    // 5 % of 0.5 as above: t = 1 / 1.125.
    const position = positionOf({
      symbol: 'BTCUSD',
      contract: 'inverse',
      qty: '10000',
      entry: '50000',
      leverage: 5,
    });
    const book = bookOf([position], { currency: 'BTC', balance: '0.5' });
    const setting = { book, marks: [50_000], symbols: ['BTCUSD'] };
    const daily = nearest(setting, 'circuit-breakers/daily-loss', Float64Array.of(0.0016));
    expect(daily?.distance).toBeCloseTo((1 - 1 / 1.125) / 0.04, 7);
    expect(nearest(setting, 'emergency-stop/drawdown', Float64Array.of(0.0016))).toBeNull();
  });
});
