/** Books that settle in coin: every amount of a stress test is in the currency of the account. Figures by hand. */
import { describe, expect, test } from 'vitest';
import { bookOf } from '../../../src/io/portfolio-text.ts';
import type { OurFault } from '../../../src/model/scenario.ts';
import { portfolioOf } from '../../../src/studies/stress/portfolio.ts';
import { hours, START, smallScenario, statedAsset } from '../../support/small-scenario.ts';
import { resultOf, stressOf, venues } from '../../support/stress-study.ts';
import { HOUR } from '../../support/venue-scene.ts';

const none = ['engine.guards=[]'];
const contract = 'symbol: XBTUSD, qty: 10000, entry: 50000, leverage: 5, contract: inverse';
const coinBook = `account: { balance: 0.5, currency: BTC, venue: test, marginMode: cross }
positions:
  - { ${contract} }
`;
const dollarBook = `account: { currency: USDT, venue: test, marginMode: cross, collateral: [{ asset: BTC, qty: 0.5 }] }
positions:
  - { ${contract}, mark: 50000 }
`;

/** At 50,000 for three hours, then down to an end. */
const falling = (end: number) =>
  smallScenario({ stated: [statedAsset('BTC', hours([-48, 50_000], [0, 50_000], [3, 50_000], [24, end]))] });

describe('10,000 contracts of a dollar at 50,000 on half a bitcoin', () => {
  test('are 0.2 BTC of notional where the account is reported in coin, 0.4 times its equity', () => {
    // 10,000 / 50,000 = 0.2; 0.2 / 0.5 = 0.4.
    expect(portfolioOf(bookOf(coinBook, 'book.yaml'))).toMatchObject({
      currency: 'BTC',
      equity: '0.5',
      grossExposure: '0.2',
      netExposure: '0.2',
      leverage: 0.4,
    });
  });

  test('and 10,000 dollars where it is reported in dollars, on 25,000', () => {
    expect(portfolioOf(bookOf(dollarBook, 'book.yaml'))).toMatchObject({
      currency: 'USDT',
      equity: '25000',
      grossExposure: '10000',
      leverage: 0.4,
    });
  });

  test('a short stands with its sign, and its result since the entry in coin', () => {
    const book = coinBook.replace('qty: 10000', 'qty: -10000, mark: 40000');
    // -10,000 / 40,000 = -0.25; -10,000 x (1 / 50,000 - 1 / 40,000) = 0.05.
    expect(portfolioOf(bookOf(book, 'book.yaml'))).toMatchObject({
      equity: '0.55',
      grossExposure: '0.25',
      netExposure: '-0.25',
    });
  });

  test('a fall to 40,000 costs 0.05 BTC: in the run, the position and the shock', () => {
    // 10,000 x (1 / 50,000 - 1 / 40,000) = -0.05; by the shock 10,000 x -0.2 / (50,000 x 0.8).
    const { shock, positions, unprotected } = resultOf(falling(40_000), { book: coinBook, set: none });
    expect(unprotected).toMatchObject({ currency: 'BTC', startEquity: '0.5', endEquity: '0.45' });
    expect(positions[0]?.unprotected).toBeCloseTo(-0.05, 12);
    expect(shock.pnl).toBeCloseTo(-0.05, 12);
    expect(shock.equityAfter).toBe('0.45');
  });

  test('in dollars that is 2,000 at 40,000, and the coin falls beside it', () => {
    // 0.45 x 40,000 = 18,000 of 25,000: -0.05 x 40,000 by the contract, 0.5 x -10,000 by the coin.
    const { shock, positions, unprotected } = resultOf(falling(40_000), { book: dollarBook, set: none });
    expect(unprotected).toMatchObject({ currency: 'USDT', startEquity: '25000', endEquity: '18000' });
    expect(positions[0]?.unprotected).toBeCloseTo(-2000, 9);
    expect(shock.pnl).toBeCloseTo(-2000, 9);
    expect(shock.equityAfter).toBe('18000');
  });

  test('liquidated or not, a position is told in one currency: it is what the account lost', () => {
    const book = coinBook.replace('marginMode: cross', 'marginMode: isolated');
    const { positions, unprotected } = resultOf(falling(30_000), { book, set: none });
    expect(unprotected.liquidations).toHaveLength(1);
    // The margin is 0.2 / 5 = 0.04, and no more can go.
    const lost = Number(unprotected.endEquity) - 0.5;
    expect(lost).toBeLessThan(-0.03);
    expect(lost).toBeGreaterThanOrEqual(-0.04);
    expect(positions[0]?.unprotected).toBeCloseTo(lost, 9);
  });

  test('the mark of the contract values the coin, whatever else the file says of it', () => {
    const collateral = [{ asset: 'BTC', points: hours([0, 1000], [24, 10]) }];
    const { mapping, unprotected } = resultOf(
      { ...falling(40_000), collateral },
      { book: dollarBook, set: none },
    );
    expect(mapping.map(({ symbol }) => symbol)).toEqual(['XBTUSD']);
    expect(unprotected.endEquity).toBe('18000');
  });

  test('a coin account that calls its coin XBT has no other collateral', () => {
    const book = coinBook
      .replace('balance: 0.5,', '')
      .replace('cross }', 'cross, collateral: [{ asset: XBT, qty: 0.5 }] }');
    const { mapping, unprotected } = resultOf(falling(40_000), { book, set: none });
    expect(mapping.map(({ symbol }) => symbol)).toEqual(['XBTUSD']);
    expect(unprotected.endEquity).toBe('0.45');
  });
});

