import { describe, expect, it } from 'vitest';
import { kaplanMeier, survivalAtLevels } from '../../src/math/kaplan-meier.ts';
import { createRandom, nextBelow, nextUnit, type Random } from '../../src/math/random.ts';
import golden from '../golden/kaplan-meier.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

type Sample = { reached: Int32Array; time: Float64Array; censored: Uint8Array };

/** Excursions on a coarse lattice, so that ties are common; level k of the grid stands at (k + 1) / 4. */
function sample(random: Random, levels: number, censoring: number): Sample {
  const length = 1 + nextBelow(random, 40);
  const time = Float64Array.from({ length }, () => nextBelow(random, 4 * levels) / 16);
  return {
    time,
    reached: Int32Array.from(time, (x) => Math.min(levels, Math.floor(4 * x))),
    censored: Uint8Array.from(time, () => (nextUnit(random) < censoring ? 1 : 0)),
  };
}

/** The definition, one distinct place at a time, with the risk set counted anew for each. */
function naive({ reached, time, censored }: Sample, level: number) {
  const subjects = Array.from(time, (x, i) => ({ reach: reached[i]!, x, event: censored[i] === 0 }));
  const places = new Map(subjects.map((s) => [`${s.reach} ${s.x}`, s]));
  let survival = 1;
  let greenwood = 0;
  for (const place of places.values()) {
    if (place.reach > level) continue;
    const isHere = (s: typeof place) => s.reach === place.reach && s.x === place.x;
    const isLater = (s: typeof place) => s.reach > place.reach || (s.reach === place.reach && s.x > place.x);
    const risk = subjects.filter((s) => isHere(s) || isLater(s)).length;
    const events = subjects.filter((s) => isHere(s) && s.event).length;
    survival *= (risk - events) / risk;
    if (events > 0) greenwood += events / (risk * (risk - events));
  }
  return { survival, variance: survival === 0 ? 0 : survival * survival * greenwood };
}

describe('kaplanMeier', () => {
  it('gives the published estimate of remission under 6-MP', () => {
    const time = Float64Array.from(golden.time);
    const censored = Uint8Array.from(golden.censored);
    const result = unchanged([time, censored], () => kaplanMeier(time, censored));
    expect(Array.from(result.time)).toEqual(golden.rows.map((row) => row.time));
    expect(Array.from(result.atRisk)).toEqual(golden.rows.map((row) => row.atRisk));
    expect(Array.from(result.events)).toEqual(golden.rows.map((row) => row.events));
    // To the digits that are printed.
    golden.rows.forEach((row, i) => {
      expect(result.survival[i]).toBeCloseTo(row.survival, 3);
      expect(Math.sqrt(result.variance[i]!)).toBeCloseTo(row.standardError, 4);
    });
  });

  // By hand: S = 18/21, then 18/21 x 16/17; Greenwood sums 3 / (21 x 18) and + 1 / (17 x 16).
  it('follows the product and the sum of Greenwood', () => {
    const result = kaplanMeier(Float64Array.from(golden.time), Uint8Array.from(golden.censored));
    const second = (18 / 21) * (16 / 17);
    expect(result.survival[0]).toBeCloseTo(18 / 21, 15);
    expect(result.survival[1]).toBeCloseTo(second, 15);
    expect(result.variance[1]).toBeCloseTo(second * second * (3 / 378 + 1 / 272), 15);
  });

  it('counts a subject that is censored at the time of an event as still at risk', () => {
    const result = kaplanMeier(Float64Array.of(1, 1, 2), Uint8Array.of(1, 0, 0));
    expect(Array.from(result.atRisk)).toEqual([3, 1]);
    expect(result.survival[0]).toBeCloseTo(2 / 3, 15);
  });

  it('ends at 0 with variance 0 where the last subjects all have their event', () => {
    const { survival, variance } = kaplanMeier(Float64Array.of(1, 2, 2), new Uint8Array(3));
    expect([survival[1], variance[1]]).toEqual([0, 0]);
  });

  it('has no rows without events', () => {
    expect(kaplanMeier(Float64Array.of(1, 2), Uint8Array.of(1, 1)).time.length).toBe(0);
  });
});

describe('survivalAtLevels', () => {
  // The published curve at levels 6.5, 8, 12, 30 and 40 weeks: reached[i] of these lie at or below time[i].
  it('reads the published curve at the levels of a grid', () => {
    const levels = [6.5, 8, 12, 30, 40];
    const reached = Int32Array.from(golden.time, (x) => levels.filter((level) => level <= x).length);
    const time = Float64Array.from(golden.time);
    const { survival } = survivalAtLevels(reached, time, Uint8Array.from(golden.censored), 5);
    const expected = [0.857, 0.807, 0.753, 0.448, 0.448];
    expected.forEach((value, level) => {
      expect(survival[level]).toBeCloseTo(value, 3);
    });
  });

  it('is the plain share of subjects beyond each level where nothing is censored', () => {
    const random = createRandom(21);
    for (let run = 0; run < 300; run += 1) {
      const { reached, time, censored } = sample(random, 6, 0);
      const columns = [reached, time, censored];
      const { survival, variance } = unchanged(columns, () => survivalAtLevels(reached, time, censored, 6));
      for (let level = 0; level < 6; level += 1) {
        const share = reached.filter((reach) => reach > level).length / reached.length;
        expect(survival[level]).toBe(share);
        // Greenwood without censoring is the binomial variance.
        expect(variance[level]).toBeCloseTo((share * (1 - share)) / reached.length, 14);
      }
    }
  });

  it('equals the definition with any share of censoring', () => {
    const random = createRandom(22);
    for (let run = 0; run < 1500; run += 1) {
      const one = sample(random, 6, (run % 10) / 10);
      const { survival, variance } = survivalAtLevels(one.reached, one.time, one.censored, 6);
      for (let level = 0; level < 6; level += 1) {
        const expected = naive(one, level);
        expect(survival[level]).toBeCloseTo(expected.survival, 14);
        expect(variance[level]).toBeCloseTo(expected.variance, 13);
      }
    }
  });

  it('goes by the levels that a comparison decided, where an excursion ties with a level', () => {
    // Two equal excursions: one stop was touched at level 0, the other, by rounding, was not.
    const { survival } = survivalAtLevels(
      Int32Array.of(1, 0),
      Float64Array.of(0.3, 0.3),
      new Uint8Array(2),
      1,
    );
    expect(survival[0]).toBe(0.5);
  });

  it('never rises, and lies at or above the share that counts censored subjects as never hit', () => {
    const random = createRandom(23);
    for (let run = 0; run < 300; run += 1) {
      const { reached, time, censored } = sample(random, 6, 0.3);
      const { survival } = survivalAtLevels(reached, time, censored, 6);
      let last = 1;
      for (let level = 0; level < 6; level += 1) {
        const share = reached.filter((reach) => reach > level).length / reached.length;
        expect(survival[level]!).toBeLessThanOrEqual(last);
        expect(survival[level]!).toBeGreaterThanOrEqual(share - 1e-15);
        last = survival[level]!;
      }
    }
  });

  it('does not depend on the order of subjects', () => {
    const random = createRandom(24);
    const { reached, time, censored } = sample(random, 6, 0.4);
    const backwards = survivalAtLevels(
      reached.slice().reverse(),
      time.slice().reverse(),
      censored.slice().reverse(),
      6,
    );
    expect(backwards).toEqual(survivalAtLevels(reached, time, censored, 6));
  });
});
