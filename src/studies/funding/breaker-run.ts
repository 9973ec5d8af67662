/** The grid of the breaker for one side and sizing, and whether its best cell is more than the one that came first. */
import type { FundingBreakerConfig } from '../../engine/guards/funding-breaker-config.ts';
import { sum } from '../../math/sum.ts';
import {
  type BreakerCell,
  type BreakerGridTerms,
  bestCell,
  breakerGrid,
  neighboursOf,
} from '../../risk/funding/breaker-grid.ts';
import { heldHistory } from '../../risk/funding/held-history.ts';
import { type PairedOptions, pairedDifferences } from '../../risk/funding/paired-bootstrap.ts';
import type { BreakerRun } from '../funding-breaker-result.ts';
import type { FundedDirection, Sizing } from '../funding-config.ts';
import type { FundedColumns } from './columns.ts';

export type GridAsked = {
  readonly columns: FundedColumns;
  readonly contract: 'linear' | 'inverse';
  readonly tradeCost: number;
  readonly thresholds: readonly number[];
  readonly periods: readonly number[];
  readonly guard: FundingBreakerConfig;
  readonly bootstrap: PairedOptions;
};

/** Fewer blocks than this say nothing about what another history would have been. */
const BLOCKS_LEAST = 10;

export function breakerRun(asked: GridAsked, direction: FundedDirection, sizing: Sizing): BreakerRun {
  const { columns, contract, tradeCost, thresholds, periods, guard } = asked;
  const side = direction === 'long' ? 1 : -1;
  const terms: BreakerGridTerms = {
    contract,
    side,
    sizing,
    action: guard.action,
    tradeCost,
    thresholds,
    periods,
  };
  const cells = breakerGrid(columns, terms);
  const history = heldHistory(terms, columns.rate, columns.mark);
  const [markPnl, funding] = [sum(history.move), sum(history.funding)];
  const acts = cells.some(({ triggers }) => triggers > 0);
  const at = bestCell(cells);
  const best = cells[at]!;
  const comparisons = acts ? comparisonsOf(asked, terms, { cells, at, best }) : [];
  const run = {
    direction,
    sizing,
    held: { markPnl, funding, pnl: markPnl + funding },
    cells: cells.map(({ gain: _, acted: __, returned: ___, ...cell }) => cell),
    best: acts ? { threshold: best.threshold, periods: best.periods, net: best.net } : null,
    comparisons,
  };
  return { ...run, ...verdictOf(run, asked) };
}

type Chosen = { readonly cells: readonly BreakerCell[]; readonly at: number; readonly best: BreakerCell };

function comparisonsOf(
  { columns, guard, bootstrap }: GridAsked,
  terms: BreakerGridTerms,
  { cells, at, best }: Chosen,
): BreakerRun['comparisons'] {
  const { maxRate8h, settlements } = guard;
  const configured =
    maxRate8h === null
      ? []
      : breakerGrid(columns, { ...terms, thresholds: [maxRate8h], periods: [settlements] });
  const none = new Float64Array(columns.time.length);
  const rivals = [
    { against: 'none' as const, threshold: null, periods: null, gain: none },
    ...neighboursOf(at, terms).map((one) => ({ ...cells[one]!, against: 'neighbour' as const })),
    ...configured.map((cell) => ({ ...cell, against: 'configured' as const })),
  ];
  const differences = pairedDifferences(
    best.gain,
    rivals.map(({ gain }) => gain),
    bootstrap,
  );
  return rivals.map(({ against, threshold, periods }, i) => {
    const { difference, low, high, pValue, distinguishable } = differences[i]!;
    return {
      against,
      threshold,
      periods,
      difference,
      differenceInterval: [low, high] as [number, number],
      pValue,
      distinguishable,
    };
  });
}

function verdictOf(
  { best, comparisons }: Pick<BreakerRun, 'best' | 'comparisons'>,
  { columns, bootstrap, thresholds }: GridAsked,
): Pick<BreakerRun, 'verdict' | 'reason'> {
  if (best === null)
    return {
      verdict: 'never-acts',
      reason: 'no rate against this side was above any threshold for long enough',
    };
  if (best.net <= 0)
    return {
      verdict: 'no-gain',
      reason: 'every cell of the grid loses beside no breaker, or changes nothing',
    };
  const blocks = columns.time.length / bootstrap.meanBlock;
  if (blocks < BLOCKS_LEAST)
    return {
      verdict: 'too-short',
      reason: `needs ${BLOCKS_LEAST} blocks of ${bootstrap.meanBlock} settlements, the history has ${Math.floor(blocks * 10) / 10}`,
    };
  const neighbours = comparisons.filter(({ against }) => against === 'neighbour');
  const apart = neighbours.filter(({ distinguishable }) => distinguishable).length;
  const beside = `the best cell is distinguishable from ${apart} of its ${neighbours.length} neighbours`;
  const none = comparisons.find(({ against }) => against === 'none');
  const [verdict, from] =
    none?.distinguishable === true
      ? (['better-than-none', 'and from no breaker'] as const)
      : (['not-distinguishable', 'and not from no breaker'] as const);
  const atEdge = best.threshold === thresholds[0] || best.threshold === thresholds.at(-1);
  const edge = atEdge && thresholds.length > 1 ? '; it lies at the edge of the thresholds: widen them' : '';
  return { verdict, reason: `${beside}, ${from}${edge}` };
}
