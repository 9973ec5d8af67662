/** The probability of a liquidation within the horizon: against its value by hand, and what must hold of it. */
import { describe, expect, it } from 'vitest';
import { garchVolatility } from '../../../src/risk/var/volatility.ts';
import { barsOfReturns, someReturns, varOf } from '../../support/var-study.ts';

const returns = someReturns(300, 5);
const used = returns.slice(-252);
const bars = [barsOfReturns('BTCUSDT', returns)];
const bookAt = (
  leverage: number,
  side = 1,
  mode = 'isolated',
) => `account: { balance: 100, venue: test, marginMode: ${mode} }
positions: [{ symbol: BTCUSDT, qty: ${side}, entry: 100, leverage: ${leverage} }]
`;
const paths = 20_000;
const of = (book: string, ...set: string[]) =>
  varOf(bars, { book, set: [`studies.var.paths=${paths}`, ...set] }).result.liquidationProbability;

describe('the probability of a liquidation', () => {
  // One step of a day: the share of residuals that carry the price to the liquidation price. 20x isolated on one coin at 100
  // holds a margin of 5; maintenance is 1 % at the mark: equity 5 + P - 100 = P / 100 at P = 95 / 0.99.
  it('is the share of past residuals that reach the price, within four of its errors', () => {
    const { garch, residuals, sigmaNext } = garchVolatility(used);
    const limit = Math.log(95 / 0.99 / 100);
    const exact = residuals.filter((one) => garch.mu + sigmaNext * one <= limit).length / residuals.length;
    expect(exact).toBeGreaterThan(0.01);
    const { probability, standardError, probabilityInterval, steps, rows, reason } = of(bookAt(20));
    expect(steps).toBe(1);
    expect(reason).toContain('margins are read at the end of each step of 1d alone');
    expect(rows).toBe(252);
    expect(Math.abs((probability ?? 0) - exact)).toBeLessThan(4 * (standardError ?? 0));
    expect(standardError).toBeCloseTo(Math.sqrt((exact * (1 - exact)) / paths), 3);
    expect(probabilityInterval.low ?? 1).toBeLessThan(probability ?? 0);
    expect(probabilityInterval.high ?? 0).toBeGreaterThan(probability ?? 1);
  });

  it('rises with the leverage of an isolated position, and with the horizon', () => {
    const found = [5, 10, 20, 30].map((leverage) => of(bookAt(leverage)).probability ?? 0);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found[3]).toBeGreaterThan(found[2] ?? 1);
    expect(of(bookAt(20), 'studies.var.horizon=5d').probability).toBeGreaterThan(found[2] ?? 1);
    expect(of(bookAt(20), 'studies.var.horizon=5d').steps).toBe(5);
  });

  it('is 0 where no price liquidates, with an upper end all the same', () => {
    const { probability, standardError, probabilityInterval, reason } = of(bookAt(1, 0.5, 'cross'));
    expect({ probability, standardError }).toEqual({ probability: 0, standardError: null });
    expect(reason).toContain('no way was liquidated: the simulation has no error to tell');
    expect(probabilityInterval.high).toBeGreaterThan(0);
  });

  it('names the scopes that are reached', () => {
    const book = `account: { balance: 100, venue: test, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, leverage: 20, marginMode: isolated }
  - { symbol: ETHUSDT, qty: 0.1, entry: 100, leverage: 2 }
`;
    const both = [...bars, barsOfReturns('ETHUSDT', someReturns(300, 6))];
    const { scopes, probability } = varOf(both, { book, set: ['studies.var.paths=2000'] }).result
      .liquidationProbability;
    expect(scopes.map(({ symbol }) => symbol)).toEqual([null, 'BTCUSDT']);
    expect(scopes[0]?.probability).toBe(0);
    expect(scopes[1]?.probability).toBe(probability);
  });

  it('looks at margins as often as it is asked to, not finer than the bars', () => {
    const hourly = [
      barsOfReturns('BTCUSDT', someReturns(24 * 60, 7, { sigma: 0.01 }), { interval: 3_600_000 }),
    ];
    const by = (step: string) =>
      varOf(hourly, {
        book: bookAt(20),
        set: ['studies.var.window=50', 'studies.var.paths=4000', `studies.var.pathStep=${step}`],
      }).result.liquidationProbability;
    const [fine, coarse, finer] = [by('1h'), by('12h'), by('10m')];
    expect([fine.steps, coarse.steps, finer.steps]).toEqual([24, 2, 24]);
    expect(fine.reason).toBeNull();
    // Between two looks a price may come back.
    expect(fine.probability ?? 0).toBeGreaterThan(coarse.probability ?? 1);
  });

  it('has a reason where it is not told', () => {
    expect(of(bookAt(20), 'studies.var.paths=0')).toMatchObject({
      probability: null,
      reason: 'no ways were asked for',
    });
    const spot = `account: { balance: 100, venue: test }
positions: [{ symbol: BTCUSDT, type: spot, qty: 1, entry: 100 }]
`;
    expect(of(spot).reason).toBe('the book has no position that a venue could liquidate');
    expect(of(bookAt(20), 'studies.var.window=60').reason).toBe(
      'ways need 100 common returns of the past, were 60',
    );
  });
});
