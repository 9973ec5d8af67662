/** The breaker at every threshold and number of periods, and which cells lie next to one. */
import { type BreakerOutcome, type BreakerTerms, breakerOutcome, paysAbove } from './breaker-history.ts';
import { type HistoryTerms, heldHistory } from './held-history.ts';

export type BreakerColumns = {
  /** A fraction per settlement; + longs pay. */
  readonly rate: Float64Array;
  /** That ended with the settlement, ms. */
  readonly interval: Float64Array;
  /** At the stamp, > 0. */
  readonly mark: Float64Array;
};

export type BreakerGridTerms = HistoryTerms &
  Pick<BreakerTerms, 'action' | 'tradeCost'> & {
    /** Rates as of 8 hours, ascending, > 0. */
    readonly thresholds: readonly number[];
    /** Settlements in a row, ascending, >= 1. */
    readonly periods: readonly number[];
  };

export type BreakerCell = BreakerOutcome & Pick<BreakerTerms, 'threshold' | 'periods'>;

/** Cell (t, p) of thresholds x periods stands at t * periods + p. */
export function breakerGrid(columns: BreakerColumns, terms: BreakerGridTerms): BreakerCell[] {
  const { side, action, tradeCost } = terms;
  const { rate, interval, mark } = columns;
  checkAscending('thresholds', terms.thresholds);
  checkAscending('periods', terms.periods);
  const history = heldHistory(terms, rate, mark);
  return terms.thresholds.flatMap((threshold) => {
    const above = paysAbove(side, rate, interval, threshold);
    return terms.periods.map((periods) => ({
      threshold,
      periods,
      ...breakerOutcome(history, above, { periods, action, tradeCost }),
    }));
  });
}

/** The cell of the largest net; of equal ones the first. */
export function bestCell(cells: readonly BreakerCell[]): number {
  if (cells.length === 0) throw new RangeError('a grid must have at least one cell, was empty');
  let best = 0;
  cells.forEach(({ net }, i) => {
    if (net > cells[best]!.net) best = i;
  });
  return best;
}

/** The cells above, below, left and right of one, as far as there are such. */
export function neighboursOf(
  cell: number,
  { thresholds, periods }: Pick<BreakerGridTerms, 'thresholds' | 'periods'>,
): number[] {
  const width = periods.length;
  const row = Math.floor(cell / width);
  const column = cell % width;
  return [
    row > 0 ? cell - width : -1,
    column > 0 ? cell - 1 : -1,
    column + 1 < width ? cell + 1 : -1,
    row + 1 < thresholds.length ? cell + width : -1,
  ].filter((one) => one >= 0);
}

function checkAscending(name: string, values: readonly number[]): void {
  if (values.length === 0) throw new RangeError(`${name} must hold at least one value, was empty`);
  values.forEach((value, i) => {
    if (i > 0 && !(value > values[i - 1]!))
      throw new RangeError(`${name} must ascend, was ${value} after ${values[i - 1]}`);
  });
}
