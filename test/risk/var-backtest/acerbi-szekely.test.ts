import { describe, expect, it } from 'vitest';
import { acerbiSzekely, acerbiSzekelyPValues } from '../../../src/risk/var-backtest/acerbi-szekely.ts';
import { normalTail, studentTail } from '../../../src/risk/var-backtest/tail-model.ts';
import golden from '../../golden/var-backtests.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const days = 50;
const returns = Float64Array.from({ length: days }, (_, day) => ([0, 3, 9].includes(day) ? -0.05 : 0.01));
const vars = new Float64Array(days).fill(0.04);
const shortfalls = new Float64Array(days).fill(0.045);

describe('acerbiSzekely', () => {
  // By hand: Z1 = 1 - 0.05 / 0.045 = -1/9, Z2 = 1 - 3 (0.05 / 0.045) / (50 x 0.05) = -1/3.
  it('follows its definitions', () => {
    const { z1, z2 } = unchanged([returns, vars, shortfalls], () =>
      acerbiSzekely(returns, vars, shortfalls, 0.05),
    );
    expect(z1).toBeCloseTo(-1 / 9, 15);
    expect(z2).toBeCloseTo(-1 / 3, 15);
  });

  it('has no severity without a hit', () => {
    expect(
      acerbiSzekely(
        returns,
        shortfalls.map(() => 0.06),
        shortfalls,
        0.05,
      ),
    ).toEqual({ z1: null, z2: 1 });
  });

  it('refuses shortfalls that are none, and columns of two lengths', () => {
    expect(() => acerbiSzekely(returns, vars, shortfalls.with(7, 0), 0.05)).toThrow('was 0 on day 7');
    expect(() => acerbiSzekely(returns, vars, shortfalls.subarray(1), 0.05)).toThrow('were 49 of 50');
    expect(() => acerbiSzekely(returns, vars, shortfalls, 1)).toThrow('must be in (0, 1)');
    const none = new Float64Array(0);
    expect(() => acerbiSzekely(none, none, none, 0.05)).toThrow('at least one');
  });
});

describe('acerbiSzekelyPValues', () => {
  // Three standard errors of the simulation, and as much for the simulation behind the printed value and its rounding.
  it.each(golden.acerbiSzekelyCritical)('at $z2 in $days days, degrees $degrees, is $level', (row) => {
    const tail = row.degrees === null ? normalTail(row.p) : studentTail(row.p, row.degrees);
    const runs = { days: row.days, replicates: 20_000, seed: 4 };
    const { z2 } = acerbiSzekelyPValues({ z1: null, z2: row.z2 }, tail, runs);
    const error = Math.sqrt((row.level * (1 - row.level)) / runs.replicates);
    expect(Math.abs(z2 - row.level)).toBeLessThanOrEqual(6 * error);
  });

  it('is seeded, never 0, and 1 where nothing could be higher', () => {
    const runs = { days: 250, replicates: 500, seed: 9 };
    const tail = normalTail(0.01);
    const far = acerbiSzekelyPValues({ z1: -50, z2: -50 }, tail, runs);
    expect(far.z2).toBe(1 / 501);
    expect(far.z1).toBeLessThan(0.01);
    expect(acerbiSzekelyPValues({ z1: null, z2: 1 }, tail, runs)).toEqual({ z1: null, z2: 1 });
    const near = { z1: -0.1, z2: -0.5 };
    expect(acerbiSzekelyPValues(near, tail, runs)).toEqual(acerbiSzekelyPValues(near, tail, runs));
  });

  it.each([
    [0, 10],
    [10, 0],
    [1.5, 10],
  ])('refuses %d days and %d replicates', (days, replicates) => {
    const run = () =>
      acerbiSzekelyPValues({ z1: null, z2: 0 }, normalTail(0.01), { days, replicates, seed: 1 });
    expect(run).toThrow('must be a whole number of at least 1');
  });
});
