import { expect, test } from 'vitest';
import { commonReturns, covarianceOf } from '../../../src/studies/stress/reverse-returns.ts';
import { barsOfReturns } from '../../support/reverse-scene.ts';
import { barsOf } from '../../support/venue-scene.ts';

const assets = [
  { name: 'BTC', symbols: [0, 2] },
  { name: 'ETH', symbols: [1] },
];
const symbols = ['BTCUSDT', 'ETHUSDT', 'BTCUSD'];

/** Up and down by turns. */
const turns = (size: number, count: number) =>
  Array.from({ length: count }, (_, i) => (i % 2 === 0 ? size : -size));

test('simple returns of days, one column an asset', () => {
  const bars = [barsOfReturns('BTCUSDT', turns(0.04, 30)), barsOfReturns('ETHUSDT', turns(-0.06, 30))];
  const returns = commonReturns(assets, symbols, bars);
  expect(returns).toMatchObject({ days: 30, reason: null });
  expect(returns.columns[0]?.[0]).toBeCloseTo(0.04, 14);
  expect(returns.columns[0]?.[1]).toBeCloseTo(-0.04, 14);
  expect(returns.columns[1]?.[0]).toBeCloseTo(-0.06, 14);
});

test('30 common days are enough, 29 are not', () => {
  const at = (days: number) =>
    commonReturns(assets, symbols, [
      barsOfReturns('BTCUSDT', turns(0.04, 40)),
      barsOfReturns('ETHUSDT', turns(0.06, days)),
    ]);
  expect(at(30).reason).toBeNull();
  expect(at(29)).toEqual({ columns: [], days: 29, reason: 'needs 30 daily returns in common, has 29' });
});

test('a day that is missing leaves out the two returns beside it', () => {
  const whole = barsOfReturns('BTCUSDT', turns(0.04, 40));
  const cut = (row: number) => (column: Float64Array) => column.filter((_, i) => i !== row);
  const drop = cut(10);
  const holed = {
    ...whole,
    time: drop(whole.time),
    open: drop(whole.open),
    high: drop(whole.high),
    low: drop(whole.low),
    close: drop(whole.close),
    volume: drop(whole.volume),
  };
  expect(commonReturns(assets.slice(0, 1), symbols, [holed]).days).toBe(38);
});

test('bars of hours make days', () => {
  // 32 days of 24 hours, the close of a day is that of its last hour.
  const rows = Array.from({ length: 32 * 24 }, (_, hour) => {
    const close = 100 + Math.floor(hour / 24) + (hour % 24) / 100;
    return [close, close, close, close] as const;
  });
  const returns = commonReturns(assets.slice(0, 1), symbols, [barsOf(rows, { symbol: 'BTCUSDT' })]);
  expect(returns.days).toBe(31);
  expect(returns.columns[0]?.[0]).toBeCloseTo(101.23 / 100.23 - 1, 14);
});

test('what cannot be made says why', () => {
  const btc = barsOfReturns('BTCUSDT', turns(0.04, 40));
  expect(commonReturns(assets, symbols, [btc]).reason).toBe('no bars (--ohlcv) of ETH');
  expect(commonReturns([], symbols, [btc]).reason).toBe('nothing in the book moves with a price');
  const week = { ...btc, interval: 7 * 86_400_000 };
  expect(commonReturns(assets.slice(0, 1), symbols, [week]).reason).toBe('bars of BTCUSDT must divide a day');
});

test('bars of another market of the coin stand in', () => {
  const bars = barsOfReturns('BTCUSDC', turns(0.04, 40));
  expect(commonReturns(assets.slice(0, 1), symbols, [bars]).days).toBe(40);
});

test('the covariance of a crisis keeps volatilities and takes 0.9 between assets', () => {
  const returns = {
    columns: [Float64Array.of(0.04, -0.04), Float64Array.of(-0.06, 0.06)],
    days: 2,
    reason: null,
  };
  // About mean 0: 2 x 0.0016 over one.
  const sample = covarianceOf(returns, 'sample');
  expect(sample[0]).toBeCloseTo(0.0032, 15);
  expect(sample[1]).toBeCloseTo(-0.0048, 15);
  const crisis = covarianceOf(returns, 'crisis');
  expect(crisis[3]).toBeCloseTo(0.0072, 15);
  expect(crisis[1]).toBeCloseTo(0.9 * Math.sqrt(0.0032 * 0.0072), 15);
});
