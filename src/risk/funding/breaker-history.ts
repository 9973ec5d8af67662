/**
 * The funding breaker over a whole history: what it saves in funding, what it misses of the mark, what it costs to act.
 *
 * - A settlement counts where the position pays strictly more than the threshold, as of 8 hours; the k-th in a row acts, after it
 *   has been paid: a rate is learnt when it settles (RULES 2.4, 3.9; the guard `funding-breaker` counts the same).
 * - `close` stays away, `flip` holds the other side, until a settlement at which the position would not pay above the threshold;
 *   after that one it is taken again, and the count begins anew.
 * - A trade costs a share of the notional of then; turning round is two trades.
 *
 * Amounts are in units of the history's notional. Acting takes no time here: a replay of the engine has latency and fills.
 */
import { addToSum, createRunningSum, sumSoFar } from '../../math/running-sum.ts';
import { money } from '../../model/money.ts';
import { MS_PER_HOUR } from '../../model/time.ts';
import { compareNear } from '../compare.ts';
import type { HeldHistory } from './held-history.ts';

export type BreakerTerms = {
  /** Rate as of 8 hours, exclusive, > 0. */
  readonly threshold: number;
  /** Settlements in a row, >= 1. */
  readonly periods: number;
  readonly action: 'close' | 'flip';
  /** Fee and slippage of a trade, a fraction of its notional, >= 0. */
  readonly tradeCost: number;
};

export type BreakerOutcome = {
  /** How often it acted. */
  readonly triggers: number;
  /** Settlements at which the position was not held as it was. */
  readonly settlementsAway: number;
  /** Funding that was not paid, or received on the other side, less what would have been received; + is good. */
  readonly fundingSaved: number;
  /** What the mark would have brought meanwhile; + is what was missed, - a loss that was avoided. */
  readonly markPnlMissed: number;
  /** Of leaving and of coming back, >= 0. */
  readonly exitCost: number;
  readonly reentryCost: number;
  /** fundingSaved - markPnlMissed - exitCost - reentryCost: P&L with the breaker less P&L without. */
  readonly net: number;
  /** Where it acted, by row. */
  readonly acted: readonly number[];
  /** Where the position was taken again, by row; one fewer than `acted` where it is away at the end. */
  readonly returned: readonly number[];
  /** The net of each settlement and of the wait after it; their sum is `net`. */
  readonly gain: Float64Array;
};

const PERIOD = 8 * MS_PER_HOUR;

/**
 * Whether a position pays strictly more than a threshold at each settlement: 1 or 0.
 *
 * @param interval  that ended with each settlement, ms
 */
export function paysAbove(
  side: 1 | -1,
  rate: Float64Array,
  interval: Float64Array,
  threshold: number,
): Uint8Array {
  if (rate.length !== interval.length)
    throw new RangeError(`${rate.length} rates need as many intervals, was ${interval.length}`);
  if (!(threshold > 0)) throw new RangeError(`a threshold must be above 0, was ${threshold}`);
  return Uint8Array.from(rate, (one, i) => {
    const wait = interval[i]!;
    const exact = () => ({ a: money(one).times(side).times(PERIOD), b: money(threshold).times(wait) });
    return wait > 0 && compareNear(side * one * PERIOD, threshold * wait, exact) > 0 ? 1 : 0;
  });
}

/**
 * @param above  of the position as it is held, by `paysAbove` at the threshold
 * @throws RangeError where a term lies outside its range, or columns have different lengths
 */
export function breakerOutcome(
  { notional, funding, move }: HeldHistory,
  above: Uint8Array,
  { periods, action, tradeCost }: Omit<BreakerTerms, 'threshold'>,
): BreakerOutcome {
  checkTerms(periods, tradeCost);
  const rows = notional.length;
  if (above.length !== rows)
    throw new RangeError(`${rows} settlements need as many marks of paying, was ${above.length}`);
  const saved = createRunningSum();
  const missed = createRunningSum();
  const exits = createRunningSum();
  const reentries = createRunningSum();
  const gain = new Float64Array(rows);
  const acted: number[] = [];
  const returned: number[] = [];
  const other = action === 'flip' ? -1 : 0;
  const perTrade = tradeCost * (1 - other);
  let held = 1;
  let count = 0;
  let settlementsAway = 0;
  for (let i = 0; i < rows; i += 1) {
    const pays = above[i] === 1;
    const savedHere = (held - 1) * funding[i]! + 0;
    const cost = perTrade * notional[i]!;
    let paidHere = 0;
    if (held !== 1) {
      settlementsAway += 1;
      if (!pays) {
        held = 1;
        count = 0;
        paidHere = cost;
        returned.push(i);
        addToSum(reentries, cost);
      }
    } else {
      count = pays ? count + 1 : 0;
      if (count >= periods) {
        held = other;
        acted.push(i);
        paidHere = cost;
        addToSum(exits, cost);
      }
    }
    const missedHere = (1 - held) * move[i]! + 0;
    addToSum(saved, savedHere);
    addToSum(missed, missedHere);
    gain[i] = savedHere - missedHere - paidHere;
  }
  const fundingSaved = sumSoFar(saved);
  const markPnlMissed = sumSoFar(missed);
  const exitCost = sumSoFar(exits);
  const reentryCost = sumSoFar(reentries);
  const net = fundingSaved - markPnlMissed - exitCost - reentryCost;
  return {
    triggers: acted.length,
    settlementsAway,
    fundingSaved,
    markPnlMissed,
    exitCost,
    reentryCost,
    net,
    acted,
    returned,
    gain,
  };
}

function checkTerms(periods: number, tradeCost: number): void {
  if (!(Number.isSafeInteger(periods) && periods >= 1))
    throw new RangeError(`periods must be a whole number from 1, was ${periods}`);
  if (!(tradeCost >= 0 && Number.isFinite(tradeCost)))
    throw new RangeError(`a trade cost must be finite and at least 0, was ${tradeCost}`);
}
