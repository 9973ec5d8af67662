/** Where a funding replay ended: at its last settlement, or where it was liquidated. */
import { type FundedPosition, openFunded } from '../../risk/funding/funded-position.ts';
import type { FundingReplay } from '../../risk/funding/replay-funding.ts';
import { unrealisedPnl } from '../../risk/pnl.ts';
import type { FundedColumns } from './columns.ts';

/** Amounts in the settlement asset. */
export type FundedEnd = {
  readonly time: number;
  readonly price: number;
  readonly markPnl: number;
  readonly funding: number;
  readonly cost: number;
  readonly qty: number;
};

export function endOf(replay: FundingReplay, columns: FundedColumns, position: FundedPosition): FundedEnd {
  const last = replay.cash.length - 1;
  const { liquidation } = replay;
  const at = (values: Float64Array) => (last >= 0 ? values[last]! : 0);
  const settled = {
    time: last >= 0 ? columns.time[last]! : columns.entry.time,
    price: last >= 0 ? columns.mark[last]! : position.entry,
    markPnl: at(replay.markPnl),
    funding: at(replay.funding),
    cost: at(replay.cost),
    qty: last >= 0 ? replay.qty[last]! : openFunded(position).qty,
  };
  if (liquidation === null || liquidation.cause === 'funding') return settled;
  const { price } = liquidation;
  const since = unrealisedPnl({ contract: position.contract, qty: settled.qty, entry: settled.price }, price);
  const time = reachedAt(columns, liquidation.row, price, position.side);
  return { ...settled, time, price, markPnl: settled.markPnl + since };
}

/** The open of the first bar before a settlement that reaches a price; the settlement where only its mark does. */
function reachedAt({ bars, time, entry }: FundedColumns, row: number, price: number, side: 1 | -1): number {
  const from = row > 0 ? time[row - 1]! : entry.time;
  const found =
    bars?.time.findIndex(
      (at, i) => at >= from && at < time[row]! && (side > 0 ? bars.low[i]! <= price : bars.high[i]! >= price),
    ) ?? -1;
  return found < 0 ? time[row]! : (bars?.time[found] ?? time[row]!);
}
