/**
 * Equity over a run in a bounded number of points that keeps every extreme at the width of a bucket: the instants of the
 * path fall into buckets of equal count, and each keeps its lowest and its highest value. Observing allocates nothing.
 */
export type EquityCurve = {
  /** Instants of one bucket, >= 1. */
  readonly width: number;
  readonly lowTime: Float64Array;
  readonly low: Float64Array;
  readonly highTime: Float64Array;
  readonly high: Float64Array;
  /** The first and the last observation: time, value, time, value; NaN before the first. */
  readonly ends: Float64Array;
};

/**
 * @param instants  how many instants the path has
 * @param limit     the largest number of points, >= 4
 */
export function createEquityCurve(instants: number, limit: number): EquityCurve {
  const buckets = Math.max(1, Math.min(instants, Math.floor((limit - 2) / 2)));
  return {
    width: Math.max(1, Math.ceil(instants / buckets)),
    lowTime: new Float64Array(buckets),
    low: new Float64Array(buckets).fill(Number.POSITIVE_INFINITY),
    highTime: new Float64Array(buckets),
    high: new Float64Array(buckets).fill(Number.NEGATIVE_INFINITY),
    ends: new Float64Array(4).fill(Number.NaN),
  };
}

/** Observes a value at an instant; several may fall on one instant, times never decrease. */
export function observe(curve: EquityCurve, instant: number, time: number, value: number): void {
  const bucket = Math.trunc(instant / curve.width);
  if (value < curve.low[bucket]!) {
    curve.low[bucket] = value;
    curve.lowTime[bucket] = time;
  }
  if (value > curve.high[bucket]!) {
    curve.high[bucket] = value;
    curve.highTime[bucket] = time;
  }
  const { ends } = curve;
  if (Number.isNaN(ends[0]!)) {
    ends[0] = time;
    ends[1] = value;
  }
  ends[2] = time;
  ends[3] = value;
}

/** The kept points, ascending in time, none twice. */
export function points(curve: EquityCurve): [time: number, value: number][] {
  const { ends, low, lowTime, high, highTime } = curve;
  if (Number.isNaN(ends[0]!)) return [];
  const kept: [number, number][] = [[ends[0]!, ends[1]!]];
  for (let bucket = 0; bucket < low.length; bucket += 1) {
    if (low[bucket] === Number.POSITIVE_INFINITY) continue;
    const pair: [number, number][] = [
      [lowTime[bucket]!, low[bucket]!],
      [highTime[bucket]!, high[bucket]!],
    ];
    kept.push(...pair.sort((a, b) => a[0] - b[0]));
  }
  kept.push([ends[2]!, ends[3]!]);
  return kept.filter(([time, value], index) => {
    const before = kept[index - 1];
    return before === undefined || before[0] !== time || before[1] !== value;
  });
}
