/**
 * `funding replay`: recorded rates over a position that is held, on the marks of their stamps: what the mark brought and what
 * funding did, apart; the liquidation price as it moves; and what the funding breaker would have done.
 */
import type { Fidelity } from '../model/fidelity.ts';
import { money, moneyText } from '../model/money.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { bracketOf } from '../risk/brackets.ts';
import { fundedColumns } from './funding/columns.ts';
import { fundingRun } from './funding/funding-run.ts';
import type { FundedInputs, FundedTree } from './funding/inputs.ts';
import { ratesOf } from './funding/rates.ts';
import { type FundedTerms, fundedTerms } from './funding/terms.ts';
import { fundedFidelity, fundedWarnings } from './funding/warnings.ts';
import { directionsOf, sizingsOf } from './funding-config.ts';
import type { FundingReplayResult } from './funding-replay-result.ts';

export type { FundedInputs, FundedTree } from './funding/inputs.ts';

export type FundingReplayInputs = FundedInputs & {
  /** Points of a curve at most. */
  readonly curvePoints: number;
};

export const fundingReplay: Study<FundingReplayInputs, FundedTree, FundingReplayResult> = {
  name: 'funding replay',
  needs: ['funding', 'ohlcv', 'mark'],
  configPaths: ['data.maxGap', 'venue', 'guards.funding-breaker', 'studies.funding'],
  run,
};

function run(
  inputs: FundingReplayInputs,
  tree: FundedTree,
  _ctx: StudyContext,
): Outcome<FundingReplayResult> {
  const columns = fundedColumns(inputs, tree);
  const terms = fundedTerms(inputs, tree, columns);
  const { direction, sizing, replay } = tree.studies.funding;
  const asked = { columns, terms, tree, points: inputs.curvePoints };
  const rates = ratesOf(columns, terms);
  const result: FundingReplayResult = {
    symbol: columns.funding.symbol,
    contract: terms.contract,
    asset: terms.asset,
    terms: terms.name,
    marks: columns.bars === null ? 'flat' : columns.isMark ? 'mark' : 'last',
    notional: moneyText(money(replay.notional)),
    leverage: replay.leverage,
    entry: columns.entry.price,
    from: columns.entry.time,
    to: columns.time.at(-1) ?? columns.entry.time,
    tradeCost: terms.tradeCost,
    rates,
    runs: sizingsOf(sizing).flatMap((way) =>
      directionsOf(direction).map((one) => fundingRun(asked, one, way)),
    ),
  };
  const fidelity: Fidelity[] = [...terms.fidelity, ...fundedFidelity(columns)];
  return {
    result,
    fidelity,
    warnings: [...fundedWarnings(columns), ...capWarnings(result), ...openingWarnings(result, terms)],
  };
}

/** A rate beyond the cap that a venue states is no error of the file: caps change, and files of terms are few. */
function capWarnings({ rates, terms }: FundingReplayResult): string[] {
  const { cap, lowest, highest } = rates;
  if (cap === null || (highest.rate <= cap && lowest.rate >= -cap)) return [];
  return [`rates go beyond the cap of ${cap} that ${terms} states: they are taken as the file has them`];
}

/** What the venue would not have opened. */
function openingWarnings(
  { leverage, notional, entry, contract }: FundingReplayResult,
  { table, asset }: FundedTerms,
): string[] {
  const value = Number(notional) / (contract === 'linear' ? 1 : entry);
  const largest = table.cap.at(-1) ?? Number.POSITIVE_INFINITY;
  if (value > largest)
    return [`the last bracket of the venue ends at ${largest} ${asset}, the position is of ${value}`];
  const most = table.maxLeverage[bracketOf(table, value)]!;
  return leverage > most
    ? [`the venue opens at most ${most}x in the bracket of this notional, was ${leverage}x`]
    : [];
}
