import { describe, expect, it } from 'vitest';
import { createRandom, nextUnit, type Random } from '../../../src/math/random.ts';
import { durationPValue, durationTest } from '../../../src/risk/var-backtest/duration.ts';
import golden from '../../golden/var-backtests.json' with { type: 'json' };
import { relativeError } from '../../support/relative-error.ts';

function hitsOn(exceptions: readonly number[], days: number): Uint8Array {
  const hits = new Uint8Array(days);
  for (const day of exceptions) hits[day] = 1;
  return hits;
}

describe('durationTest', () => {
  it.each(golden.duration)('of $exceptions in $days days has shape $shape', (row) => {
    const test = durationTest(hitsOn(row.exceptions, row.days));
    expect(relativeError(test?.shape ?? 0, row.shape)).toBeLessThanOrEqual(1e-13);
    expect(relativeError(test?.ratio ?? 0, row.ratio)).toBeLessThanOrEqual(1e-13);
    expect(relativeError(test?.pValue ?? 0, row.pValue)).toBeLessThanOrEqual(1e-12);
  });

  it('sees clusters as a shape below 1, and regularity as one above', () => {
    const clusters = durationTest(hitsOn([100, 101, 103, 300, 302, 303, 600, 601], 800));
    expect(clusters?.shape).toBeLessThan(1);
    expect(clusters?.pValue).toBeLessThan(0.05);
    expect(durationTest(hitsOn([99, 201, 300, 399, 500, 602], 700))?.shape).toBeGreaterThan(3);
  });

  it('keeps to numbers where durations are long and nearly the same', () => {
    const test = durationTest(hitsOn([0, 5000, 10_001, 15_001], 15_002));
    expect(test?.shape).toBeGreaterThan(1000);
    expect(test?.pValue).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['no exception', [], 250],
    ['one exception', [120], 250],
    ['equal durations throughout', [9, 19, 29, 39], 50],
  ])('is null with %s', (_, exceptions, days) => {
    expect(durationTest(hitsOn(exceptions, days))).toBeNull();
  });
});

describe('durationPValue', () => {
  const randomHits = (random: Random) =>
    Uint8Array.from({ length: 250 }, () => (nextUnit(random) < 0.05 ? 1 : 0));

  // Three standard errors about 5 % of 400 are 13.
  it('rejects independent hits as seldom as it says', () => {
    const random = createRandom(31);
    let rejected = 0;
    for (let run = 0; run < 400; run += 1) {
      const hits = randomHits(random);
      const ratio = durationTest(hits)?.ratio ?? 0;
      if (durationPValue(hits, ratio, { replicates: 99, seed: run }) <= 0.05) rejected += 1;
    }
    expect(rejected).toBeGreaterThanOrEqual(7);
    expect(rejected).toBeLessThanOrEqual(33);
  });

  // Of the 6 ways to place two exceptions in four days, by the one duration and what is censored around it: 0-1 and 2-3 give
  // (1; 2) and (1; 3), 0-2 and 1-3 give (2; 1) and (2; 2), 0-3 gives (3), 1-2 gives (1; 2, 1).
  it('counts the placements that are as far from no memory', () => {
    const placements = [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ].map((days) => durationTest(hitsOn(days, 4)));
    const ratios = placements.flatMap((test) => (test === null ? [] : [test.ratio]));
    for (const observed of ratios) {
      const share = ratios.filter((ratio) => ratio >= observed).length / ratios.length;
      const p = durationPValue(hitsOn([0, 1], 4), observed, { replicates: 20_000, seed: 3 });
      expect(Math.abs(p - share)).toBeLessThan(0.02);
    }
  });

  it('is seeded, and never 0', () => {
    const hits = hitsOn([100, 101, 102, 103, 104, 105], 500);
    const runs = { replicates: 99, seed: 7 };
    expect(durationPValue(hits, 1000, runs)).toBe(0.01);
    expect(durationPValue(hits, 0.4, runs)).toBe(durationPValue(hits, 0.4, runs));
    expect(() => durationPValue(hits, 1, { replicates: 0, seed: 1 })).toThrow('replicates must be');
  });
});
