/**
 * Equity over a run in a bounded number of points that keeps every extreme at the width of a bucket: the instants of the
 * path fall into buckets of equal count, and each keeps its lowest and its highest value. Observing allocates nothing.
 */
export type EquityCurve = {
  /** Instants of one bucket, >= 1. */
  readonly width: number;
  readonly low: Float64Array;
  readonly lowTime: Float64Array;
  /** Which observation that was, counted from 0: at one time, what came first stays first. */
  readonly lowAt: Float64Array;
  readonly high: Float64Array;
  readonly highTime: Float64Array;
  readonly highAt: Float64Array;
  /** The first and the last observation: time, value, time, value; NaN before the first. */
  readonly ends: Float64Array;
  /** Observations so far. */
  seen: number;
};

/**
 * Of up to `limit` - 2 instants that are observed once each, every point is kept.
 *
 * @param instants  how many instants the path has
 * @param limit     the largest number of points, >= 4; Infinity keeps the extremes of every instant
 */
export function createEquityCurve(instants: number, limit: number): EquityCurve {
  const buckets = Math.max(1, Math.min(instants, Math.floor((limit - 2) / 2)));
  return {
    width: Math.max(1, Math.ceil(instants / buckets)),
    low: new Float64Array(buckets).fill(Number.POSITIVE_INFINITY),
    lowTime: new Float64Array(buckets),
    lowAt: new Float64Array(buckets),
    high: new Float64Array(buckets).fill(Number.NEGATIVE_INFINITY),
    highTime: new Float64Array(buckets),
    highAt: new Float64Array(buckets),
    ends: new Float64Array(4).fill(Number.NaN),
    seen: 0,
  };
}

/** Observes a value at an instant; several may fall on one instant, times never decrease. */
export function observe(curve: EquityCurve, instant: number, time: number, value: number): void {
  const { low, high, ends, seen } = curve;
  const bucket = Math.trunc(instant / curve.width);
  if (value < low[bucket]!) {
    low[bucket] = value;
    curve.lowTime[bucket] = time;
    curve.lowAt[bucket] = seen;
  }
  // Of equal values the low is the first and the high the last, so that a level stretch keeps both of its ends.
  if (value >= high[bucket]!) {
    high[bucket] = value;
    curve.highTime[bucket] = time;
    curve.highAt[bucket] = seen;
  }
  if (seen === 0) {
    ends[0] = time;
    ends[1] = value;
  }
  ends[2] = time;
  ends[3] = value;
  curve.seen = seen + 1;
}

/** The kept points in the order in which they were observed, none twice in a row. */
export function points(curve: EquityCurve): [time: number, value: number][] {
  const { ends, low, lowTime, lowAt, high, highTime, highAt, seen } = curve;
  if (seen === 0) return [];
  const kept: [number, number][] = [[ends[0]!, ends[1]!]];
  const keep = (time: number, value: number): void => {
    const before = kept.at(-1);
    if (time !== before?.[0] || value !== before[1]) kept.push([time, value]);
  };
  for (let bucket = 0; bucket < low.length; bucket += 1) {
    if (low[bucket] === Number.POSITIVE_INFINITY) continue;
    const isLowFirst = lowAt[bucket]! < highAt[bucket]!;
    if (isLowFirst) keep(lowTime[bucket]!, low[bucket]!);
    keep(highTime[bucket]!, high[bucket]!);
    if (!isLowFirst) keep(lowTime[bucket]!, low[bucket]!);
  }
  keep(ends[2]!, ends[3]!);
  return kept;
}
