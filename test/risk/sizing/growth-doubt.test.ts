import { describe, expect, test } from 'vitest';
import { everFallProbability } from '../../../src/risk/sizing/ever-fall.ts';
import { type Chance, type GrowthDoubtOptions, growthDoubt } from '../../../src/risk/sizing/growth-doubt.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const options: GrowthDoubtOptions = {
  size: 1,
  level: 0.8,
  horizon: 2,
  replicates: 4000,
  paths: 1,
  seed: 1,
  confidence: 0.95,
  day: null,
};

/** Within four Monte Carlo errors, so that a seed in 16,000 fails. */
function near({ probability, error }: Chance, expected: number): void {
  expect(Math.abs(probability - expected)).toBeLessThan(4 * (error ?? 0) + 1e-12);
}

describe('growthDoubt', () => {
  // By hand: half of the trades lose half. Two trades known for sure fall below 0.8 unless both win: 3/4. Of worlds made of two
  // draws 1/4 never lose, 1/2 lose by halves, 1/4 always lose: 1 - (1/4 x 1 + 1/2 x 1/4 + 1/4 x 0) = 5/8.
  test('has the probabilities of two trades', () => {
    const returns = Float64Array.of(0.5, -0.5);
    const { growth, fall, fallAsSampled, shrinks } = unchanged([returns], () =>
      growthDoubt(returns, options),
    );
    near(fallAsSampled, 3 / 4);
    near(fall, 5 / 8);
    expect(growth).toBeCloseTo((Math.log(1.5) + Math.log(0.5)) / 2, 15);
    // Only the world without a loss grows: ln 1.5 for each trade.
    expect(Math.abs(shrinks - 3 / 4)).toBeLessThan(4 * Math.sqrt(3 / 16 / 4000));
  });

  test('has the quantiles of worlds that are known', () => {
    const { growthInterval } = growthDoubt(Float64Array.of(0.5, -0.5), { ...options, confidence: 0.9 });
    expect(growthInterval.low).toBeCloseTo(Math.log(0.5), 15);
    expect(growthInterval.high).toBeCloseTo(Math.log(1.5), 15);
  });

  const coin = Float64Array.of(1, 1, 1, -1, -1);
  const [row] = kelly.risk_constrained.rows;
  const long = { ...options, level: 0.7, horizon: 300, replicates: 5000 };

  // The golden is a simulation itself; 20,000 paths leave an error of 0.002 and 0.0034.
  test('falls below 0.7 as often as published at the risk-constrained fraction, and at Kelly', () => {
    const constrained = growthDoubt(coin, { ...long, size: row?.f_rck ?? 0 }).fallAsSampled;
    expect(Math.abs(constrained.probability - kelly.risk_constrained['mc_prob_min_below_0.7'])).toBeLessThan(
      4 * ((constrained.error ?? 0) + 0.002),
    );
    const full = growthDoubt(coin, { ...long, size: row?.f_kelly ?? 0 }).fallAsSampled;
    expect(Math.abs(full.probability - kelly.risk_constrained.mc_prob_full_kelly)).toBeLessThan(
      4 * ((full.error ?? 0) + 0.0034),
    );
  });

  test('comes near the endless time of Thorp where steps are small', () => {
    // Mean 0.001 and deviation 0.02 a trade: Kelly is 2.5, and half of it falls to a half with 0.125. Steps overshoot the level
    // by about 0.58 x 0.025, so that the probability is lower by some 4 %.
    const returns = Float64Array.of(0.021, -0.019);
    const half = { ...options, size: 1.25, level: 0.5, horizon: 6000, replicates: 2500 };
    const { probability, error } = growthDoubt(returns, half).fallAsSampled;
    const endless = everFallProbability(0.5, 0.5);
    expect(probability).toBeLessThan(endless + 4 * (error ?? 0));
    expect(probability).toBeGreaterThan(endless * 0.94 - 4 * (error ?? 0));
  });

  test('doubt makes a fall likelier where it is rare', () => {
    const { fall, fallAsSampled } = growthDoubt(coin, { ...long, size: row?.f_rck ?? 0 });
    expect(fall.probability).toBeGreaterThan(
      fallAsSampled.probability + 4 * ((fall.error ?? 0) + (fallAsSampled.error ?? 0)),
    );
  });

  test('a trade that leaves nothing ends the path, and has no growth rate', () => {
    const doubt = growthDoubt(Float64Array.of(0.5, -0.5), { ...options, size: 2 });
    expect(doubt.growth).toBeNull();
    expect(doubt.growthInterval.low).toBeNull();
    expect(doubt.growthInterval.high).toBeCloseTo(Math.log(2), 14);
    near(doubt.fallAsSampled, 3 / 4);
  });

  test('wealth at the level has fallen to it', () => {
    const half = Float64Array.of(-0.5, -0.5);
    expect(growthDoubt(half, { ...options, level: 0.5, horizon: 1 }).fall).toEqual({
      probability: 1,
      error: null,
      bound: expect.closeTo(1 - 3 / 4000, 5),
    });
  });

  test('that no path fell is no probability of 0: a bound of 3 over the worlds stands for the error', () => {
    // By hand: 1 - 0.05^(1 / 100) = 0.0295130.
    const rare = growthDoubt(coin, { ...options, size: 0.01, replicates: 100, paths: 5 });
    const none = { probability: 0, error: null, bound: expect.closeTo(0.029513, 6) };
    expect([rare.fall, rare.fallAsSampled]).toEqual([none, none]);
    expect(growthDoubt(coin, { ...options, size: 0.3 }).fall).toMatchObject({
      error: expect.any(Number),
      bound: null,
    });
  });

  test('nothing staked neither grows nor falls', () => {
    expect(growthDoubt(coin, { ...options, size: 0 })).toEqual({
      growth: 0,
      growthInterval: { low: 0, high: 0 },
      shrinks: 1,
      fall: { probability: 0, error: null, bound: expect.closeTo(3 / 4000, 5) },
      fallAsSampled: { probability: 0, error: null, bound: expect.closeTo(3 / 4000, 5) },
    });
  });

  test('is the same for the same seed, and another for another', () => {
    const at = (seed: number) => growthDoubt(coin, { ...long, size: 0.2, replicates: 50, seed });
    expect(at(7)).toEqual(at(7));
    expect(at(7)).not.toEqual(at(8));
  });

  test.each([
    [{ size: -1 }, 'a size must be finite'],
    [{ level: 1 }, 'a level must lie in (0, 1)'],
    [{ confidence: 1 }, 'a confidence must lie in (0, 1)'],
    [{ horizon: 0 }, 'horizon must be a whole number from 1'],
    [{ replicates: 1 }, 'replicates must be a whole number from 2'],
    [{ paths: 0.5 }, 'paths must be a whole number from 1'],
  ])('refuses %j', (wrong, message) => {
    expect(() => growthDoubt(coin, { ...options, ...wrong })).toThrow(message);
  });

  // By hand: two days, one of two losses of a half and one of two gains; worlds of two draws as above, a day at a time. Below 0.8
  // within two trades, which are one day: half of the days, with and without doubt.
  test('draws the trades of a day together', () => {
    const returns = Float64Array.of(-0.5, -0.5, 0.5, 0.5);
    const together = growthDoubt(returns, { ...options, day: Int32Array.of(7, 7, 9, 9) });
    near(together.fall, 1 / 2);
    near(together.fallAsSampled, 1 / 2);
    const apart = growthDoubt(returns, { ...options, day: Int32Array.of(1, 2, 3, 4) });
    expect(apart).toEqual(growthDoubt(returns, options));
    near(apart.fallAsSampled, 3 / 4);
    expect(together.growth).toBeCloseTo(apart.growth ?? 0, 15);
    const width = ({ growthInterval: { low, high } }: typeof apart) => (high ?? 0) - (low ?? 0);
    const eighty = { ...options, confidence: 0.8 };
    const narrow = growthDoubt(returns, eighty);
    const wide = growthDoubt(returns, { ...eighty, day: Int32Array.of(7, 7, 9, 9) });
    expect(width(wide)).toBeGreaterThan(1.5 * width(narrow));
    // After three trades: a day that wins and half of one that loses leave 1.125, the whole of it would leave 0.5625.
    const cut = growthDoubt(returns, { ...options, day: Int32Array.of(7, 7, 9, 9), level: 0.6, horizon: 3 });
    near(cut.fallAsSampled, 1 / 2);
  });

  test('refuses days that go back, or are too few', () => {
    expect(() => growthDoubt(Float64Array.of(0.1, 0.2), { ...options, day: Int32Array.of(2, 1) })).toThrow(
      'days must not go back, was 1 after 2 at 1',
    );
    expect(() => growthDoubt(Float64Array.of(0.1, 0.2), { ...options, day: Int32Array.of(2) })).toThrow(
      '2 trades need a day each, was 1',
    );
  });

  test('refuses trades of one day', () => {
    expect(() => growthDoubt(Float64Array.of(0.1, 0.2), { ...options, day: Int32Array.of(2, 2) })).toThrow(
      'at least two days, was one',
    );
  });

  test('refuses a single trade, and a return that is not finite', () => {
    expect(() => growthDoubt(Float64Array.of(0.1), options)).toThrow('at least two trades, was 1');
    expect(() => growthDoubt(Float64Array.of(0.1, Number.NaN), options)).toThrow('was NaN at 1');
  });
});