describe('equity at the start', () => {
  const flood: OurFault = {
    kind: 'orders',
    from: START + HOUR,
    to: START + 2 * HOUR,
    every: HOUR / 6,
    asset: 'largest',
    side: 1,
    notional: 0.05,
    leverage: 5,
    strategy: null,
    confidence: null,
  };

  test('orders of 5 % of it are 1,250 contracts each, in coin and in dollars', () => {
    // 0.05 x 0.5 x 50,000 = 0.05 x 25,000 = 1,250; six of them and 10,000: 17,500 x (1 / 50,000 - 1 / 40,000) = -0.0875.
    const scenario = { ...falling(40_000), faults: [flood] };
    const coin = resultOf(scenario, { book: coinBook, set: none });
    expect(coin.unprotected.endEquity).toBe('0.4125');
    expect(coin.positions[0]?.unprotected).toBeCloseTo(-0.0875, 12);
    // 0.4125 x 40,000
    expect(resultOf(scenario, { book: dollarBook, set: none }).unprotected.endEquity).toBe('16500');
  });

  test('makes the venue with half a bitcoin the largest beside one with 20,000 dollars', () => {
    const book = `accounts:
  - { id: coins, currency: USDT, venue: test, marginMode: cross, collateral: [{ asset: BTC, qty: 0.5 }] }
  - { id: dollars, currency: USDT, venue: other, marginMode: cross, balance: 20000 }
positions:
  - { ${contract}, account: coins }
`;
    const dead = smallScenario({
      stated: [statedAsset('BTC', hours([-48, 100], [24, 100]))],
      venue: [{ kind: 'bankruptcy', venue: 'largest', at: START + HOUR, recovery: 0 }],
    });
    const both = [...venues, ...venues.map((one) => ({ ...one, name: 'other' }))];
    const { unprotected } = resultOf(dead, { book, set: none, venues: both });
    expect(unprotected).toMatchObject({
      startEquity: '45000',
      endEquity: '20000',
      counterpartyLoss: '25000',
    });
  });

  test('is the same in the head of the report as in the run, for books of every kind', () => {
    const linear = (
      more: string,
    ) => `account: { currency: USDT, venue: test, marginMode: cross, collateral: [${more}] }
positions:
  - { symbol: BTCUSDT, qty: 0.1, entry: 50000, leverage: 5, mark: 52000 }
  - { symbol: ETHUSDT, qty: 3, entry: 2000, type: spot, mark: 3000, haircut: 0.1 }
`;
    const books = [
      coinBook,
      dollarBook,
      linear('{ asset: USDT, qty: 1000 }, { asset: USDC, qty: 500, haircut: 0.05 }'),
      linear('{ asset: USDT, qty: 1000 }, { asset: SOL, qty: 10, price: 150, haircut: 0.2 }'),
    ];
    const heads = books.map((book) => {
      const { portfolio, scenarios } = stressOf([falling(40_000)], { book, set: none }).result;
      return [portfolio.equity, scenarios[0]?.unprotected.startEquity];
    });
    // 1,000 + 475 + 200 + 3 x 3,000 x 0.9 = 9,775; 1,000 + 1,200 + 200 + 8,100 = 10,500.
    expect(heads).toEqual([
      ['0.5', '0.5'],
      ['25000', '25000'],
      ['9775', '9775'],
      ['10500', '10500'],
    ]);
  });

  test('takes a price that only a scenario states from the first that does; without one the asset is worth nothing yet', () => {
    const text = `account: { currency: USDT, venue: test, collateral: [{ asset: USDT, qty: 1000 }, { asset: WBETH, qty: 2 }] }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, leverage: 5 }
`;
    const book = bookOf(text, 'book.yaml');
    const stated = smallScenario({ collateral: [{ asset: 'WBETH', points: hours([0, 4690], [24, 430]) }] });
    expect(portfolioOf(book, [smallScenario(), stated]).equity).toBe('10380');
    expect(portfolioOf(book).equity).toBe('1000');
  });
});
