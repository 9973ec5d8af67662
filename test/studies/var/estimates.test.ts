/** Returns of several days that share all but one of their days: many to look at, few to learn from. */
import { describe, expect, it } from 'vitest';
import { standardDeviation } from '../../../src/math/moments.ts';
import { barsOfReturns, rowOf, someReturns, varOf } from '../../support/var-study.ts';

const of = (count: number, ...set: string[]) =>
  varOf([barsOfReturns('BTCUSDT', someReturns(count + 9, 1))], {
    set: [`studies.var.window=${count}`, 'studies.var.horizon=10d', 'studies.var.replicates=50', ...set],
  }).result;

describe('252 returns of ten days', () => {
  const result = of(252, 'studies.var.methods=[historical,normal,ewma]');

  it('are as 25: too few for a quantile of 1 in 100', () => {
    const row = rowOf(result, 'historical', 0.99);
    expect(row.valid).toBe(false);
    expect(row.reason).toBe(
      'a window of 252 overlapping returns is as 25 that do not overlap, shorter than 1 / 0.01 = 100 of them',
    );
    expect(rowOf(result, 'historical', 0.95)).toMatchObject({ valid: true, reason: null });
    expect(rowOf(result, 'normal', 0.99)).toMatchObject({ valid: true, reason: row.reason });
  });

  it.each(['historical', 'normal'])('tell no interval of %s', (method) => {
    const none = {
      low: null,
      high: null,
      reason: '252 overlapping returns are as 25 that do not overlap, 30 are needed to resample them',
    };
    expect(rowOf(result, method, 0.95)).toMatchObject({ varInterval: none, esInterval: none });
  });

  it('but ewma goes by the days, which do not overlap', () => {
    expect(rowOf(result, 'ewma', 0.99).varInterval.low).not.toBe(null);
    expect(rowOf(result, 'ewma', 0.99).reason).toBe(null);
  });

  it('know their mean as well as 25.2 do', () => {
    const { parameters } = rowOf(result, 'normal', 0.99);
    const find = (name: string) => parameters.find((one) => one.name === name);
    const sd = find('sd')?.value ?? Number.NaN;
    expect(find('mean')?.standardError).toBeCloseTo(sd / Math.sqrt(25.2), 12);
    expect(sd).toBeCloseTo(result.window.sd, 12);
    expect(standardDeviation(Float64Array.of(-1, 1))).toBeCloseTo(Math.SQRT2, 12);
  });
});

it('1,000 are as 100: resampled for a normal distribution, with 5 beyond the historical VaR too few', () => {
  const result = of(1000, 'studies.var.methods=[historical,normal]');
  expect(rowOf(result, 'historical', 0.99).valid).toBe(true);
  expect(rowOf(result, 'historical', 0.95).varInterval).toEqual({
    low: null,
    high: null,
    reason:
      '1000 overlapping returns are as 100 that do not overlap, 5.00 of them beyond the VaR: 10 are needed to tell its spread',
  });
  expect(rowOf(result, 'normal', 0.95).varInterval.low).not.toBe(null);
});

it('Cornish-Fisher is not valid where most histories like this one leave its domain', () => {
  // Normal returns lie at the edge of the domain, which they leave where they have less kurtosis than a normal distribution.
  const rows = Array.from({ length: 12 }, (_, seed) => {
    const { result } = varOf([barsOfReturns('BTCUSDT', someReturns(300, seed))], {
      set: ['studies.var.methods=[cornish-fisher]', 'studies.var.replicates=100', 'studies.var.meanBlock=1'],
    });
    return rowOf(result, 'cornish-fisher', 0.99);
  });
  const failures = ({ varInterval }: (typeof rows)[number]) =>
    Number(/no figure for (\d+) of 100/.exec(varInterval.reason ?? '')?.[1] ?? 0);
  const withFigure = rows.filter(({ varRaw }) => varRaw !== null);
  expect(withFigure.some((one) => failures(one) > 50)).toBe(true);
  for (const one of withFigure) expect(one.valid).toBe(failures(one) <= 50);
  const byChance = withFigure.find((one) => failures(one) > 50);
  expect(byChance?.reason).toMatch(
    /no figure for \d+ of 100 resampled histories: that it has one .* is chance/,
  );
});

describe('simulated days', () => {
  const bars = ['BTCUSDT', 'ETHUSDT'].map((symbol, i) =>
    barsOfReturns(symbol, someReturns(300, i + 1, { sigma: 0.05 })),
  );
  const set = ['studies.var.horizon=10d', 'studies.var.methods=[fhs,garch]', 'studies.var.refits=2'];
  const bookOf = (...positions: string[]) =>
    `account: { balance: 1000, venue: test, marginMode: cross }\npositions:\n${positions.join('\n')}\n`;
  const btc = '  - { symbol: BTCUSDT, qty: -1, entry: 100, leverage: 2 }';
  const eth = '  - { symbol: ETHUSDT, qty: 1, entry: 100, leverage: 2 }';
  const summed = 'simple returns of several days are added up: the book is not valued anew at their end';

  it('move the price of a book of one price on and on: a short loses more than the sum', () => {
    const short = varOf(bars.slice(0, 1), { book: bookOf(btc), set }).result;
    const added = varOf(bars.slice(0, 1), {
      book: bookOf(btc),
      set: [...set, 'studies.var.returns=log'],
    }).result;
    const [row, log] = [rowOf(short, 'fhs', 0.99), rowOf(added, 'fhs', 0.99)];
    expect(row.valid).toBe(true);
    expect(row.reason).not.toContain(summed);
    // The log move of the same tail, put into the price: 100 (e^x - 1).
    expect(Number(row.var) / (100 * Math.expm1(Number(log.var) / 100))).toBeCloseTo(1, 1);
    expect(row.varInterval.reason).toContain('the standard error of pathVar');
    expect(row.parameters.find(({ name }) => name === 'pathVar')?.standardError).toBeGreaterThan(0);
  });

  it('are not valid where simple returns of several prices are added up, nor for garch', () => {
    const { result } = varOf(bars, { book: bookOf(btc, eth), set });
    for (const method of ['fhs', 'garch']) {
      const row = rowOf(result, method, 0.99);
      expect(row.valid).toBe(false);
      expect(row.reason).toContain(summed);
    }
  });

  it('add up as logs do', () => {
    const { result } = varOf(bars, { book: bookOf(btc, eth), set: [...set, 'studies.var.returns=log'] });
    expect(rowOf(result, 'fhs', 0.99)).toMatchObject({ valid: true });
    expect(rowOf(result, 'garch', 0.99)).toMatchObject({ valid: true });
  });
});
