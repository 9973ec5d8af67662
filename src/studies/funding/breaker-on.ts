/** What the configured funding breaker would have done to one replayed position, over the settlements that it lived. */
import type { FundingBreakerConfig } from '../../engine/guards/funding-breaker-config.ts';
import { breakerOutcome, paysAbove } from '../../risk/funding/breaker-history.ts';
import type { FundedPosition } from '../../risk/funding/funded-position.ts';
import { heldHistory } from '../../risk/funding/held-history.ts';
import type { FundingReplay } from '../../risk/funding/replay-funding.ts';
import type { FundingRun } from '../funding-replay-result.ts';
import type { FundedColumns } from './columns.ts';

type Replayed = {
  readonly columns: FundedColumns;
  readonly position: FundedPosition;
  /** Of what is traded, a fraction. */
  readonly tradeCost: number;
  readonly replay: FundingReplay;
  readonly end: { readonly price: number };
  /** Notional at entry, in the settlement asset. */
  readonly worth: number;
  readonly text: (value: number) => string;
};

/** null where the guard is off. */
export function breakerOn(
  { maxRate8h, settlements: periods, action }: FundingBreakerConfig,
  { columns, position, tradeCost, replay, end, worth, text }: Replayed,
): FundingRun['breaker'] {
  if (maxRate8h === null) return null;
  const { side, contract, entry } = position;
  const rows = replay.cash.length;
  const [rate, mark] = [columns.rate.slice(0, rows), columns.mark.slice(0, rows)];
  const history = heldHistory(position, rate, mark);
  const above = paysAbove(side, rate, columns.interval.slice(0, rows), maxRate8h);
  const outcome = breakerOutcome(history, above, { periods, action, tradeCost });
  const { acted, returned, triggers, settlementsAway } = outcome;
  const linear = contract === 'linear';
  const first = mark[0] ?? entry;
  // The history is worth 1 at its first mark, or always; the position was worth `worth` at its entry.
  const scale =
    position.sizing === 'constant-size' ? worth * (linear ? first / entry : entry / first) : worth;
  const last = rows - 1;
  const move = rows === 0 ? 0 : linear ? end.price / mark[last]! - 1 : 1 - mark[last]! / end.price;
  const held = acted.length === returned.length ? 1 : action === 'flip' ? -1 : 0;
  const unheld = rows === 0 ? 0 : (1 - held) * side * history.notional[last]! * move;
  const missed = (outcome.markPnlMissed + unheld) * scale;
  const net = (outcome.net - unheld) * scale;
  const { liquidation } = replay;
  return {
    threshold: maxRate8h,
    periods,
    action,
    triggers,
    settlementsAway,
    fundingSaved: text(outcome.fundingSaved * scale),
    markPnlMissed: text(missed),
    exitCost: text(outcome.exitCost * scale),
    reentryCost: text(outcome.reentryCost * scale),
    net: text(net),
    netOfNotional: net / worth,
    awayAtLiquidation:
      liquidation === null
        ? null
        : acted.some(
            (row, i) => row < liquidation.row && (returned[i] ?? Number.POSITIVE_INFINITY) >= liquidation.row,
          ),
    acts: acted.map((row, i) => {
      const back = returned[i];
      return { left: columns.time[row]!, back: back === undefined ? null : columns.time[back]! };
    }),
  };
}
