import { describe, expect, it } from 'vitest';
import { estimateMethod, isModelMethod, varMethods } from '../../../src/studies/var/methods.ts';
import { type RollingOptions, rollingForecasts } from '../../../src/studies/var/rolling-forecasts.ts';
import golden from '../../golden/synthetic-returns.json' with { type: 'json' };
import { relativeError } from '../../support/relative-error.ts';
import { unchanged } from '../../support/unchanged.ts';

const returns = Float64Array.from(golden.returns);
const options: RollingOptions = {
  methods: varMethods,
  confidences: [0.95, 0.99],
  window: 250,
  quantile: 'linear',
  lambda: 0.94,
  innovations: 'student-t',
};
const silent = () => undefined;

describe('rollingForecasts', () => {
  it('knows nothing of the future: what comes after a day changes no forecast up to it', () => {
    const whole = unchanged([returns], () => rollingForecasts(returns.subarray(0, 310), options, silent));
    const otherwise = returns.slice(0, 310);
    // The return of day 40 is not known to the forecast of day 40; all later ones are another story.
    for (let i = 290; i < 310; i += 1) otherwise[i] = -0.5 - i / 1000;
    for (const [what, sample] of [
      ['cut off', returns.subarray(0, 291)],
      ['another', otherwise],
    ] as const) {
      rollingForecasts(sample, options, silent).forEach(({ method, confidence, vars, shortfalls }, i) => {
        const name = `${method} ${confidence} ${what}`;
        expect(vars.subarray(0, 41), name).toEqual(whole[i]?.vars.subarray(0, 41));
        expect(shortfalls.subarray(0, 41), name).toEqual(whole[i]?.shortfalls.subarray(0, 41));
      });
    }
  });

  it('knows nothing of what left the window', () => {
    const otherwise = returns.slice(0, 300);
    for (let i = 0; i < 25; i += 1) otherwise[i] = i % 2 === 0 ? 0.3 : -0.4;
    const plain = rollingForecasts(returns.subarray(0, 300), options, silent);
    rollingForecasts(otherwise, options, silent).forEach(({ method, vars }, i) => {
      const same = plain[i]!.vars;
      // Day 40 begins a fit anew; from there on nothing of the fits before it is left.
      const from = isModelMethod(method) ? 40 : 25;
      expect(vars.subarray(from), method).toEqual(same.subarray(from));
      expect(vars[0]).not.toBe(same[0]);
    });
  });

  it.each(['linear', 'lower', 'higher'] as const)(
    'equals the estimate of each window with %s',
    (quantile) => {
      const own = { ...options, quantile, methods: varMethods.filter((method) => !isModelMethod(method)) };
      for (const { method, tail, vars, shortfalls } of rollingForecasts(
        returns.subarray(0, 300),
        own,
        silent,
      )) {
        for (let day = 0; day < 50; day += 1) {
          const { varRaw, esRaw } = estimateMethod(method, returns.subarray(day, day + 250), {
            ...own,
            tail,
          });
          expect([vars[day], shortfalls[day]], `${method} ${tail} day ${day}`).toEqual([
            varRaw ?? Number.NaN,
            esRaw ?? Number.NaN,
          ]);
        }
      }
    },
  );

  it('has no ES below its VaR, as where the tail takes a part of one return', () => {
    // 34 x 0.03 = 1.02 returns: ES would be less than the worst of them, which is the VaR of 'lower'.
    const own = { ...options, quantile: 'lower' as const, methods: ['historical'] as const };
    const [row] = rollingForecasts(
      returns.subarray(0, 60),
      { ...own, confidences: [0.97], window: 34 },
      silent,
    );
    for (let day = 0; day < 26; day += 1) {
      const { varRaw, esRaw } = estimateMethod('historical', returns.subarray(day, day + 34), {
        ...own,
        tail: 0.03,
      });
      expect([row?.vars[day], row?.shortfalls[day]]).toEqual([varRaw, esRaw]);
      expect(esRaw).toBe(varRaw);
    }
  });

  // A window of 700 has one maximum of likelihood; parameters of fits are good to 1e-3 of themselves.
  it.each(['normal', 'student-t'] as const)('equals fits from nothing with %s innovations', (innovations) => {
    const own = { ...options, innovations, window: 700, methods: varMethods.filter(isModelMethod) };
    for (const { method, tail, vars, shortfalls } of rollingForecasts(
      returns.subarray(0, 760),
      own,
      silent,
    )) {
      for (let day = 3; day < 60; day += 8) {
        const { varRaw, esRaw } = estimateMethod(method, returns.subarray(day, day + 700), { ...own, tail });
        expect(relativeError(vars[day]!, varRaw ?? 0)).toBeLessThan(1e-4);
        expect(relativeError(shortfalls[day]!, esRaw ?? 0)).toBeLessThan(1e-4);
      }
    }
  });

  it('counts what a method calls not valid, and leaves out what it refuses', () => {
    const own = { ...options, window: 60, methods: ['historical', 'cornish-fisher', 'evt'] as const };
    const crash = returns.slice(0, 130);
    crash[100] = -0.6;
    const rows = rollingForecasts(crash, own, silent);
    const row = (method: string, confidence: number) =>
      rows.find((one) => one.method === method && one.confidence === confidence);
    // 60 returns hold 0.6 of one beyond 99 %, and 3 beyond 95 %.
    expect(row('historical', 0.99)).toMatchObject({ doubtful: 70 });
    expect(row('historical', 0.99)?.reason).toContain('shorter than 1 / 0.01');
    expect(row('historical', 0.95)).toMatchObject({ doubtful: 0, reason: null });
    expect(row('evt', 0.95)).toMatchObject({ doubtful: 70 });
    expect(row('evt', 0.95)?.reason).toContain('6 excesses over the threshold are too few');
    // The crash of day 40 is in the windows of all days after it.
    const crashed = row('cornish-fisher', 0.99);
    expect(Array.from(crashed?.vars.subarray(41) ?? []).every(Number.isNaN)).toBe(true);
    expect(Array.from(crashed?.vars.subarray(0, 41) ?? []).some((one) => one > 0)).toBe(true);
    expect(crashed?.reason).toContain('outside the domain');
  });

  it('goes through returns that never change', () => {
    const flat = new Float64Array(300);
    flat.set(returns.subarray(0, 10), 290);
    for (const { method, vars } of rollingForecasts(flat, options, silent)) {
      expect(
        Array.from(vars.subarray(0, 41)).every((one) => one === 0),
        method,
      ).toBe(true);
    }
  });

  it('moves with the size of the returns', () => {
    const twice = returns.slice(0, 290).map((one) => 2 * one);
    const plain = rollingForecasts(returns.subarray(0, 290), options, silent);
    rollingForecasts(twice, options, silent).forEach(({ method, vars }, i) => {
      for (let day = 0; day < 40; day += 1)
        expect(relativeError(vars[day]!, 2 * plain[i]!.vars[day]!), `${method} day ${day}`).toBeLessThan(
          1e-9,
        );
    });
  });
});
