/**
 * Percentile intervals of a hit rate by resampling clusters, for a whole grid of levels at once.
 *
 * Trades of one day share a crash: they are drawn together. One replicate draws as many clusters as there are, with
 * replacement; the rate of a level is hits among the drawn subjects over drawn subjects. All levels see the same draws.
 *
 * Cost    O(replicates * (clusters + subjects + levels)): subjects are sorted by the levels that they reached, so one
 *         running sum of cluster weights serves all levels of a replicate; holds 4 bytes for each level and replicate
 * Source  Efron and Tibshirani 1993, An Introduction to the Bootstrap, 13.3 (percentile interval);
 *         Field and Welsh 2007, Bootstrapping clustered data, JRSS B 69
 */
import { assert } from '../model/errors.ts';
import { quantileInPlace } from './quantile.ts';
import { createRandom, nextBelow, type Random } from './random.ts';

export type Clustered = {
  /** 0..clusters-1 for each subject; every cluster has at least one subject. */
  readonly cluster: Int32Array;
  readonly clusters: number;
  /** 0..levels; a subject hits level k where reached > k. */
  readonly reached: Int32Array;
  readonly levels: number;
};

export type BootstrapOptions = {
  readonly replicates: number;
  readonly seed: number;
  /** 0.95 for the 2.5 % and 97.5 % quantiles of the replicates. */
  readonly confidence: number;
};

export type Intervals = { readonly low: Float64Array; readonly high: Float64Array };

/** Replicates that are summed side by side, their weights next to each other in memory. */
const LANES = 4;

/** @returns low[k] and high[k] for each level, fractions in [0, 1] */
export function clusterBootstrap(data: Clustered, options: BootstrapOptions): Intervals {
  const { cluster, clusters, reached, levels } = data;
  const { replicates, seed, confidence } = options;
  assert(cluster.length === reached.length, 'each subject has a cluster and a count of reached levels');
  assertEveryCluster(cluster, clusters);
  assert(replicates >= 1, 'a bootstrap draws at least one replicate');
  const sorted = sortByReach(data);
  const stride = Math.ceil(replicates / LANES) * LANES;
  const hits = new Int32Array((levels + 1) * stride);
  const weights = new Int32Array(clusters * LANES);
  const random = createRandom(seed);
  for (let first = 0; first < replicates; first += LANES) {
    drawWeights(random, weights, Math.min(LANES, replicates - first));
    countHits(sorted, weights, hits.subarray(first), stride);
  }
  return percentiles(sorted.reachedMore, hits, { replicates, stride, tail: (1 - confidence) / 2 });
}

/** An empty cluster could make a replicate without subjects, of which there is no rate. */
function assertEveryCluster(cluster: Int32Array, clusters: number): void {
  const seen = new Uint8Array(clusters);
  for (let i = 0; i < cluster.length; i += 1) {
    const one = cluster[i]!;
    assert(one >= 0 && one < clusters, 'a cluster is numbered from 0 to one less than their count');
    seen[one] = 1;
  }
  assert(clusters > 0 && !seen.includes(0), 'every cluster has at least one subject');
}

type Sorted = {
  /** The cluster of each subject, by falling reach. */
  readonly cluster: Int32Array;
  /** reachedMore[k] subjects hit level k and stand first; one row more, reachedMore[levels], counts all subjects. */
  readonly reachedMore: Int32Array;
};

function sortByReach({ cluster, reached, levels }: Clustered): Sorted {
  const next = new Int32Array(levels + 1);
  for (let i = 0; i < reached.length; i += 1) {
    const reach = reached[i]!;
    assert(reach >= 0 && reach <= levels, 'a subject reaches between none and all of the levels');
    next[reach] = next[reach]! + 1;
  }
  // From the count of each reach to the number of subjects with a larger one, which is where its own begin.
  let larger = 0;
  for (let reach = levels; reach >= 0; reach -= 1) {
    const count = next[reach]!;
    next[reach] = larger;
    larger += count;
  }
  const reachedMore = next.slice();
  reachedMore[levels] = reached.length;
  const sorted = new Int32Array(cluster.length);
  for (let i = 0; i < cluster.length; i += 1) {
    const reach = reached[i]!;
    sorted[next[reach]!] = cluster[i]!;
    next[reach] = next[reach]! + 1;
  }
  return { cluster: sorted, reachedMore };
}

/** How often each cluster is drawn, lane by lane: weights[cluster * LANES + lane]. */
function drawWeights(random: Random, weights: Int32Array, lanes: number): void {
  weights.fill(0);
  const clusters = weights.length / LANES;
  for (let lane = 0; lane < lanes; lane += 1) {
    for (let i = 0; i < clusters; i += 1) {
      const at = nextBelow(random, clusters) * LANES + lane;
      weights[at] = weights[at]! + 1;
    }
  }
}

/** Writes hits[level * stride + lane], and the number of drawn subjects in the row behind the last level. */
function countHits(
  { cluster, reachedMore }: Sorted,
  weights: Int32Array,
  hits: Int32Array,
  stride: number,
): void {
  const levels = reachedMore.length - 1;
  let at = 0;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  // From the widest level to the narrowest, then over the rest of the subjects.
  for (let step = 1; step <= levels + 1; step += 1) {
    const row = step <= levels ? levels - step : levels;
    const until = reachedMore[row]!;
    for (; at < until; at += 1) {
      const w = cluster[at]! * LANES;
      a = (a + weights[w]!) | 0;
      b = (b + weights[w + 1]!) | 0;
      c = (c + weights[w + 2]!) | 0;
      d = (d + weights[w + 3]!) | 0;
    }
    const cell = row * stride;
    hits[cell] = a;
    hits[cell + 1] = b;
    hits[cell + 2] = c;
    hits[cell + 3] = d;
  }
}

type Shape = { readonly replicates: number; readonly stride: number; readonly tail: number };

function percentiles(
  reachedMore: Int32Array,
  hits: Int32Array,
  { replicates, stride, tail }: Shape,
): Intervals {
  const levels = reachedMore.length - 1;
  const low = new Float64Array(levels);
  const high = new Float64Array(levels);
  const rates = new Float64Array(replicates);
  const drawn = levels * stride;
  for (let level = 0; level < levels; level += 1) {
    if (level > 0 && reachedMore[level] === reachedMore[level - 1]) {
      // Hit by the same subjects as the level before.
      low[level] = low[level - 1]!;
      high[level] = high[level - 1]!;
      continue;
    }
    const row = level * stride;
    for (let i = 0; i < replicates; i += 1) rates[i] = hits[row + i]! / hits[drawn + i]!;
    low[level] = quantileInPlace(rates, tail);
    high[level] = quantileInPlace(rates, 1 - tail);
  }
  return { low, high };
}
