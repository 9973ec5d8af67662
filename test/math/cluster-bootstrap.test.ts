import { describe, expect, it } from 'vitest';
import { type BootstrapOptions, type Clustered, clusterBootstrap } from '../../src/math/cluster-bootstrap.ts';
import { normalQuantile } from '../../src/math/normal.ts';
import { quantileSorted } from '../../src/math/quantile.ts';
import { createRandom, nextBelow, nextUnit } from '../../src/math/random.ts';
import { unchanged } from '../support/unchanged.ts';

/** One replicate and one level at a time, with the subjects of every drawn cluster counted again. */
function naive({ cluster, clusters, reached, levels }: Clustered, options: BootstrapOptions) {
  const random = createRandom(options.seed);
  const rates = Array.from({ length: levels }, () => new Float64Array(options.replicates));
  for (let replicate = 0; replicate < options.replicates; replicate += 1) {
    const drawn = Array.from({ length: clusters }, () => nextBelow(random, clusters));
    const subjects = drawn.flatMap((one) => Array.from(reached).filter((_, i) => cluster[i] === one));
    rates.forEach((column, level) => {
      column[replicate] = subjects.filter((reach) => reach > level).length / subjects.length;
    });
  }
  const tail = (1 - options.confidence) / 2;
  return {
    low: Float64Array.from(rates, (column) => quantileSorted(column.slice().sort(), tail)),
    high: Float64Array.from(rates, (column) => quantileSorted(column.slice().sort(), 1 - tail)),
  };
}

function invented(seed: number, subjects: number, clusters: number, levels: number): Clustered {
  const random = createRandom(seed);
  return {
    cluster: Int32Array.from({ length: subjects }, (_, i) =>
      i < clusters ? i : nextBelow(random, clusters),
    ),
    clusters,
    reached: Int32Array.from({ length: subjects }, () => nextBelow(random, levels + 1)),
    levels,
  };
}

const width = ({ low, high }: { low: Float64Array; high: Float64Array }) => high[0]! - low[0]!;

describe('clusterBootstrap', () => {
  it.each([1, 2, 3, 4, 5, 40])('equals the plain resampling of %d replicates to the bit', (replicates) => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const data = invented(seed, 12 + seed, 1 + seed, 1 + (seed % 5) * 3);
      const options = { replicates, seed, confidence: seed % 2 === 0 ? 0.95 : 0.5 };
      const columns = [data.cluster, data.reached];
      expect(unchanged(columns, () => clusterBootstrap(data, options))).toEqual(naive(data, options));
    }
  });

  // By hand: of two equal clusters, one all hits and one none, a replicate draws a rate of 0, 1/2 or 1 with
  // probability 1/4, 1/2, 1/4; so the 5 % and 95 % quantiles are 0 and 1, those at 40 % and 60 % are 1/2.
  it('has the quantiles of a distribution that is known', () => {
    const data = {
      cluster: Int32Array.of(0, 0, 1, 1),
      clusters: 2,
      reached: Int32Array.of(1, 1, 0, 0),
      levels: 1,
    };
    const at = (confidence: number) => clusterBootstrap(data, { replicates: 1000, seed: 1, confidence });
    expect(at(0.9)).toEqual({ low: Float64Array.of(0), high: Float64Array.of(1) });
    expect(at(0.2)).toEqual({ low: Float64Array.of(0.5), high: Float64Array.of(0.5) });
  });

  it('has no width for one cluster, for all hits, and for none', () => {
    const options = { replicates: 50, seed: 3, confidence: 0.95 };
    const one = { cluster: new Int32Array(4), clusters: 1, reached: Int32Array.of(0, 0, 1, 2), levels: 2 };
    expect(clusterBootstrap(one, options).low).toEqual(Float64Array.of(0.5, 0.25));
    expect(clusterBootstrap(one, options).high).toEqual(Float64Array.of(0.5, 0.25));
    const sure = { cluster: Int32Array.of(0, 1, 2), clusters: 3, reached: Int32Array.of(1, 1, 1), levels: 2 };
    expect(clusterBootstrap(sure, options)).toEqual({
      low: Float64Array.of(1, 0),
      high: Float64Array.of(1, 0),
    });
  });

  it('approaches the binomial interval with one subject a cluster', () => {
    const subjects = 2000;
    const random = createRandom(5);
    const cluster = Int32Array.from({ length: subjects }, (_, i) => i);
    const reached = Int32Array.from(cluster, () => (nextUnit(random) < 0.2 ? 1 : 0));
    const rate = reached.reduce((a, b) => a + b, 0) / subjects;
    const data = { cluster, clusters: subjects, reached, levels: 1 };
    const { low, high } = clusterBootstrap(data, { replicates: 2000, seed: 6, confidence: 0.95 });
    const error = Math.sqrt((rate * (1 - rate)) / subjects);
    const half = normalQuantile(0.975) * error;
    // The ends are quantiles of 2,000 replicates: their own standard error is 0.06 of the rate's.
    expect(Math.abs(low[0]! - (rate - half))).toBeLessThan(0.25 * error);
    expect(Math.abs(high[0]! - (rate + half))).toBeLessThan(0.25 * error);
  });

  it('is wider where the hits of a day come together', () => {
    const days = 100;
    const cluster = Int32Array.from({ length: 10 * days }, (_, i) => Math.floor(i / 10));
    const together = Int32Array.from(cluster, (day) => (day % 5 === 0 ? 1 : 0));
    const spread = Int32Array.from(cluster, (_, i) => (i % 5 === 0 ? 1 : 0));
    const options = { replicates: 1000, seed: 7, confidence: 0.95 };
    const at = (reached: Int32Array) =>
      width(clusterBootstrap({ cluster, clusters: days, reached, levels: 1 }, options));
    // All or nothing within a day: ten subjects tell no more than one; here every day of `spread` has the same rate.
    expect(at(together)).toBeGreaterThan(0.1);
    expect(at(spread)).toBe(0);
  });

  it('never rises from one level to the next, and is the same again from the same seed', () => {
    const data = invented(9, 500, 40, 60);
    const options = { replicates: 200, seed: 8, confidence: 0.9 };
    const { low, high } = clusterBootstrap(data, options);
    for (let level = 1; level < 60; level += 1) {
      expect(low[level]!).toBeLessThanOrEqual(low[level - 1]!);
      expect(high[level]!).toBeLessThanOrEqual(high[level - 1]!);
      expect(low[level]!).toBeLessThanOrEqual(high[level]!);
    }
    expect(clusterBootstrap(data, options)).toEqual({ low, high });
  });

  it('asks for a subject in every cluster and for levels within the grid', () => {
    const options = { replicates: 1, seed: 1, confidence: 0.95 };
    const gap = { cluster: Int32Array.of(0, 2), clusters: 3, reached: Int32Array.of(0, 0), levels: 1 };
    expect(() => clusterBootstrap({ ...gap, clusters: 2 }, options)).toThrow('one less than their count');
    expect(() => clusterBootstrap(gap, options)).toThrow('every cluster has at least one subject');
    const beyond = { cluster: Int32Array.of(0), clusters: 1, reached: Int32Array.of(2), levels: 1 };
    expect(() => clusterBootstrap(beyond, options)).toThrow('between none and all of the levels');
  });
});
