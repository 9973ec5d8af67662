/** Goldens: published rows of tests, on hit sequences that have their counts. */
import { describe, expect, it } from 'vitest';
import { backtestRowOf } from '../../../src/studies/var/backtest-row.ts';
import { rankMethods } from '../../../src/studies/var/rank.ts';
import type { Forecasts } from '../../../src/studies/var/rolling-forecasts.ts';
import golden from '../../golden/var-backtests.json' with { type: 'json' };

function forecastsOf(vars: Float64Array, changes: Partial<Forecasts> = {}): Forecasts {
  const shortfalls = vars.map((one) => 1.25 * one);
  return {
    method: 'normal',
    confidence: 0.99,
    tail: 0.01,
    vars,
    shortfalls,
    doubtful: 0,
    reason: null,
    ...changes,
  };
}

/** A return of -5 % on the days of a hit, 1 % on the others; a VaR of 4 % on all. */
function hitsAt(days: number, hits: readonly number[]) {
  const returns = new Float64Array(days).fill(0.01);
  for (const day of hits) returns[day] = -0.05;
  return { returns, time: returns.map((_, day) => day), vars: new Float64Array(days).fill(0.04) };
}

/** So many hits, one every `apart` days from the first on. */
const every = (count: number, apart: number, first: number) =>
  Array.from({ length: count }, (_, i) => first + i * apart);

describe('a row of the backtest', () => {
  // 53 hits apart, four of them followed by another one, none on the last day, none on the first.
  const single = every(53, 18, 57);
  const pairs = single.slice(0, 4).map((day) => day + 1);
  const { returns, time, vars } = hitsAt(1043, [...single, ...pairs]);
  const row = backtestRowOf(forecastsOf(vars, { confidence: 0.95, tail: 0.05 }), time, returns, 1);

  it('equals the published tests of MathWorks', () => {
    const [pof] = golden.mathworks.pof;
    const { conditional, trafficLight, tuff } = golden.mathworks;
    expect([row.n, row.exceptions]).toEqual([pof?.days, pof?.exceptions]);
    expect(row.kupiec?.lr).toBeCloseTo(pof?.ratio ?? 0, 5);
    expect(row.kupiec?.pValue).toBeCloseTo(pof?.pValue ?? 0, 5);
    expect(row.christoffersen?.lr).toBeCloseTo(conditional.independence.ratio, 5);
    expect(row.christoffersen?.pValue).toBeCloseTo(conditional.independence.pValue, 5);
    expect(row.conditional?.lr).toBeCloseTo(conditional.joint.ratio, 5);
    expect(row.conditional?.pValue).toBeCloseTo(conditional.joint.pValue, 5);
    expect(row.trafficLight?.zone).toBe(trafficLight.zone);
    expect(row.trafficLight?.probability).toBeCloseTo(trafficLight.probability, 5);
    expect(row.trafficLight?.typeOneError).toBeCloseTo(trafficLight.typeOneError, 5);
    expect(row.tuff?.day).toBe(tuff.firstException);
    expect(row.tuff?.lr).toBeCloseTo(tuff.ratio, 4);
    expect(row.tuff?.pValue).toBeCloseTo(tuff.pValue, 5);
    expect(row.expected).toBeCloseTo(52.15, 12);
    expect(row).toMatchObject({ verdict: 'pass', reason: null });
  });

  it('rejects hits that come as by a clock by their durations, though not by the verdict', () => {
    expect(row.duration?.shape).toBeGreaterThan(1);
    expect(row.duration?.pValue).toBeCloseTo(1 / 1001, 12);
  });

  it('has the power of the published regions', () => {
    for (const { days, p, powerAgainstTwice } of golden.regions.filter((one) => one.p < 0.05)) {
      const still = hitsAt(days, []);
      const { power } = backtestRowOf(forecastsOf(still.vars, { tail: p }), still.time, still.returns, 1);
      expect(power).toBeCloseTo(powerAgainstTwice, 10);
    }
  });

  it('equals the example of Acerbi and Szekely: three hits of 5 % where VaR is 4 % and ES 4.5 %', () => {
    const small = hitsAt(50, [5, 20, 33]);
    const shortfalls = small.vars.map(() => 0.045);
    const { acerbiSzekely } = backtestRowOf(
      forecastsOf(small.vars, { tail: 0.05, shortfalls }),
      small.time,
      small.returns,
      1,
    );
    expect(acerbiSzekely?.z2).toBeCloseTo(-1 / 3, 12);
    expect(acerbiSzekely?.z1).toBeCloseTo(-1 / 9, 12);
  });

  it('names every exception, and keeps of each stretch of days its worst', () => {
    expect(row.exceptionDays.length).toBe(57);
    expect(row.exceptionDays[0]).toEqual([57, -0.05, 0.04]);
    // 1,043 days in stretches of six.
    expect(row.series.length).toBe(174);
    const shown = row.series.filter(([, r, v]) => r < -v).length;
    expect(shown).toBe(new Set([...single, ...pairs].map((day) => Math.floor(day / 6))).size);
  });
});

