/** The line of a funding replay: from its entry over its settlements to its end, thinned to so many points. */
import { type FundedPosition, liquidationPriceNow, openFunded } from '../../risk/funding/funded-position.ts';
import type { FundingReplay } from '../../risk/funding/replay-funding.ts';
import type { FundingRun } from '../funding-replay-result.ts';
import type { FundedColumns } from './columns.ts';
import type { FundedEnd } from './funding-end.ts';

type Point = FundingRun['curve'][number];

type Drawn = {
  readonly columns: FundedColumns;
  readonly position: FundedPosition;
  readonly end: FundedEnd;
};

/** @param most  points at most, >= 3 */
export function curveOf(replay: FundingReplay, { columns, position, end }: Drawn, most: number): Point[] {
  const rows = replay.cash.length;
  const start: Point = {
    time: columns.entry.time,
    mark: position.entry,
    rate: null,
    markPnl: 0,
    funding: 0,
    equity: replay.margin,
    liquidationPrice: liquidationPriceNow(openFunded(position)),
  };
  const stride = Math.max(1, Math.ceil(rows / Math.max(1, most - 2)));
  const points: Point[] = [start];
  for (let row = 0; row < rows; row += 1) {
    if (row % stride !== 0 && row !== rows - 1) continue;
    const price = replay.liquidationPrice[row]!;
    points.push({
      time: columns.time[row]!,
      mark: columns.mark[row]!,
      rate: columns.rate[row]!,
      markPnl: replay.markPnl[row]!,
      funding: replay.funding[row]!,
      equity: replay.equity[row]!,
      liquidationPrice: Number.isNaN(price) ? null : price,
    });
  }
  if (replay.liquidation?.cause !== 'price') return points;
  const { time, price, markPnl, funding, cost } = end;
  const equity = replay.margin + markPnl + funding - cost;
  return [...points, { time, mark: price, rate: null, markPnl, funding, equity, liquidationPrice: price }];
}
