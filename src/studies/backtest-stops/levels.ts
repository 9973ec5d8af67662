/** From sums over trades to the rows of a report: rates, intervals, verdicts. */
import { clusterBootstrap } from '../../math/cluster-bootstrap.ts';
import { survivalAtLevels } from '../../math/kaplan-meier.ts';
import { normalQuantile } from '../../math/normal.ts';
import { wilson } from '../../math/wilson.ts';
import type { LevelResult } from '../backtest-stops-result.ts';
import { type Bounds, bounds } from './bounds.ts';
import { accumulate, type LevelSums } from './level-sums.ts';

/** A hit rate is told from days, not from trades (RULES 1.10): below this many days nothing is concluded. */
const DAYS_MIN = 20;
/** Above this share of trades with an unknown fate the censored estimate says nothing (RULES 1.6). */
const CENSORED_MAX = 0.2;

/** One row a used trade. */
export type Judged = {
  /** Levels of the grid that were hit. */
  readonly reached: Int32Array;
  readonly excursion: Float64Array;
  readonly censored: Uint8Array;
  /** The UTC entry day as 0..clusters-1; a trade without a date is a cluster of its own. */
  readonly cluster: Int32Array;
  readonly clusters: number;
  /** UTC days on which dated trades began. */
  readonly days: number;
  /** Mean of unit / entry price. */
  readonly meanUnit: number;
  readonly meanReturnUnstopped: number;
  readonly hasLeverage: boolean;
};

export type LevelRule = {
  readonly targetHitRate: number;
  readonly intervalLevel: number;
  readonly replicates: number;
  readonly seed: number;
};

/** The level rows of a whole grid; accumulates `sums` in place. */
export function levelRows(sums: LevelSums, judged: Judged, rule: LevelRule): LevelResult[] {
  accumulate(sums);
  const levels = sums.multipliers.length;
  const { reached, cluster, clusters } = judged;
  const boot = clusterBootstrap(
    { cluster, clusters, reached, levels },
    { replicates: rule.replicates, seed: rule.seed, confidence: rule.intervalLevel },
  );
  const uncensored = survivalAtLevels(reached, judged.excursion, judged.censored, levels);
  return Array.from({ length: levels }, (_, level) => {
    const hitRateInterval = dayInterval(level, { sums, judged, rule, boot });
    return levelRow(level, { sums, judged, rule, hitRateInterval, uncensored });
  });
}

type Parts = {
  readonly sums: LevelSums;
  readonly judged: Judged;
  readonly rule: LevelRule;
  readonly hitRateInterval: LevelResult['hitRateInterval'];
  readonly uncensored: { readonly survival: Float64Array; readonly variance: Float64Array };
};

function levelRow(level: number, { sums, judged, rule, hitRateInterval, uncensored }: Parts): LevelResult {
  const used = judged.reached.length;
  const at = (column: Float64Array) => column[level]!;
  const multiplier = at(sums.multipliers);
  const hits = Math.round(at(sums.hits));
  const hitsOptimistic = Math.round(at(sums.hitsOptimistic));
  const censored = Math.round(at(sums.censored));
  const estimate = uncensoredRate(level, censored / used, uncensored, rule);
  return {
    multiplier,
    hits,
    hitsOptimistic,
    survivors: used - hits,
    hitRate: hits / used,
    hitRateOptimistic: hitsOptimistic / used,
    hitRateInterval,
    survivorRate: (used - hits) / used,
    censored,
    ...estimate,
    ambiguous: Math.round(at(sums.ambiguous)),
    stoppedWinners: Math.round(at(sums.stoppedWinners)),
    gapFills: Math.round(at(sums.gapFills)),
    meanReturn: (at(sums.returnBase) + multiplier * at(sums.returnSlope)) / used,
    meanReturnUnstopped: judged.meanReturnUnstopped,
    meanStopDistance: multiplier * judged.meanUnit,
    beyondLiquidation: judged.hasLeverage ? Math.round(at(sums.beyondLiquidation)) / used : null,
    liquidated: judged.hasLeverage ? Math.round(at(sums.liquidated)) : null,
    meanReturnOnMargin: judged.hasLeverage
      ? (at(sums.marginBase) + multiplier * at(sums.marginSlope)) / used
      : null,
    verdict: verdictOf(bounds({ hitRateInterval, ...estimate }), rule.targetHitRate),
  };
}

type DayParts = Pick<Parts, 'sums' | 'judged' | 'rule'> & {
  readonly boot: { readonly low: Float64Array; readonly high: Float64Array };
};

function dayInterval(level: number, { sums, judged, rule, boot }: DayParts): LevelResult['hitRateInterval'] {
  const iid = wilson(Math.round(sums.hits[level]!), judged.reached.length, rule.intervalLevel);
  const enough = judged.days >= DAYS_MIN;
  return {
    low: enough ? boot.low[level]! : null,
    high: enough ? boot.high[level]! : null,
    level: rule.intervalLevel,
    method: 'bootstrap over UTC entry days',
    reason: enough ? null : `entries on ${judged.days} days, at least ${DAYS_MIN} are needed`,
    iid,
  };
}

type Estimate = Pick<
  LevelResult,
  'hitRateUncensored' | 'hitRateUncensoredReason' | 'hitRateUncensoredInterval'
>;

function uncensoredRate(level: number, share: number, km: Parts['uncensored'], rule: LevelRule): Estimate {
  const method = 'Kaplan-Meier, Greenwood';
  const base = { level: rule.intervalLevel, method };
  if (share > CENSORED_MAX) {
    const reason = `the journal closed ${(100 * share).toFixed(1)} % of the trades before this level, at most ${100 * CENSORED_MAX} % may be`;
    return {
      hitRateUncensored: null,
      hitRateUncensoredReason: reason,
      hitRateUncensoredInterval: { low: null, high: null, ...base, reason },
    };
  }
  const rate = km.survival[level]!;
  const half = normalQuantile(0.5 + rule.intervalLevel / 2) * Math.sqrt(km.variance[level]!);
  return {
    hitRateUncensored: rate,
    hitRateUncensoredReason: null,
    hitRateUncensoredInterval: {
      low: Math.max(0, rate - half),
      high: Math.min(1, rate + half),
      ...base,
      reason: null,
    },
  };
}

function verdictOf(range: Bounds, target: number): LevelResult['verdict'] {
  if (range === null) return 'inconclusive';
  if (range.high < target) return 'keep';
  return range.low >= target ? 'increase' : 'inconclusive';
}
