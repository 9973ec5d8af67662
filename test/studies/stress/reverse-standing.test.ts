import { describe, expect, test } from 'vitest';
import type { Book } from '../../../src/model/book.ts';
import {
  bySymbol,
  scopeForm,
  stand,
  totalForm,
  uniformly,
} from '../../../src/studies/stress/reverse-standing.ts';
import { reverseScene } from '../../support/reverse-scene.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

const symbols = ['BTCUSDT', 'BTCUSD', 'ETHUSDT', 'USDCUSDT'];
const marks = [100, 101, 50, 1];
const of = (book: Book) => stand(reverseScene({ book, marks, symbols }).standing);

const linear = positionOf({ qty: '1', entry: '90', marginMode: 'cross' });
const inverse = positionOf({
  symbol: 'BTCUSD',
  contract: 'inverse',
  qty: '1000',
  entry: '100',
  marginMode: 'cross',
});
const collateral = (...assets: readonly (readonly [string, string])[]) =>
  assets.map(([asset, qty]) => ({ asset, qty, haircut: 0, price: null }));

describe('a book under shocks', () => {
  const standing = of(bookOf([linear], { collateral: collateral(['USDT', '200'], ['USDC', '30']) }));

  test('prices are those of now times 1 + shock, losses count from the equity of now', () => {
    const view = standing.at(Float64Array.of(-0.2, 0, 0, 0));
    expect(view.mark[0]).toBeCloseTo(80, 12);
    expect(view.last[0]).toBeCloseTo(80, 12);
    // 200 + 30 + 1 x (80 - 90); at rest 200 + 30 + 10
    expect(view.total).toBeCloseTo(220, 12);
    expect(view.bases).toEqual({ day: 240, weekPeak: 240, peak: 240 });
  });

  test('one shock leaves nothing behind for the next', () => {
    standing.at(Float64Array.of(0.7, 0.7, 0.7, 0));
    expect(standing.at(standing.rest).total).toBeCloseTo(240, 12);
  });

  test('a uniform shock moves all but dollars; an asset moves all of its symbols', () => {
    expect([...uniformly(standing, -0.1)]).toEqual([-0.1, -0.1, -0.1, 0]);
    const both = of(bookOf([linear, inverse], { collateral: collateral(['USDT', '200'], ['BTC', '20']) }));
    expect(both.assets.map(({ name }) => name)).toEqual(['BTC']);
    expect([...bySymbol(both, Float64Array.of(0.3))]).toEqual([0.3, 0.3, 0, 0]);
  });
});

describe('how equity moves with prices', () => {
  test('a straight line of the price without contracts in coin', () => {
    const standing = of(bookOf([linear], { collateral: collateral(['USDT', '200'], ['ETH', '1']) }));
    expect(scopeForm(standing.margin, 0)).toBe('price');
    expect(totalForm(standing)).toBe('price');
  });

  test('coin of contracts in coin is a straight line of 1 / price, worth a straight line of the price', () => {
    const standing = of(bookOf([inverse], { collateral: collateral(['USDT', '200'], ['BTC', '20']) }));
    const held = standing.margin.from.findIndex(
      (_, k) => standing.margin.from[k + 1]! > standing.margin.from[k]!,
    );
    expect(scopeForm(standing.margin, held)).toBe('inverse');
    expect(totalForm(standing)).toBe('price');
    // By the numbers: the equity at +-10 % lies evenly about that of now.
    const at = (shock: number) => standing.at(uniformly(standing, shock)).total;
    expect(at(0.1) + at(-0.1)).toBeCloseTo(2 * at(0), 9);
  });

  test('an account in coin: by its contracts 1 / price, with a linear one neither', () => {
    const inCoin = { currency: 'BTC', balance: '20' };
    expect(totalForm(of(bookOf([inverse], inCoin)))).toBe('inverse');
    expect(totalForm(of(bookOf([inverse, linear], inCoin)))).toBe('mixed');
  });
});
