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
import {
  isBeyondChance,
  type PairedOptions,
  pairedDifferences,
} from '../../risk/funding/paired-bootstrap.ts';
import { realityCheck } from '../../risk/funding/reality-check.ts';
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
    realityCheckPValue:
      acts && shortness(asked) === null
        ? realityCheck(
            cells.map(({ gain }) => gain),
            asked.bootstrap,
          )
        : null,
  };
  return { ...run, ...verdictOf(run, asked) };
}

type Chosen = { readonly cells: readonly BreakerCell[]; readonly at: number; readonly best: BreakerCell };

function comparisonsOf(
  asked: GridAsked,
  terms: BreakerGridTerms,
  { cells, at, best }: Chosen,
): BreakerRun['comparisons'] {
  const { columns, guard, bootstrap } = asked;
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
  const short = shortness(asked) !== null;
  return rivals.map(({ against, threshold, periods }, i) => {
    const { difference, low, high, pValue, distinguishable } = differences[i]!;
    const compared = { against, threshold, periods, difference };
    return short
      ? { ...compared, differenceInterval: null, pValue: null, distinguishable: null }
      : { ...compared, differenceInterval: [low, high] as [number, number], pValue, distinguishable };
  });
}

/** Why the history says nothing about another one; null where it does. */
function shortness({ columns, bootstrap: { meanBlock } }: GridAsked): string | null {
  const blocks = columns.time.length / meanBlock;
  if (blocks >= BLOCKS_LEAST) return null;
  return `needs ${BLOCKS_LEAST} blocks of ${meanBlock} settlements, the history has ${Math.floor(blocks * 10) / 10}`;
}

type Compared = Pick<BreakerRun, 'cells' | 'best' | 'comparisons' | 'realityCheckPValue'>;

function verdictOf(
  { cells, best, comparisons, realityCheckPValue }: Compared,
  asked: GridAsked,
): Pick<BreakerRun, 'verdict' | 'reason'> {
  const { bootstrap, thresholds } = asked;
  if (best === null)
    return {
      verdict: 'never-acts',
      reason: 'no rate against this side was above any threshold for long enough',
    };
  const short = shortness(asked);
  if (best.net <= 0)
    return {
      verdict: 'no-gain',
      reason: `every cell of the grid loses beside no breaker, or changes nothing${short === null ? '' : `; an interval ${short}`}`,
    };
  if (short !== null || realityCheckPValue === null)
    return { verdict: 'too-short', reason: `an interval ${short}` };
  const neighbours = comparisons.filter(({ against }) => against === 'neighbour');
  const apart = neighbours.filter(({ distinguishable }) => distinguishable).length;
  const beside = `the best cell is distinguishable from ${apart} of its ${neighbours.length} neighbours`;
  const none = comparisons.find(({ against }) => against === 'none');
  const [verdict, from] =
    none?.distinguishable === true && isBeyondChance(realityCheckPValue, bootstrap.confidence)
      ? (['better-than-none', 'and from no breaker'] as const)
      : (['not-distinguishable', 'and not from no breaker'] as const);
  const picked = `as the best of ${cells.length} (reality check p ${realityCheckPValue.toPrecision(3)})`;
  const atEdge = best.threshold === thresholds[0] || best.threshold === thresholds.at(-1);
  const edge = atEdge && thresholds.length > 1 ? '; it lies at the edge of the thresholds: widen them' : '';
  return { verdict, reason: `${beside}, ${from} ${picked}${edge}` };
}
