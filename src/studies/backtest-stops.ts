/**
 * `backtest-stops`: how often a stop would have been hit, for every multiplier at once, on the same trades.
 *
 * Entries are locked: every level sees the same trades. What a bar cannot tell is told as a band: the pessimistic side
 * decides, the optimistic one stands beside it. RULES 1 has every rule; the parts are in `backtest-stops/`.
 */
import { requireJournalFit } from '../market/journal-fit.ts';
import { DataError } from '../model/errors.ts';
import type { Fidelity } from '../model/fidelity.ts';
import { parseRange } from '../model/range.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { breakdowns } from './backtest-stops/breakdowns.ts';
import { excursionQuantiles, tradeRows } from './backtest-stops/excursion.ts';
import type { BacktestStopsInputs, BacktestStopsTree } from './backtest-stops/inputs.ts';
import { type Judgement, judge } from './backtest-stops/judge.ts';
import { levelRows } from './backtest-stops/levels.ts';
import { recommend } from './backtest-stops/recommend.ts';
import { type Skipped, selectTrades } from './backtest-stops/select-trades.ts';
import type { BacktestStopsConfig } from './backtest-stops-config.ts';
import type { BacktestStopsResult, LevelResult } from './backtest-stops-result.ts';

export type { BacktestStopsInputs, BacktestStopsTree };

export const backtestStops: Study<BacktestStopsInputs, BacktestStopsTree, BacktestStopsResult> = {
  name: 'backtest-stops',
  needs: ['ohlcv', 'journal', 'ticks'],
  configPaths: ['data.maxGap', 'guards.stops', 'studies.backtest-stops'],
  run,
};

function run(
  inputs: BacktestStopsInputs,
  tree: BacktestStopsTree,
  ctx: StudyContext,
): Outcome<BacktestStopsResult> {
  const config = tree.studies['backtest-stops'];
  const selection = selectTrades(inputs, config, ctx.seed);
  const fit = inputs.journal === null ? null : requireJournalFit(selection.groups, inputs.ohlcv);
  const asked = levelsOf(config.multipliers);
  const grid = asked.length > 1 ? asked : mergeLevels(asked, levelsOf(config.search));
  const judgement = judge(selection, { tree, ticks: inputs.ticks, multipliers: grid, ctx });
  const skipped = [...selection.skipped, ...judgement.skipped];
  if (judgement.judged.reached.length === 0) throw noTrades(selection.total, skipped);

  const { targetHitRate, intervalLevel, replicates } = config;
  const rows = levelRows(judgement.sums, judgement.judged, {
    targetHitRate,
    intervalLevel,
    replicates,
    seed: ctx.seed,
  });
  const levels = rows.filter(({ multiplier }) => asked.includes(multiplier));
  const recommendation = recommend(rows, targetHitRate);
  const headline = headlineOf(asked, grid, {
    recommended: recommendation.recommendedMultiplier,
    configured: tree.guards.stops.multiplier,
  });
  const { type, atrPeriod, atrMethod } = tree.guards.stops;
  const result: BacktestStopsResult = {
    trades: {
      total: selection.total,
      used: judgement.judged.reached.length,
      days: judgement.judged.days,
      gapsInside: judgement.gapsInside,
      journalFit: fit,
      skipped: groupSkipped(skipped),
    },
    stop: {
      type,
      period: atrPeriod,
      method: atrMethod,
      trigger: config.trigger,
      intrabar: config.intrabar,
    },
    targetHitRate,
    levels,
    curve: rows.map(curvePoint),
    ...recommendation,
    excursion: excursionQuantiles(judgement, type),
    breakdowns: breakdowns(judgement, config, headline),
    perTrade: tradeRows(judgement, grid, asked),
  };
  return { result, fidelity: fidelityOf(result, judgement), warnings: warningsOf(result, judgement) };
}

/** The level of the breakdowns: the only one asked for, else the recommended, else the configured, else the first. */
function headlineOf(
  asked: readonly number[],
  grid: readonly number[],
  { recommended, configured }: { readonly recommended: number | null; readonly configured: number },
): { readonly multiplier: number; readonly level: number } {
  const wanted = asked.length === 1 ? asked[0] : (recommended ?? configured);
  const level = Math.max(0, grid.indexOf(wanted ?? Number.NaN));
  return { multiplier: grid[level] ?? 0, level };
}

/** The levels of a list or range, ascending, without repeats. */
function levelsOf(multipliers: BacktestStopsConfig['multipliers']): number[] {
  const values = typeof multipliers === 'string' ? parseRange(multipliers) : multipliers;
  return [...new Set(values)].sort((a, b) => a - b);
}

function mergeLevels(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function curvePoint(row: LevelResult): BacktestStopsResult['curve'][number] {
  const { multiplier, hitRate, hitRateOptimistic, hitRateUncensored, hitRateInterval } = row;
  const { low, high } = hitRateInterval;
  return { multiplier, hitRate, hitRateOptimistic, hitRateUncensored, low, high };
}

function noTrades(total: number, skipped: readonly Skipped[]): DataError {
  const reasons = groupSkipped(skipped)
    .map(({ reason, count }) => `${count} ${reason}`)
    .join(', ');
  return new DataError({
    code: 'NO_TRADES',
    message: `at least one trade must be one that can be judged, was 0 of ${total}${reasons === '' ? '' : ` (${reasons})`}`,
    remedy: skipped.some(({ reason }) => reason === 'no-confidence')
      ? 'An adaptive stop asks for the confidence of every trade: give --confidence 0.7'
      : 'Give bars that cover the trades, or generate entries with --entries every:24h',
  });
}

const EXAMPLES = 3;

function groupSkipped(skipped: readonly Skipped[]): BacktestStopsResult['trades']['skipped'] {
  const groups = new Map<string, { reason: string; count: number; examples: string[] }>();
  for (const { reason, example } of skipped) {
    const group = groups.get(reason) ?? { reason, count: 0, examples: [] };
    group.count += 1;
    if (group.examples.length < EXAMPLES) group.examples.push(example);
    groups.set(reason, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function fidelityOf(result: BacktestStopsResult, judgement: Judgement): Fidelity[] {
  const flags: Fidelity[] = [];
  const open = result.curve.some(({ hitRate, hitRateOptimistic }) => hitRate !== hitRateOptimistic);
  if (open || result.levels.some(({ ambiguous }) => ambiguous > 0)) flags.push('intrabar-assumed');
  if (result.levels.some(({ liquidated }) => liquidated !== null)) flags.push('last-as-mark');
  if (result.trades.gapsInside > 0) flags.push('gaps-bridged');
  if (judgement.bare > 0) flags.push('no-path');
  if (judgement.overlapping) flags.push('overlapping');
  return flags;
}

function warningsOf({ trades, stop }: BacktestStopsResult, judgement: Judgement): string[] {
  const warnings: string[] = [];
  if (trades.used / trades.total <= 0.5) {
    warnings.push(`only ${trades.used} of ${trades.total} trades could be judged; see the skipped ones`);
  }
  const unknown = judgement.trades.filter(({ regime }) => regime === null).length;
  if (stop.type === 'adaptive' && unknown > 0) {
    warnings.push(
      `${unknown} of ${trades.used} trades have no market regime (90 days of bars before them are not full): their adaptive distance takes the factor 1`,
    );
  }
  return warnings;
}