describe('the verdict', () => {
  const verdictOf = (days: number, hits: readonly number[], changes: Partial<Forecasts> = {}) => {
    const { returns, time, vars } = hitsAt(days, hits);
    return backtestRowOf(forecastsOf(changes.vars ?? vars, changes), time, returns, 1);
  };

  it('is no pass without an exception, however many the days', () => {
    expect(verdictOf(100, []).verdict).toBe('inconclusive');
    expect(verdictOf(190, []).verdict).toBe('inconclusive');
    for (const days of [250, 600, 2000]) expect(verdictOf(days, []).verdict).toBe('fail');
    expect(verdictOf(100, []).reason).toContain('no exception');
  });

  it('is inconclusive where twice the exceptions would be missed', () => {
    // 255 days have a power of 0.26, 1,000 days one of 0.78.
    expect(verdictOf(255, every(3, 80, 20)).verdict).toBe('inconclusive');
    expect(verdictOf(1000, every(10, 80, 20)).verdict).toBe('pass');
    expect(verdictOf(1000, every(20, 40, 20)).verdict).toBe('fail');
  });

  it('fails exceptions that come together, though they are as many as they should', () => {
    const together = verdictOf(1000, every(10, 1, 400));
    expect(together.kupiec?.pValue).toBe(1);
    expect(together.verdict).toBe('fail');
  });

  it('is inconclusive where a method was silent on more than 5 % of the days', () => {
    const silentOn = (count: number) =>
      new Float64Array(1000).map((_, day) => (day >= 1000 - count ? Number.NaN : 0.04));
    const reason = 'outside its domain';
    expect(verdictOf(1000, every(10, 80, 20), { vars: silentOn(50), reason })).toMatchObject({
      n: 950,
      refused: 50,
      verdict: 'pass',
      reason: 'no forecast on 50 of 1000 days, which the tests leap over (the last: outside its domain)',
    });
    expect(verdictOf(1000, every(10, 80, 20), { vars: silentOn(51) }).verdict).toBe('inconclusive');
    // What fails on the days that it dares, fails.
    expect(verdictOf(1000, every(20, 40, 20), { vars: silentOn(60) }).verdict).toBe('fail');
    expect(verdictOf(1000, [], { vars: silentOn(1000), reason })).toMatchObject({
      n: 0,
      kupiec: null,
      christoffersen: null,
      conditional: null,
      trafficLight: null,
      acerbiSzekely: null,
      power: null,
      score: null,
      verdict: 'inconclusive',
      series: [],
    });
  });

  it('is no pass where a method calls more than 5 % of its forecasts not valid', () => {
    const hits = every(10, 80, 20);
    expect(verdictOf(1000, hits, { doubtful: 50 }).verdict).toBe('pass');
    expect(verdictOf(1000, hits, { doubtful: 51 }).verdict).toBe('inconclusive');
    expect(verdictOf(1000, hits, { doubtful: 1000, reason: 'too few' })).toMatchObject({
      verdict: 'inconclusive',
      reason: '1000 of 1000 forecasts are not valid (the last: too few)',
    });
    // What fails, fails.
    expect(verdictOf(1000, every(20, 40, 20), { doubtful: 1000 }).verdict).toBe('fail');
  });

  it('says how many forecasts are doubtful, and how many have no ES', () => {
    const shortfalls = new Float64Array(1000).fill(0.05);
    shortfalls[0] = Number.NaN;
    shortfalls[4] = -0.01;
    const row = verdictOf(1000, every(10, 80, 20), { doubtful: 7, reason: 'too few', shortfalls });
    expect(row.reason).toBe(
      '7 of 1000 forecasts are not valid (the last: too few); no ES above 0 on 2 of 1000 days',
    );
    expect(row.acerbiSzekely?.n).toBe(998);
    expect(row.series[0]?.[3]).toBe(null);
  });
});

