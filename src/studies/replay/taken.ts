/** What each guard took out of the market: closes by its orders, its stops, and entries that it refused or shrank. */
import type { GuardName } from '../../engine/decision.ts';
import type { FillRecord } from '../../model/fill.ts';
import { money } from '../../model/money.ts';
import type { Protection } from '../../replay/protection.ts';
import type { Run } from '../../replay/run-state.ts';
import type { Taken } from './false-trips.ts';

export function takenBy(run: Run): ReadonlyMap<GuardName, readonly Taken[]> {
  const taken = new Map<GuardName, Taken[]>();
  const { protection } = run;
  if (protection === null) return taken;
  for (const { guard, one } of [...closesOf(run, protection), ...refusalsOf(run, protection)]) {
    const own = taken.get(guard);
    if (own === undefined) taken.set(guard, [one]);
    else own.push(one);
  }
  return taken;
}

type Attributed = { readonly guard: GuardName; readonly one: Taken };

function closesOf({ fills }: Run, { state }: Protection): Attributed[] {
  const found: Attributed[] = [];
  const ours = new Set(state.placed);
  // Each close of the engine is one reaction, in the same order.
  let reaction = 0;
  for (const fill of fills) {
    if (fill.cause === 'engine') {
      const guard = state.reactions[reaction]?.guard ?? 'engine';
      if (guard !== 'engine') found.push({ guard, one: closeOf(fill, `reaction ${reaction}`) });
      reaction += 1;
    } else if (fill.cause === 'stop' && fill.order !== null && ours.has(fill.order)) {
      found.push({ guard: 'stops', one: closeOf(fill, `order ${fill.order}`) });
    }
  }
  return found;
}

function closeOf(fill: FillRecord, decision: string): Taken {
  const { account, symbol, position: side, time, price, fee, shares } = fill;
  return { account, symbol, side, decision, time, price, fee, shares, refused: false, allowed: 0 };
}

function refusalsOf({ timeline }: Run, { state }: Protection): Attributed[] {
  return state.log.flatMap(({ guard, kind, effect, time }): Attributed[] => {
    if (guard === 'engine' || (kind !== 'deny' && kind !== 'resize') || effect?.kind !== 'order') return [];
    const entry = timeline.entries.find(({ trade }) => trade === effect.id);
    if (entry === undefined) return [];
    const { account, symbol, side, price, trade } = entry;
    const allowed = effect.qty;
    const shares = [{ trade, qty: money(entry.qty).minus(money(allowed)).toNumber() }];
    const decision = `entry ${trade}`;
    const one = { account, symbol, side, decision, time, price, fee: 0, shares, refused: true, allowed };
    return [{ guard, one }];
  });
}
