/**
 * The tests of Acerbi and Szekely: were losses beyond the VaR as large as the expected shortfall said? Over T days with hits I_t,
 *
 *   Z1 = 1 + mean of r_t / ES_t over days with a hit
 *   Z2 = 1 + (1 / (T p)) sum of I_t r_t / ES_t
 *
 * Both are 0 in expectation where the forecast is right, and negative where ES was too small; Z2 also where hits were too many.
 *
 * Source  Acerbi and Szekely 2014, Backtesting expected shortfall, Risk; QUANT 4
 */
import { createRandom, nextUnit } from '../../math/random.ts';
import { hitsOf } from './hits.ts';
import type { TailModel } from './tail-model.ts';

export type AcerbiSzekely = {
  /** null without a hit. */
  readonly z1: number | null;
  readonly z2: number;
};

/**
 * @param returns  fractions, one a day, at least one
 * @param vars     VaR of the same day, as a loss
 * @param shortfalls   expected shortfall of the same day, a loss > 0
 * @param p        the probability of a hit that the VaR claims, strictly between 0 and 1
 * @throws RangeError where columns differ in length or an argument is out of its range
 */
export function acerbiSzekely(
  returns: Float64Array,
  vars: Float64Array,
  shortfalls: Float64Array,
  p: number,
): AcerbiSzekely {
  const hits = hitsOf(returns, vars);
  if (shortfalls.length !== hits.length || hits.length === 0)
    throw new RangeError(
      `expected shortfalls must be as many as returns, at least one, were ${shortfalls.length} of ${hits.length}`,
    );
  if (!(p > 0 && p < 1)) throw new RangeError(`the probability of a hit must be in (0, 1), was ${p}`);
  const sum = { hits: 0, severity: 0 };
  for (let day = 0; day < hits.length; day += 1) {
    const shortfall = shortfalls[day]!;
    if (!(shortfall > 0 && shortfall < Number.POSITIVE_INFINITY))
      throw new RangeError(
        `an expected shortfall must be a finite loss above 0, was ${shortfall} on day ${day}`,
      );
    if (hits[day] === 0) continue;
    sum.hits += 1;
    sum.severity -= returns[day]! / shortfall;
  }
  return statisticsOf(sum, hits.length * p);
}

/** From the number of hits and the sum of their losses over ES. */
function statisticsOf(
  { hits, severity }: { readonly hits: number; readonly severity: number },
  expected: number,
): AcerbiSzekely {
  return { z1: hits === 0 ? null : 1 - severity / hits, z2: 1 - severity / expected };
}

export type AcerbiSzekelyRuns = {
  /** How many days were tested. */
  readonly days: number;
  /** A whole number >= 1. */
  readonly replicates: number;
  readonly seed: number;
};

export type AcerbiSzekelyPValues = {
  /** null where z1 is. */
  readonly z1: number | null;
  readonly z2: number;
};

/**
 * How probable statistics as low as the observed ones are where the forecast is right, by simulation: (1 + count) / (1 +
 * replicates), so that none is ever 0. Every day of a replicate has a hit with probability p, and its severity from the tail.
 * Replicates without a hit have no z1, and do not count for it.
 *
 * Cost  O(days * replicates)
 * @throws RangeError where days or replicates are no whole number >= 1
 */
export function acerbiSzekelyPValues(
  observed: AcerbiSzekely,
  tail: TailModel,
  { days, replicates, seed }: AcerbiSzekelyRuns,
): AcerbiSzekelyPValues {
  for (const [name, count] of Object.entries({ days, replicates })) {
    if (!(Number.isSafeInteger(count) && count >= 1))
      throw new RangeError(`${name} must be a whole number of at least 1, was ${count}`);
  }
  const random = createRandom(seed);
  const { p } = tail;
  const sum = { hits: 0, severity: 0 };
  const z1 = { below: 0, all: 0 };
  let below = 0;
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    sum.hits = 0;
    sum.severity = 0;
    for (let day = 0; day < days; day += 1) {
      const u = nextUnit(random);
      if (u >= p) continue;
      sum.hits += 1;
      sum.severity += tail.severity(u);
    }
    const drawn = statisticsOf(sum, days * p);
    if (drawn.z2 <= observed.z2) below += 1;
    if (drawn.z1 === null) continue;
    z1.all += 1;
    if (observed.z1 !== null && drawn.z1 <= observed.z1) z1.below += 1;
  }
  return {
    z1: observed.z1 === null ? null : (1 + z1.below) / (1 + z1.all),
    z2: (1 + below) / (1 + replicates),
  };
}
