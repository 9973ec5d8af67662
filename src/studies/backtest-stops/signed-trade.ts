/** A trade in trade space, with all that its levels share: prices, costs, the unit of its stop, its liquidation. */
import type { Trigger } from '../../risk/stop.ts';
import type { Intrabar } from '../backtest-stops-config.ts';

export type SignedTrade = {
  /** +1 long, -1 short; every price below is multiplied by it. */
  readonly side: 1 | -1;
  readonly entry: number;
  /** The price at which the trade ended without a stop, as it traded. */
  readonly exit: number;
  /** What that exit was filled at: the same, or made worse by slippage where the exit is modelled. */
  readonly exitFill: number;
  /** Price distance of one multiple of the stop, > 0. */
  readonly unit: number;
  /** The journal closed it for an adverse price: its fate beyond its excursion is unknown. */
  readonly censored: boolean;
  /** Fractions of the value that they are charged on. */
  readonly feeEntry: number;
  readonly feeExit: number;
  /** Fraction by which a modelled market fill is worse. */
  readonly slippage: number;
  /** Signed; null without leverage. */
  readonly liquidation: number | null;
  /** 1 without leverage. */
  readonly leverage: number;
  /** Signed; null without a take-profit. */
  readonly target: number | null;
};

/**
 * The prices that a trade passed: rows [from, to) of its columns, unsigned. Row `from` is partial where `entryPartial`
 * says so, and so are the rows from `partialFrom` on (see trade-path.ts).
 */
export type PriceRows = {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly from: number;
  readonly to: number;
  readonly entryPartial: boolean;
  readonly partialFrom: number;
  /** For each row the next one with a strictly worse adverse extreme; null where rows are walked one by one. */
  readonly nextWorse: Int32Array | null;
  /** The same for the favourable extreme. */
  readonly nextBetter: Int32Array | null;
  /** 1 for rows that are market prints, whose price is no open: a fill at one is no gap. Null where all rows are bars. */
  readonly prints: Uint8Array | null;
};

/** How bars are read: by what comparison, in what order inside, over which grid. */
export type StopRule = {
  readonly trigger: Trigger;
  readonly intrabar: Intrabar;
  /** Ascending, without repeats. */
  readonly multipliers: Float64Array;
};

/** Which rows of a trade may hit its stop, and what ends it where they do not; made by horizon.ts. */
export type Horizon = {
  /** Rows [first, last) may hit the stop. */
  readonly first: number;
  readonly last: number;
  /** The signed price at which the trade ends without a stop: the take-profit's fill or the journal's exit. */
  readonly end: number;
  readonly endsAtTarget: boolean;
  /** The row that holds the take-profit, where its order against the stop is unknown; -1 without one. */
  readonly contested: number;
  /** In the contested row the take-profit comes first: only its open can still hit the stop. */
  readonly targetFirst: boolean;
};

/** What one trade showed, beside the sums that it was added to. */
export type TradeFate = {
  /** The levels [0, reached) of the grid were hit. */
  readonly reached: number;
  readonly reachedOptimistic: number;
  /** Largest adverse excursion in units of the stop, >= 0: from the entry, or from the running extreme when trailing. */
  readonly excursion: number;
  readonly horizon: Horizon;
};

/** Whether the open of a row lies inside the trade; the open of a partial entry bar precedes it. */
export function openInside(rows: PriceRows, row: number): boolean {
  return row > rows.from || !rows.entryPartial;
}

/** The return of a signed fill on the entry price after fees, as a fraction. */
export function returnOf(trade: SignedTrade, fill: number): number {
  const { side, entry, feeEntry, feeExit } = trade;
  const paid = side * entry;
  return (fill - entry) / paid - feeEntry - (feeExit * side * fill) / paid;
}

/** A signed market fill made worse by slippage. */
export function slipped(trade: Pick<SignedTrade, 'side' | 'slippage'>, fill: number): number {
  return fill * (1 - trade.side * trade.slippage);
}

/** Whether the favourable extreme of a bar comes before the adverse one under an order policy. */
export function favourableFirst(intrabar: Intrabar, side: 1 | -1, rows: PriceRows, row: number): boolean {
  switch (intrabar) {
    case 'pessimistic':
      return false;
    case 'optimistic':
      return true;
    case 'ohlc':
      return side === 1;
    case 'olhc':
      return side === -1;
    case 'nearest-extreme': {
      const open = rows.open[row]!;
      const highFirst = rows.high[row]! - open < open - rows.low[row]!;
      return highFirst === (side === 1);
    }
  }
}
