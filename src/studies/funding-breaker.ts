/**
 * `funding breaker`: the funding breaker at every threshold and number of periods over the whole of a history that is held all the
 * time, and whether the best cell is distinguishable from its neighbours and from no breaker at all.
 */
import { quantile } from '../math/quantile.ts';
import { DataError, InputError } from '../model/errors.ts';
import { parseRange } from '../model/range.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { MS_PER_DAY } from '../model/time.ts';
import { breakerRun, type GridAsked } from './funding/breaker-run.ts';
import { fundedColumns } from './funding/columns.ts';
import type { FundedInputs, FundedTree } from './funding/inputs.ts';
import { fundedTerms } from './funding/terms.ts';
import { fundedFidelity, fundedWarnings } from './funding/warnings.ts';
import type { FundingBreakerResult } from './funding-breaker-result.ts';
import { directionsOf, sizingsOf } from './funding-config.ts';

export const fundingBreaker: Study<FundedInputs, FundedTree, FundingBreakerResult> = {
  name: 'funding breaker',
  needs: ['funding', 'ohlcv', 'mark'],
  configPaths: ['data.maxGap', 'venue', 'guards.funding-breaker', 'studies.funding'],
  run,
};

function run(inputs: FundedInputs, tree: FundedTree, ctx: StudyContext): Outcome<FundingBreakerResult> {
  const columns = fundedColumns(inputs, tree);
  const { name: _, contract, tradeCost } = fundedTerms(inputs, tree, columns);
  const { direction, sizing, breaker } = tree.studies.funding;
  const guard = tree.guards['funding-breaker'];
  const thresholds =
    typeof breaker.thresholds === 'string' ? parseRange(breaker.thresholds) : breaker.thresholds;
  checkAscending('thresholds', thresholds);
  checkAscending('periods', breaker.periods);
  checkLength(columns.time.length, breaker.periods);
  const { replicates, intervalLevel } = breaker;
  const meanBlock = Math.max(
    1,
    Math.round((breaker.blockDays * MS_PER_DAY) / quantile(columns.interval, 0.5)),
  );
  const asked: GridAsked = {
    columns,
    contract,
    tradeCost,
    thresholds,
    periods: breaker.periods,
    guard,
    bootstrap: { meanBlock, replicates, seed: ctx.seed, confidence: intervalLevel },
  };
  const result: FundingBreakerResult = {
    symbol: columns.funding.symbol,
    contract,
    marks: columns.bars === null ? 'flat' : columns.isMark ? 'mark' : 'last',
    from: columns.time[0]!,
    to: columns.time[columns.time.length - 1]!,
    settlements: columns.time.length,
    thresholds: [...thresholds],
    periods: [...breaker.periods],
    action: guard.action,
    tradeCost,
    meanBlock,
    intervalLevel,
    runs: sizingsOf(sizing).flatMap((way) =>
      directionsOf(direction).map((one) => breakerRun(asked, one, way)),
    ),
  };
  return { result, fidelity: fundedFidelity(columns), warnings: fundedWarnings(columns) };
}

function checkAscending(key: 'thresholds' | 'periods', values: readonly number[]): void {
  const at = values.findIndex((value, i) => i > 0 && !(value > values[i - 1]!));
  const zero = values.findIndex((value) => !(value > 0));
  if (at < 0 && zero < 0) return;
  const was = zero >= 0 ? `${values[zero]!}` : `${values[at]!} after ${values[at - 1]!}`;
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `studies.funding.breaker.${key} must ascend from above 0, was ${was}`,
    remedy: 'Write them in order, each once',
  });
}

/** What acts at the last settlement has nothing after it to save. */
function checkLength(settlements: number, periods: readonly number[]): void {
  const needed = Math.max(...periods) + 1;
  if (settlements >= needed) return;
  throw new DataError({
    code: 'SERIES_SHORT',
    message: `${Math.max(...periods)} settlements in a row need a history of at least ${needed}, was ${settlements}`,
    remedy: 'Give a longer history, or fewer --periods',
  });
}
