/** VaR over a crisis, and with the correlations of one: by hand. */
import { describe, expect, it } from 'vitest';
import { sampleCovariance } from '../../../src/math/covariance.ts';
import { normalQuantile } from '../../../src/math/normal.ts';
import { mean } from '../../../src/math/sum.ts';
import { hours, smallScenario, statedAsset } from '../../support/small-scenario.ts';
import { barsOfReturns, someReturns, varOf } from '../../support/var-study.ts';

const btc = someReturns(300, 1);
const eth = someReturns(300, 2, { shared: btc });
const bars = [barsOfReturns('BTCUSDT', btc), barsOfReturns('ETHUSDT', eth)];
const book = `account: { balance: 1000, venue: test, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: 3, entry: 100, leverage: 2 }
  - { symbol: ETHUSDT, qty: -1, entry: 100, leverage: 2 }
`;

describe('VaR over the window of a scenario', () => {
  // BTC falls by a tenth in hour 1 and by a fifth in hour 2, ETH stands: a horizon of an hour has two falls in 24.
  const scenario = smallScenario({
    stated: [
      statedAsset('BTC', hours([-48, 100], [0, 100], [1, 90], [2, 72], [24, 72])),
      statedAsset('ETH', hours([-48, 50], [24, 50])),
    ],
  });
  const hourly = bars.map((one) => ({
    ...one,
    interval: 3_600_000,
    time: one.time.map((time) => time / 24),
  }));
  const { result, fidelity } = varOf(hourly, {
    book,
    scenario,
    set: ['studies.var.horizon=1h', 'studies.var.confidences=[0.95]'],
  });

  it('loses what the book of today would', () => {
    const { stressed } = result;
    expect(stressed).toMatchObject({ scenario: 'small', returns: 24 });
    // 300 of BTC: 60, then 30. The tail of 5 % is 1.2 of 24 hours: (60 + 0.2 x 30) / 1.2.
    expect(Number(stressed?.worst)).toBeCloseTo(60, 6);
    expect(Number(stressed?.rows[0]?.es)).toBeCloseTo(55, 6);
    // 23 x 0.05 = 1.15: between the second worst, 30, and the third, 0.
    expect(Number(stressed?.rows[0]?.var)).toBeCloseTo(30 * 0.85, 6);
    expect(stressed?.rows[0]?.varFraction).toBeCloseTo(0.0255, 8);
  });

  it('is valid where as many hours lie side by side as the confidence needs, and says that points are joined', () => {
    const joined = 'prices are points that are joined: what they did between them is not known';
    expect(result.stressed?.rows[0]).toMatchObject({ valid: true, reason: joined });
    expect(result.stressed?.mapping.map((one) => one.joined)).toEqual([true, true]);
    const far = varOf(hourly, {
      book,
      scenario,
      set: ['studies.var.horizon=4h', 'studies.var.confidences=[0.95]', 'studies.var.window=60'],
    });
    expect(far.result.stressed).toMatchObject({ returns: 21 });
    expect(far.result.stressed?.rows[0]).toMatchObject({
      valid: false,
      reason: `21 overlapping periods are as 6 that do not overlap, fewer than 1 / 0.05 = 20 of them; ${joined}`,
    });
  });

  it('is flagged as points that were joined', () => {
    expect(fidelity).toContain('points-interpolated');
    expect(fidelity).toContain('overlapping');
  });

  it('must be longer than the horizon', () => {
    expect(() => varOf(bars, { book, scenario, set: ['studies.var.horizon=2d'] })).toThrow(
      /SERIES_SHORT: the window of small must be longer than the horizon of 2d/,
    );
  });
});

describe('a correlation of 0.9 between all', () => {
  it('is the normal VaR of the same volatilities', () => {
    const { result } = varOf(bars, { book, set: ['studies.var.correlation=crisis'] });
    const simple = [btc, eth].map((one) => one.slice(-252).map((each) => Math.expm1(each)));
    const covariance = sampleCovariance(simple);
    const [a, b] = [Math.sqrt(covariance[0] ?? 0), Math.sqrt(covariance[3] ?? 0)];
    const gain = 300 * mean(simple[0] ?? btc) - 100 * mean(simple[1] ?? eth);
    const variance = 300 * a * 300 * a + 100 * b * 100 * b - 2 * 0.9 * 300 * a * 100 * b;
    const row = result.crisis?.rows.find(({ confidence }) => confidence === 0.99);
    expect(Number(row?.var)).toBeCloseTo(-gain - normalQuantile(0.01) * Math.sqrt(variance), 5);
    // A hedge is worth more the closer the two move.
    expect(Number(row?.var)).toBeLessThan(Number(row?.sampleVar));
    expect(result.crisis?.correlation).toBe(0.9);
  });

  it('is left out where it is not asked for', () => {
    expect(varOf(bars, { book }).result).toMatchObject({ crisis: null, stressed: null, sqrtTime: null });
  });
});
