/** Value at risk of books: goldens of other hands, sums by hand, and what must hold of any book. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookOf } from '../../src/io/portfolio-text.ts';
import { legsOf } from '../../src/studies/var/legs.ts';
import { varMethods } from '../../src/studies/var/methods.ts';
import type { VarResult } from '../../src/studies/var-result.ts';
import small from '../golden/small-returns.json' with { type: 'json' };
import synthetic from '../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../golden/var-es.json' with { type: 'json' };
import { barsOfReturns, DAY, plainBook, quick, rowOf, someReturns, varOf } from '../support/var-study.ts';

const all = [barsOfReturns('BTCUSDT', synthetic.returns)];
const log = 'studies.var.returns=log';
const at = (...confidences: number[]) => `studies.var.confidences=[${confidences.join(',')}]`;

describe('VaR of one coin without leverage equals the goldens of its returns', () => {
  const { result } = varOf(all, { set: [log, 'studies.var.window=1500', at(0.95, 0.975, 0.99)] });
  it.each([0.05, 0.025, 0.01])('historical, normal, Student t and Cornish-Fisher at a tail of %d', (tail) => {
    const of = <T extends { tail: number }>(rows: readonly T[]) => rows.find((one) => one.tail === tail);
    const own = (method: string) => rowOf(result, method, 1 - tail);
    const { historical, normal, studentMle, cornishFisher } = golden.synthetic;
    expect(own('historical').varFraction).toBeCloseTo(of(historical)?.linear ?? 0, 12);
    expect(own('historical').esFraction).toBeCloseTo(of(historical)?.es ?? 0, 12);
    expect(own('normal').varFraction).toBeCloseTo(of(normal)?.sample.VaR ?? 0, 12);
    expect(own('normal').esFraction).toBeCloseTo(of(normal)?.sample.ES ?? 0, 12);
    // A maximum of likelihood is flat: scipy stops within a millionth of it.
    expect(own('student-t').varFraction).toBeCloseTo(of(studentMle.rows)?.var ?? 0, 6);
    expect(own('cornish-fisher').varFraction).toBeCloseTo(of(cornishFisher)?.var ?? 0, 12);
    expect(own('cornish-fisher').esFraction).toBeCloseTo(of(cornishFisher)?.operational ?? 0, 12);
    // A wallet of 100 and one coin at 100.
    expect(Number(own('historical').var)).toBeCloseTo(100 * (of(historical)?.linear ?? 0), 7);
  });

  it('and the GARCH fit of them', () => {
    const sigma = rowOf(result, 'garch', 0.99).parameters.find(({ name }) => name === 'sigmaNext');
    expect(sigma?.value).toBeCloseTo(golden.synthetic.garchMleNormal.sigmaNext, 6);
  });

  it.each(['lower', 'higher'] as const)('the quantile %s', (quantile) => {
    const set = [log, 'studies.var.window=1500', at(0.99), `studies.var.quantile=${quantile}`];
    const own = rowOf(varOf(all, { set }).result, 'historical', 0.99);
    const row = golden.synthetic.historical.find(({ tail }) => tail === 0.01);
    expect(own.varFraction).toBeCloseTo(row?.[quantile] ?? 0, 12);
  });

  it('twenty returns are refused by their window', () => {
    expect(() => varOf([barsOfReturns('BTCUSDT', small.returns)])).toThrow(
      /SERIES_SHORT: a window must have 252 returns of 1d in common \(253 closes\), was 20/,
    );
  });
});

describe('sums by hand', () => {
  // 40 days that fall by a half, then by a fifth, then do not move.
  const moves = Float64Array.from({ length: 40 }, (_, i) =>
    i === 3 ? Math.log(0.5) : i === 9 ? Math.log(0.8) : 0,
  );
  const set = [
    'studies.var.window=40',
    'studies.var.methods=[historical]',
    at(0.95),
    'studies.var.quantile=lower',
  ];

  it('a linear position loses its fall', () => {
    const { result } = varOf([barsOfReturns('BTCUSDT', moves)], { set });
    // The tail of 5 % is the two worst of 40: the second worst loses 20, the mean of both is 35.
    const row = rowOf(result, 'historical', 0.95);
    expect(Number(row.var)).toBeCloseTo(20, 6);
    expect(Number(row.es)).toBeCloseTo(35, 6);
    expect(result.window).toMatchObject({ returns: 40, from: DAY, to: 41 * DAY });
    expect(Number(result.window.worst)).toBeCloseTo(50, 6);
  });

  it('by logs it is its exposure times the log move', () => {
    const { result } = varOf([barsOfReturns('BTCUSDT', moves)], { set: [...set, log] });
    expect(Number(rowOf(result, 'historical', 0.95).es)).toBeCloseTo(50 * (Math.log(2) + Math.log(1.25)), 5);
  });

  it('a short gains what a long loses: no loss at this confidence', () => {
    const book = plainBook.replace('qty: 1', 'qty: -1');
    const rises = moves.map((one) => (one === 0 ? -0.01 : one));
    const { result } = varOf([barsOfReturns('BTCUSDT', rises)], { book, set });
    const row = rowOf(result, 'historical', 0.95);
    expect(Number(row.varRaw)).toBeCloseTo(100 * (Math.exp(-0.01) - 1), 6);
    expect(row).toMatchObject({ var: '0', varFraction: 0, reason: 'no loss at this confidence' });
  });

  it('an inverse position on a wallet of its coin: the coin falls, and so does what it has made', () => {
    // 1 BTC and 100 contracts from 100: worth 1 x P, and P - 100 of the position; at 50 that is 50 + -50.
    const book = `account: { currency: USD, venue: test, marginMode: cross, collateral: [{ asset: BTC, qty: 1 }] }
positions: [{ symbol: BTCUSD, contract: inverse, qty: 100, entry: 100, leverage: 1 }]
`;
    const { result } = varOf([barsOfReturns('BTCUSD', moves)], { book, set });
    expect(result.portfolio).toMatchObject({ equity: '100', grossExposure: '200', leverage: 2 });
    expect(Number(result.window.worst)).toBeCloseTo(100, 6);
    expect(result.portfolio.positions.map(({ kind }) => kind)).toEqual(['collateral', 'perp']);
  });

  it('the same in an account that is kept in coin: 1 / P is valued anew', () => {
    const book = `account: { currency: BTC, balance: 1, venue: test, marginMode: cross }
positions: [{ symbol: BTCUSD, contract: inverse, qty: 100, entry: 100, leverage: 1 }]
`;
    const { result } = varOf([barsOfReturns('BTCUSD', moves)], { book, set });
    // 100 / 100 - 100 / 50 = -1 BTC: twice the half that first order would say.
    expect(result.portfolio).toMatchObject({ currency: 'BTC', equity: '1', grossExposure: '1' });
    expect(Number(result.window.worst)).toBeCloseTo(1, 8);
  });

  it('several days overlap, and say so', () => {
    const { result, fidelity } = varOf([barsOfReturns('BTCUSDT', moves)], {
      set: [...set, 'studies.var.window=31', 'studies.var.horizon=10d'],
    });
    expect(result.window).toMatchObject({ returns: 31, overlapping: true, horizon: 10 * DAY });
    // Days 4 and 10 lie in one window of ten days: 0.5 x 0.8 = 0.4.
    expect(Number(result.window.worst)).toBeCloseTo(60, 6);
    expect(fidelity).toContain('overlapping');
  });

  it('a day without all of its bars is dropped, and the next one stays', () => {
    const hourly = barsOfReturns('BTCUSDT', someReturns(24 * 40, 3), { interval: 3_600_000 });
    const keep = Array.from(hourly.time.keys()).filter((i) => i !== 24 * 5 + 7);
    const column = (xs: Float64Array) => Float64Array.from(keep, (i) => xs[i] ?? 0);
    const { open, high, low, close, volume, time } = hourly;
    const holed = {
      ...hourly,
      open: column(open),
      high: column(high),
      low: column(low),
      close: column(close),
      volume: column(volume),
      time: column(time),
    };
    const one = ['studies.var.window=30', 'studies.var.methods=[historical]'];
    expect(varOf([hourly], { set: one }).result.window.dropped).toBe(0);
    expect(varOf([holed], { set: one }).result.window.dropped).toBe(1);
    // 40 days have 39 returns; the hole costs one.
    expect(() => varOf([holed], { set: ['studies.var.window=39'] })).toThrow(/39 returns.*was 38/);
  });
});

const btc = someReturns(300, 1);
const eth = someReturns(300, 2, { shared: btc });
const sol = someReturns(300, 3, { shared: btc, share: 0.5, sigma: 0.06 });
const three = [barsOfReturns('BTCUSDT', btc), barsOfReturns('ETHUSDT', eth), barsOfReturns('SOLUSDT', sol)];
const bookOfThree = (
  a: number,
  b: number,
  c: number,
) => `account: { balance: 1000, venue: test, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: ${a}, entry: 100, leverage: 2 }
  - { symbol: ETHUSDT, qty: ${b}, entry: 100, leverage: 2 }
  - { symbol: SOLUSDT, qty: ${c}, entry: 100, leverage: 2 }
`;

const sizes = fc.integer({ min: -9, max: 9 }).filter((one) => one !== 0);

describe('of any book', () => {
  it('VaR and ES rise with the confidence, and the ES is not below the VaR', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, (a, b, c) => {
        const { result } = varOf(three, { book: bookOfThree(a, b, c), set: [at(0.9, 0.95, 0.99)] });
        for (const method of varMethods) {
          const rows = result.methods.filter((one) => one.method === method && one.varRaw !== null);
          rows.forEach(({ varRaw, es, var: own }, i) => {
            expect(Number(es)).toBeGreaterThanOrEqual(Number(own));
            if (i > 0) expect(Number(varRaw)).toBeGreaterThanOrEqual(Number(rows[i - 1]?.varRaw));
          });
        }
      }),
      { numRuns: 8 },
    );
  });

  it('doubling a linear book doubles every figure of it', () => {
    const of = (times: number) => varOf(three, { book: bookOfThree(3 * times, -2 * times, times) }).result;
    const [once, twice] = [of(1), of(2)];
    once.methods.forEach(({ varRaw, es }, i) => {
      expect(Number(twice.methods[i]?.varRaw)).toBeCloseTo(2 * Number(varRaw), 5);
      expect(Number(twice.methods[i]?.es)).toBeCloseTo(2 * Number(es), 5);
    });
  });

  it('components sum to varRaw and to the ES', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, (a, b, c) => {
        const { result } = varOf(three, {
          book: bookOfThree(a, b, c),
          set: ['studies.var.methods=[historical,normal]'],
        });
        for (const { method, confidence, varRaw, es } of result.methods) {
          const own = result.components.filter(
            (one) => one.method === method && one.confidence === confidence,
          );
          const sum = (key: 'componentVar' | 'componentEs') =>
            own.reduce((all, one) => all + Number(one[key]), 0);
          expect(sum('componentVar')).toBeCloseTo(Number(varRaw), 6);
          expect(sum('componentEs')).toBeCloseTo(Number(es), 6);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('the order of positions and of files changes not a byte', () => {
    const book = bookOfThree(3, -2, 1);
    const [head = '', second = '', ...rows] = book.trim().split('\n');
    const turned = [head, second, ...rows.toReversed()].join('\n');
    const set = ['studies.var.paths=200', 'studies.var.replicates=20', 'studies.var.correlation=crisis'];
    const a = varOf(three, { book, set }).result;
    const b = varOf(three.toReversed(), { book: turned, set }).result;
    expect(JSON.stringify(b)).toBe(JSON.stringify(a));
  });

  it('incremental VaR is what its absence saves', () => {
    const { components } = varOf(three, { book: bookOfThree(3, -2, 1) }).result;
    const without = varOf(three, { book: bookOfThree(3, -2, 1).replace(/.*SOLUSDT.*\n/, '') }).result;
    for (const method of ['historical', 'normal'] as const) {
      const own = components.find(
        (one) => one.method === method && one.symbol === 'SOLUSDT' && one.confidence === 0.99,
      );
      const all = components.filter((one) => one.method === method && one.confidence === 0.99);
      const total = all.reduce((sum, one) => sum + Number(one.componentVar), 0);
      const left = Number(rowOf(without, method, 0.99).varRaw);
      expect(Number(own?.incrementalVar)).toBeCloseTo(total - left, 6);
    }
  });
});

describe('what is said rather than computed', () => {
  it('a price that never moves gives 0 by every method', () => {
    const { result } = varOf([barsOfReturns('BTCUSDT', new Float64Array(300))], {
      set: ['studies.var.paths=100'],
    });
    expect(result.methods).toHaveLength(16);
    for (const { var: own, es, varRaw, valid, reason } of result.methods) {
      expect({ own, es, varRaw, valid }).toEqual({ own: '0', es: '0', varRaw: '0', valid: true });
      expect(reason).toBe('the returns never change: every one is 0');
    }
    expect(result.liquidationProbability.probability).toBe(0);
    expect(result.liquidationProbability.reason).toContain('never changed');
  });

  it('a shorter history shortens the window of all, flagged; a proxy lends its moves', () => {
    const young = barsOfReturns('SOLUSDT', sol.slice(-100), { start: 200 * DAY });
    const short = varOf([...three.slice(0, 2), young], { book: bookOfThree(1, 1, 1) });
    expect(short.result.window).toMatchObject({ returns: 100, asked: 252 });
    expect(short.fidelity).toContain('proxy-history');
    expect(short.warnings.join()).toContain(
      'the window is 100 returns where 252 were asked for: SOLUSDT has a shorter',
    );
    const lent = varOf([...three.slice(0, 2), young], {
      book: bookOfThree(1, 1, 1),
      set: ['studies.var.proxies=[SOLUSDT=BTCUSDT]'],
    });
    expect(lent.result.window.returns).toBe(252);
    expect(lent.fidelity).toContain('proxy-history');
    expect(lent.warnings.join()).toContain('SOLUSDT takes 152 of its moves from BTCUSDT');
  });

  it('a symbol without bars names the ways to give it some', () => {
    expect(() => varOf(three.slice(0, 2), { book: bookOfThree(1, 1, 1) })).toThrow(
      /SYMBOL_UNKNOWN: a symbol of the book must have bars, SOLUSDT has none; there are BTCUSDT, ETHUSDT. .*--proxy/,
    );
  });

  it('a window shorter than 1 / tail is not valid for an empirical quantile', () => {
    const { result } = varOf(three, { set: ['studies.var.window=60', at(0.99)] });
    expect(rowOf(result, 'historical', 0.99)).toMatchObject({ valid: false });
    expect(rowOf(result, 'historical', 0.99).reason).toContain(
      'a window of 60 returns is shorter than 1 / 0.01 = 100',
    );
    expect(rowOf(result, 'normal', 0.99)).toMatchObject({ valid: true });
    expect(rowOf(result, 'normal', 0.99).reason).toContain('shorter than');
    expect(rowOf(result, 'evt', 0.99)).toMatchObject({ valid: false });
  });

  it.each([
    [
      'studies.var.horizon=11d',
      /horizon must be a divisor of a day from 1h on, or 1 to 10 whole days, was 11d/,
    ],
    ['studies.var.horizon=30m', /was 30m/],
    [
      'studies.var.horizon=1h',
      /INTERVAL: BTCUSDT: periods of 1h must be a multiple of the bars, were bars of 1d/,
    ],
    ['studies.var.sqrtTime=true', /must stand beside a --horizon of several days, was 1d/],
    ['studies.var.confidences=[0.5]', /studies.var.confidences/],
    ['studies.var.confidences=[0.9,0.9]', /name each confidence once/],
    ['studies.var.proxies=[XRP=BTCUSDT]', /must name symbols of the book, was XRP/],
  ])('%s is refused', (setting, message) => {
    expect(() => varOf(three, { set: [setting] })).toThrow(message);
  });

  it.each([
    [
      ['studies.var.backtest=true', 'studies.var.horizon=2d'],
      /a backtest must have a --horizon of up to a day/,
    ],
    [
      ['studies.var.backtest=true', 'studies.var.window=299'],
      /SERIES_SHORT: a backtest needs at least 301 returns/,
    ],
  ])('%s is refused', (set, message) => {
    expect(() => varOf(three, { set: [...set, 'studies.var.methods=[normal]'] })).toThrow(message);
  });

  it('a book that nothing moves', () => {
    const empty = bookOf('account: { balance: 100, venue: test }\npositions: []\n', 'book.yaml', {
      mayBeEmpty: true,
    });
    expect(() => legsOf(empty, [])).toThrow(
      /a book must hold something that moves with a price, was nothing/,
    );
  });
});

describe('every setting changes something', () => {
  const book = bookOfThree(20, -9, 12);
  const base = ['studies.var.paths=300', 'studies.var.replicates=20', 'studies.var.refits=3'];
  const bars = [btc, eth, sol].map((one, i) =>
    barsOfReturns(['BTCUSDT', 'ETHUSDT', 'SOLUSDT'][i] ?? '', one, { volume: 5000 }),
  );
  const of = (...set: string[]): VarResult => varOf(bars, { book, set: [...base, ...set] }).result;
  const first = JSON.stringify(of());
  it.each([
    'methods=[normal]',
    'confidences=[0.9]',
    'horizon=2d',
    'window=200',
    'returns=log',
    'quantile=lower',
    'lambda=0.9',
    'innovations=student-t',
    'level=0.9',
    'replicates=30',
    'refits=4',
    'meanBlock=3',
    'correlation=crisis',
    'tailShare=0.2',
    'paths=200',
  ])('%s', (setting) => {
    expect(JSON.stringify(of(`studies.var.${setting}`))).not.toBe(first);
  });

  it('the root of time beside several days', () => {
    const { sqrtTime, methods } = of('studies.var.horizon=4d', 'studies.var.sqrtTime=true');
    expect(of('studies.var.horizon=4d').sqrtTime).toBe(null);
    const day = rowOf(of('studies.var.window=252'), 'normal', 0.99);
    const scaled = sqrtTime?.find(({ method, confidence }) => method === 'normal' && confidence === 0.99);
    expect(Number(scaled?.var)).toBeCloseTo(2 * Number(day.var), 6);
    expect(sqrtTime).toHaveLength(methods.length);
  });

  it('the backtest, over all that the data have', () => {
    const { backtests, ranking } = of('studies.var.backtest=true', 'studies.var.methods=[historical,normal]');
    // 300 returns, the first 252 of which make the first forecast.
    expect(backtests.map(({ method, confidence, n }) => [method, confidence, n])).toEqual([
      ['historical', 0.95, 48],
      ['historical', 0.99, 48],
      ['normal', 0.95, 48],
      ['normal', 0.99, 48],
    ]);
    expect(ranking).toHaveLength(4);
    expect(of()).toMatchObject({ backtests: [], ranking: [] });
  });

  it('the costs of the venue', () => {
    for (const setting of ['fees.taker=0.001', 'slippage.halfSpreadBps=2', 'slippage.impactCoefficient=2'])
      expect(JSON.stringify(of(`venue.${setting}`)), setting).not.toBe(first);
  });

  it('and the seed', () => {
    const { result } = varOf(bars, { book, set: base, seed: 2 });
    expect(JSON.stringify(result)).not.toBe(first);
    expect(quick).toHaveLength(3);
  });
});