describe('the ranking', () => {
  const { returns, time, vars } = hitsAt(400, every(20, 19, 10));
  const rank = (...rows: Forecasts[]) => rankMethods(rows, time, returns);
  const good = forecastsOf(vars, { method: 'historical', confidence: 0.95, tail: 0.05 });
  const wide = forecastsOf(
    vars.map((one) => 4 * one),
    { method: 'ewma', confidence: 0.95, tail: 0.05 },
  );

  it('puts the lower score first, and tests the others against it', () => {
    const [first, second] = rank(wide, good);
    expect(first).toMatchObject({ method: 'historical', rank: 1, n: 400, difference: 0, pValue: null });
    expect(second).toMatchObject({ method: 'ewma', rank: 2, n: 400, reason: null });
    // FZ0 with ES 5 %: 0.01 / (0.05 x 0.05) = 4 on 20 of 400 days, and 0.8 + ln 0.05 - 1 on all; with 20 %, no day beyond.
    expect(first?.score).toBeCloseTo(0.2 + 0.8 + Math.log(0.05) - 1, 12);
    expect(second?.score).toBeCloseTo(0.8 + Math.log(0.2) - 1, 12);
    expect(second?.difference).toBeCloseTo(Math.log(4) - 0.2, 12);
    expect(second?.pValue).toBeLessThan(0.001);
  });

  it('has no test of two that say the same', () => {
    const [, second] = rank(good, { ...good, method: 'normal' });
    expect(second).toMatchObject({ difference: 0, statistic: null, pValue: null });
    expect(second?.reason).toContain('the same on every day');
  });

  it('compares on common days, and leaves out who was silent on more than 5 % of them', () => {
    const without = (count: number) => good.shortfalls.map((one, day) => (day < count ? Number.NaN : one));
    const some = rank(good, { ...wide, shortfalls: wide.shortfalls.map((one, day) => (day < 20 ? 0 : one)) });
    expect(some.map(({ n }) => n)).toEqual([380, 380]);
    expect(rank({ ...good, shortfalls: without(21) }, wide)).toEqual([
      expect.objectContaining({ method: 'ewma', rank: 1, n: 400 }),
      expect.objectContaining({
        method: 'historical',
        rank: null,
        n: 0,
        score: null,
        reason: 'no VaR with an ES above 0 on 21 of 400 days: not compared',
      }),
    ]);
  });

  it('leaves out who calls more than 5 % of its forecasts not valid', () => {
    expect(rank({ ...good, doubtful: 20 }, wide).map(({ rank: place }) => place)).toEqual([1, 2]);
    expect(rank({ ...good, doubtful: 400 }, wide)).toEqual([
      expect.objectContaining({ method: 'ewma', rank: 1 }),
      expect.objectContaining({
        method: 'historical',
        rank: null,
        score: null,
        reason: '400 of 400 forecasts are not valid: not compared',
      }),
    ]);
  });

  it('has an order and no test where days or exceptions are too few to tell', () => {
    const of = (days: number, hits: readonly number[], tail: number) => {
      const few = hitsAt(days, hits);
      const right = forecastsOf(few.vars, { method: 'historical', tail });
      const far = { ...right, method: 'ewma' as const, vars: few.vars.map((one) => 4 * one) };
      const shortfalls = right.shortfalls.map((one) => 4 * one);
      return rankMethods([right, { ...far, shortfalls }], few.time, few.returns)[1];
    };
    const none = { rank: 2, statistic: null, pValue: null };
    expect(of(110, [20, 70], 0.01)).toMatchObject({
      ...none,
      reason: expect.stringMatching(/^too few days to tell: the power is 0\.\d\d, 0\.5 is needed$/),
    });
    expect(of(1000, every(4, 200, 20), 0.01)).toMatchObject({
      ...none,
      reason: 'too few days beyond VaR to tell: 4, 5 are needed',
    });
    expect(of(1000, every(5, 180, 20), 0.01)).toMatchObject({ rank: 2, reason: null });
    expect(of(1000, every(5, 180, 20), 0.01)?.pValue).toBeLessThan(0.05);
  });
});
